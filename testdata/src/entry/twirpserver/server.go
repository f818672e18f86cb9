// Package twirpserver holds a twirp service.
package twirpserver

import (
	"context"

	"entry/twirpserver/haberdasher"
)

type server struct{}

func (s *server) MakeHat(ctx context.Context, size *haberdasher.Size) (*haberdasher.Hat, error) { // entry: rpc twirp service method for each RPC
	return nil, nil
}

func (s *server) Sizes(ctx context.Context, n int) (*haberdasher.Size, error) { return nil, nil }
