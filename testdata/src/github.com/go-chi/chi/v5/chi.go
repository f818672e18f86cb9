// Package chi is a stub of github.com/go-chi/chi/v5: real signatures, no bodies.
package chi

import (
	"net/http"

	"stub"
)

type Router interface {
	Get(pattern string, h http.HandlerFunc)
	Use(middlewares ...func(http.Handler) http.Handler)
}

func NewRouter() Router { return stub.Any[Router]() }
