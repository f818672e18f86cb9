// Package restful is a stub of github.com/emicklei/go-restful/v3: real signatures, no bodies.
package restful

import (
	"net/http"
)

type Request struct {
	Request *http.Request
}

type Response struct {
	http.ResponseWriter
}

type FilterChain struct{}

type RouteFunction func(*Request, *Response)

type FilterFunction func(*Request, *Response, *FilterChain)
