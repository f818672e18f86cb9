// Package stubs has the service of the messages, as some generators arrange
// it, and another interface.
package stubs

import (
	"context"

	"entry/plainserver/messages"
)

type PingHandler interface {
	Ping(context.Context, *messages.Ping) (*messages.Ping, error)
}

type Echo interface {
	Echo(context.Context, *messages.Ping) (*messages.Ping, error)
}

type UnimplementedEcho struct{}

func (UnimplementedEcho) Echo(context.Context, *messages.Ping) (*messages.Ping, error) { // given: rpc RPC service method for each RPC
	return nil, nil
}

type Storage interface {
	Store(context.Context, *messages.Ping) (*messages.Ping, error)
}
