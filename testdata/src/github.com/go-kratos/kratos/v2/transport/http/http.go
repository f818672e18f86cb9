// Package http is a stub of github.com/go-kratos/kratos/v2/transport/http: real signatures, no bodies.
package http

type Context interface {
	Vars() map[string][]string
	Result(int, interface{}) error
}

type HandlerFunc func(Context) error
