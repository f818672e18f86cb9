// Package web is a stub of github.com/beego/beego/v2/server/web: real signatures, no bodies.
package web

import (
	"github.com/beego/beego/v2/server/web/context"
)

type Controller struct {
	Ctx  *context.Context
	Data map[interface{}]interface{}
}

type HandleFunc func(ctx *context.Context)

type FilterFunc = HandleFunc
