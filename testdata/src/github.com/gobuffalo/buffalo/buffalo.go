// Package buffalo is a stub of github.com/gobuffalo/buffalo: real signatures, no bodies.
package buffalo

import (
	"net/http"
)

type Context interface {
	Request() *http.Request
}

type Handler func(Context) error
