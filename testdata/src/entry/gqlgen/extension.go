// Package gqlgen holds middleware of gqlgen.
package gqlgen

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
)

func field(ctx context.Context, next graphql.Resolver) (any, error) { return next(ctx) } // entry: handler GraphQL middleware for each resolved GraphQL field

func operation(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler { // entry: handler GraphQL middleware for each GraphQL operation
	return next(ctx)
}

func response(ctx context.Context, next graphql.ResponseHandler) *graphql.Response { // entry: handler GraphQL middleware for each GraphQL operation
	return next(ctx)
}

func use(m graphql.FieldMiddleware) (any, error) { return nil, nil }
