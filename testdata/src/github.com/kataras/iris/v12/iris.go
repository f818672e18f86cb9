// Package iris is a stub of github.com/kataras/iris/v12: real signatures, no bodies.
package iris

import (
	"github.com/kataras/iris/v12/context"
)

type (
	Context = *context.Context
	Handler = context.Handler
)
