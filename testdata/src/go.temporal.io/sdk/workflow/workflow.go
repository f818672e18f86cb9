// Package workflow is a stub of go.temporal.io/sdk/workflow: real signatures, no bodies.
package workflow

import (
	"go.temporal.io/sdk/internal"
)

type Context = internal.Context
