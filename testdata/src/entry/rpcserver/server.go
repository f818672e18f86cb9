// Package rpcserver holds gRPC services, clients that look like them, and
// interceptors of both.
package rpcserver

import (
	"context"

	"entry/pb"

	"github.com/grpc-ecosystem/go-grpc-middleware/v2/interceptors/auth"
	"google.golang.org/grpc"
)

type users struct {
	pb.UnimplementedUsersServer
	other *grpc.ClientConn // it calls another service
}

func (u *users) GetUser(ctx context.Context, req *pb.GetUserRequest) (*pb.User, error) { // entry: rpc gRPC service method for each gRPC call
	return u.find(ctx, req)
}

func (u *users) find(ctx context.Context, req *pb.GetUserRequest) (*pb.User, error) { return nil, nil }

func (u *users) Watch(req *pb.GetUserRequest, s pb.Users_WatchServer) error { return nil } // entry: rpc gRPC service method for each gRPC call

func (u *users) Chat(s pb.Users_ChatServer) error { return nil } // entry: rpc gRPC service method for each gRPC call

func (u *users) Generic(req *pb.GetUserRequest, s grpc.ServerStreamingServer[pb.User]) error { // given: rpc gRPC service method for each gRPC call
	return nil
}

func (u *users) Plain(ctx context.Context, id string) (*pb.User, error) { return nil, nil }

func (u *users) Nothing(ctx context.Context, req *pb.GetUserRequest) error { return nil }

// bare embeds nothing, as services of older generators.
type bare struct{}

func (bare) GetOld(ctx context.Context, req *pb.Old) (*pb.Old, error) { return nil, nil } // entry: rpc gRPC service method for each gRPC call

// No service declares these.

func (bare) SaveOld(ctx context.Context, req *pb.Old) (*pb.Old, error) { return nil, nil } // given: rpc gRPC service method for each gRPC call

func (bare) Audit(ctx context.Context, req *pb.Old) (*pb.Old, error) { return nil, nil } // given: rpc gRPC service method for each gRPC call

func (bare) PutOld(ctx context.Context, req *pb.Old) (*pb.Old, error) { return nil, nil } // given: rpc gRPC service method for each gRPC call

func (u *users) SaveUser(ctx context.Context, req *pb.GetUserRequest) (*pb.User, error) { // given: rpc gRPC service method for each gRPC call
	return u.find(ctx, req)
}

func (bare) Strings(ctx context.Context, req *string) (*string, error) { return nil, nil }

func function(ctx context.Context, req *pb.Old) (*pb.Old, error) { return nil, nil }

// Clients.

type overConn struct {
	conn *grpc.ClientConn
}

func (c *overConn) GetUser(ctx context.Context, req *pb.GetUserRequest) (*pb.User, error) {
	return nil, nil
}

type overClient struct {
	users pb.UsersClient
}

func (c *overClient) GetUser(ctx context.Context, req *pb.GetUserRequest) (*pb.User, error) {
	return c.users.GetUser(ctx, req)
}

type embedsClient struct {
	*overConn
}

func (c *embedsClient) GetOld(ctx context.Context, req *pb.Old) (*pb.Old, error) { return nil, nil }

func (c *overClient) GetUserNow(ctx context.Context, req *pb.GetUserRequest, opts ...grpc.CallOption) (*pb.User, error) {
	return c.users.GetUser(ctx, req, opts...)
}

func read(ctx context.Context, s pb.Users_WatchClient) error { return nil }

// A type may embed a pointer to itself.
type knot struct {
	*knot
}

func (knot) GetOld(ctx context.Context, req *pb.Old) (*pb.Old, error) { return nil, nil } // entry: rpc gRPC service method for each gRPC call

// Interceptors.

func unary(ctx context.Context, req any, info *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) { // entry: rpc gRPC interceptor for each gRPC call
	return handler(ctx, req)
}

func unaryOf(dsn string) grpc.UnaryServerInterceptor {
	return func(ctx context.Context, req interface{}, info *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (interface{}, error) { // entry: rpc gRPC interceptor for each gRPC call
		return handler(ctx, req)
	}
}

func streaming(srv any, ss grpc.ServerStream, info *grpc.StreamServerInfo, handler grpc.StreamHandler) error { // entry: rpc gRPC interceptor for each gRPC call
	return handler(srv, ss)
}

func proxy(srv any, ss grpc.ServerStream) error { return nil } // entry: rpc gRPC stream handler for each gRPC call

func helper(ss pb.Users_WatchServer, name string) error { return nil } // given: rpc gRPC stream handler for each gRPC call

func clientInterceptor(ctx context.Context, method string, req, reply any, cc *grpc.ClientConn, invoker grpc.UnaryInvoker, opts ...grpc.CallOption) error {
	return invoker(ctx, method, req, reply, cc, opts...)
}

func authenticate(ctx context.Context) (context.Context, error) { return ctx, nil }

func serve(s grpc.ServiceRegistrar) {
	auth.UnaryServerInterceptor(authenticate) // registers: rpc gRPC authentication for each gRPC call -> authenticate
	pb.RegisterUsersServer(s, &users{})
}
