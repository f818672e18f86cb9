// Package gin is a stub of github.com/gin-gonic/gin: real signatures, no bodies.
package gin

import (
	"stub"
)

type Context struct{}

func (c *Context) JSON(code int, obj any) {}

func (c *Context) Next() {}

type HandlerFunc func(*Context)

type IRoutes interface {
	GET(string, ...HandlerFunc) IRoutes
}

type Engine struct{}

func New() *Engine { return stub.Any[*Engine]() }

func (e *Engine) GET(relativePath string, handlers ...HandlerFunc) IRoutes {
	return stub.Any[IRoutes]()
}
