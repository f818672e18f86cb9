// Package twirpserver opens pools in a twirp service.
package twirpserver

import (
	"context"
	"database/sql"

	"poolperrequest/hats"
)

type haberdasher struct{ dsn string }

// MakeHat is a call.
func (h *haberdasher) MakeHat(ctx context.Context, size *hats.Size) (*hats.Hat, error) {
	db, err := sql.Open("mysql", h.dsn) // want "a pool is opened for each RPC and left open.*poolperrequest/rpc"
	if err != nil {
		return nil, err
	}
	return nil, db.PingContext(ctx)
}
