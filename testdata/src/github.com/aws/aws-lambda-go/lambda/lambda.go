// Package lambda is a stub of github.com/aws/aws-lambda-go/lambda: real signatures, no bodies.
package lambda

import (
	"context"
)

type Handler interface {
	Invoke(ctx context.Context, payload []byte) ([]byte, error)
}

type Option func(*int)

type HandlerFunc[TIn, TOut any] interface {
	func(context.Context, TIn) (TOut, error)
}

func Start(handler interface{}) {}

func StartWithContext(ctx context.Context, handler interface{}) {}

func StartHandler(handler Handler) {}

func StartWithOptions(handler interface{}, options ...Option) {}

func StartHandlerFunc[TIn any, TOut any, H HandlerFunc[TIn, TOut]](handler H, options ...Option) {}
