// Package singleflight is a stub of golang.org/x/sync/singleflight: real signatures, no bodies.
package singleflight

import (
	"stub"
)

type Result struct {
	Val interface{}
	Err error
}

type Group struct{}

func (g *Group) Do(key string, fn func() (interface{}, error)) (v interface{}, err error, shared bool) {
	return stub.Any[interface{}](), stub.Any[error](), stub.Any[bool]()
}

func (g *Group) DoChan(key string, fn func() (interface{}, error)) <-chan Result {
	return stub.Any[<-chan Result]()
}
