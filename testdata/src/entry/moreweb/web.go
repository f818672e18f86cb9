// Package moreweb holds handlers of further web frameworks.
package moreweb

import (
	"github.com/beego/beego/v2/server/web"
	"github.com/beego/beego/v2/server/web/context"
	"github.com/gobuffalo/buffalo"
	"github.com/gogf/gf/v2/net/ghttp"
)

type base struct {
	web.Controller
}

type users struct {
	base
}

func (u *users) List() {} // entry: handler beego controller for each HTTP request

func (u *users) list() {}

func (u *users) Find(id int) {}

func (u *users) URL() string { return "" }

type plain struct {
	controller *web.Controller // not embedded
}

func (p *plain) List() {}

func beegoFilter(ctx *context.Context) {} // entry: handler beego filter for each HTTP request

func beegoUse(f web.FilterFunc) {}

func buffaloHandler(c buffalo.Context) error { return nil } // entry: handler buffalo handler for each HTTP request

func buffaloUse(h buffalo.Handler) error { return nil }

func goframeHandler(r *ghttp.Request) {} // entry: handler GoFrame handler for each HTTP request

func goframeUse(h ghttp.HandlerFunc) {}
