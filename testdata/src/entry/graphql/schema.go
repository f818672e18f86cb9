// Package graphql holds resolvers of graphql-go.
package graphql

import "github.com/graphql-go/graphql"

func resolve(p graphql.ResolveParams) (interface{}, error) { return nil, nil } // entry: handler GraphQL resolver for each resolved GraphQL field

func field() *graphql.Field {
	return &graphql.Field{Resolve: func(p graphql.ResolveParams) (any, error) { // entry: handler GraphQL resolver for each resolved GraphQL field
		return nil, nil
	}}
}

func wrap(f graphql.FieldResolveFn) (interface{}, error) { return nil, nil }
