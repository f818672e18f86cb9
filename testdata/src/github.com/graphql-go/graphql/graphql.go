// Package graphql is a stub of github.com/graphql-go/graphql: real signatures, no bodies.
package graphql

import (
	"context"
)

type ResolveParams struct {
	Source  interface{}
	Args    map[string]interface{}
	Context context.Context
}

type FieldResolveFn func(p ResolveParams) (interface{}, error)

type Field struct {
	Name    string
	Resolve FieldResolveFn
}
