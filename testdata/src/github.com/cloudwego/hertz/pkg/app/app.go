// Package app is a stub of github.com/cloudwego/hertz/pkg/app: real signatures, no bodies.
package app

import (
	"context"
)

type RequestContext struct{}

func (ctx *RequestContext) SetStatusCode(statusCode int) {}

type HandlerFunc func(c context.Context, ctx *RequestContext)
