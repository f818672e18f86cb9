// Package huma is a stub of github.com/danielgtaylor/huma/v2: real signatures, no bodies.
package huma

import (
	"context"
)

type API interface {
	OpenAPI() *OpenAPI
}

type OpenAPI struct{}

type Operation struct {
	Path string
}

func Register[I, O any](api API, op Operation, handler func(context.Context, *I) (*O, error)) {}
