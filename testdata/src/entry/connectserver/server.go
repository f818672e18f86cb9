// Package connectserver holds connect services and a client.
package connectserver

import (
	"context"

	"connectrpc.com/connect"
)

type ping struct{}

type pong struct{}

type service struct{}

func (service) Ping(ctx context.Context, req *connect.Request[ping]) (*connect.Response[pong], error) { // entry: rpc connect service method for each RPC
	return nil, nil
}

func (service) Down(ctx context.Context, req *connect.Request[ping], s *connect.ServerStream[pong]) error { // entry: rpc connect service method for each RPC
	return nil
}

func (service) Up(ctx context.Context, s *connect.ClientStream[ping]) (*connect.Response[pong], error) { // entry: rpc connect service method for each RPC
	return nil, nil
}

func (service) Both(ctx context.Context, s *connect.BidiStream[ping, pong]) error { return nil } // entry: rpc connect service method for each RPC

func function(ctx context.Context, req *connect.Request[ping]) (*connect.Response[pong], error) { // entry: rpc connect service method for each RPC
	return nil, nil
}

func intercept(next connect.UnaryFunc) connect.UnaryFunc {
	return func(ctx context.Context, req connect.AnyRequest) (connect.AnyResponse, error) { // entry: rpc connect interceptor for each RPC
		return next(ctx, req)
	}
}

func interceptStream(next connect.StreamingHandlerFunc) connect.StreamingHandlerFunc {
	return func(ctx context.Context, conn connect.StreamingHandlerConn) error { // entry: rpc connect interceptor for each RPC
		return next(ctx, conn)
	}
}

type client struct {
	ping *connect.Client[ping, pong]
}

func (c *client) Ping(ctx context.Context, req *connect.Request[ping]) (*connect.Response[pong], error) {
	return c.ping.CallUnary(ctx, req)
}

func build(req *connect.Request[ping]) *connect.Request[ping] { return req }
