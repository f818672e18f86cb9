// Package echo is a stub of github.com/labstack/echo/v5: real signatures, no bodies.
package echo

import (
	"stub"
)

type Context struct{}

func (c *Context) JSON(code int, i any) error { return stub.Any[error]() }

type HandlerFunc func(c *Context) error

type MiddlewareFunc func(next HandlerFunc) HandlerFunc
