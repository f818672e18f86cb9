// Package fasthttp is a stub of github.com/valyala/fasthttp: real signatures, no bodies.
package fasthttp

import (
	"stub"
)

type RequestCtx struct{}

func (ctx *RequestCtx) Path() []byte { return stub.Any[[]byte]() }

type RequestHandler func(ctx *RequestCtx)

type Request struct{}

type Response struct{}

func Do(req *Request, resp *Response) error { return stub.Any[error]() }
