// Package connect is a stub of connectrpc.com/connect: real signatures, no bodies.
package connect

import (
	"context"

	"stub"
)

type Request[T any] struct {
	Msg *T
}

type Response[T any] struct {
	Msg *T
}

type AnyRequest interface {
	Any() any
}

type AnyResponse interface {
	Any() any
}

type ServerStream[Res any] struct{}

type ClientStream[Req any] struct{}

type BidiStream[Req, Res any] struct{}

type StreamingHandlerConn interface {
	Receive(any) error
	Send(any) error
}

type Client[Req, Res any] struct{}

func (c *Client[Req, Res]) CallUnary(ctx context.Context, request *Request[Req]) (*Response[Res], error) {
	return stub.Any[*Response[Res]](), stub.Any[error]()
}

type UnaryFunc func(context.Context, AnyRequest) (AnyResponse, error)

type StreamingHandlerFunc func(context.Context, StreamingHandlerConn) error
