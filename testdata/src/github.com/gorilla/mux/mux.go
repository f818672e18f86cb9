// Package mux is a stub of github.com/gorilla/mux: real signatures, no bodies.
package mux

import (
	"net/http"

	"stub"
)

type Route struct{}

type Router struct{}

func NewRouter() *Router { return stub.Any[*Router]() }

func (r *Router) HandleFunc(path string, f func(http.ResponseWriter, *http.Request)) *Route {
	return stub.Any[*Route]()
}
