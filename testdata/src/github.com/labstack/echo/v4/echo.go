// Package echo is a stub of github.com/labstack/echo/v4: real signatures, no bodies.
package echo

import (
	"net/http"
)

type Context interface {
	Request() *http.Request
	JSON(code int, i interface{}) error
}

type HandlerFunc func(c Context) error

type MiddlewareFunc func(next HandlerFunc) HandlerFunc
