// Package haberdasher looks like what the twirp generator writes.
package haberdasher

import (
	"context"
	"net/http"

	"github.com/twitchtv/twirp"
)

type Size struct{}

func (*Size) ProtoMessage() {}

type Hat struct{}

func (*Hat) ProtoMessage() {}

type Haberdasher interface {
	MakeHat(context.Context, *Size) (*Hat, error)
}

type HTTPClient interface {
	Do(req *http.Request) (*http.Response, error)
}

type client struct {
	client HTTPClient
	opts   twirp.ClientOptions
}

// MakeHat has the shape of the service, too.
func (c *client) MakeHat(ctx context.Context, in *Size) (*Hat, error) { return nil, nil }

func NewHaberdasherServer(svc Haberdasher, hooks *twirp.ServerHooks) {}
