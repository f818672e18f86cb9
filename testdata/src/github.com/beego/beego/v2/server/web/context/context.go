// Package context is a stub of github.com/beego/beego/v2/server/web/context: real signatures, no bodies.
package context

type Context struct{}
