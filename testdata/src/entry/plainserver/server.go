// Package plainserver holds a service whose stubs are elsewhere.
package plainserver

import (
	"context"

	"entry/plainserver/messages"
	"entry/plainserver/messages/stubs"
)

var _ stubs.PingHandler = new(server)

type server struct{}

func (s *server) Ping(ctx context.Context, in *messages.Ping) (*messages.Ping, error) { // entry: rpc RPC service method for each RPC
	return in, nil
}

func (s *server) Pings(ctx context.Context, in []*messages.Ping) (*messages.Ping, error) {
	return nil, nil
}

func (s *server) Value(ctx context.Context, in messages.Ping) (*messages.Ping, error) {
	return nil, nil
}

func (s *server) Store(ctx context.Context, in *messages.Ping) (*messages.Ping, error) { // given: rpc RPC service method for each RPC
	return in, nil
}

type echo struct {
	stubs.UnimplementedEcho
}

func (e *echo) Echo(ctx context.Context, in *messages.Ping) (*messages.Ping, error) { // entry: rpc RPC service method for each RPC
	return in, nil
}
