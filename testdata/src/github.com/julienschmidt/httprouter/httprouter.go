// Package httprouter is a stub of github.com/julienschmidt/httprouter: real signatures, no bodies.
package httprouter

import (
	"net/http"
)

type Param struct {
	Key   string
	Value string
}

type Params []Param

type Handle func(http.ResponseWriter, *http.Request, Params)
