// Package auth is a stub of github.com/grpc-ecosystem/go-grpc-middleware/v2/interceptors/auth: real signatures, no bodies.
package auth

import (
	"context"

	"google.golang.org/grpc"

	"stub"
)

type AuthFunc func(ctx context.Context) (context.Context, error)

func UnaryServerInterceptor(authFunc AuthFunc) grpc.UnaryServerInterceptor {
	return stub.Any[grpc.UnaryServerInterceptor]()
}
