// Package ghttp is a stub of github.com/gogf/gf/v2/net/ghttp: real signatures, no bodies.
package ghttp

type Request struct{}

type HandlerFunc = func(r *Request)
