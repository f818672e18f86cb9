// Package context is a stub of github.com/kataras/iris/v12/context: real signatures, no bodies.
package context

type Context struct{}

func (ctx *Context) StatusCode(statusCode int) {}

type Handler = func(*Context)
