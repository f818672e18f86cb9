// Package pb looks like what the protobuf and gRPC generators write.
package pb

import (
	"context"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/reflect/protoreflect"
)

type GetUserRequest struct{ ID string }

func (*GetUserRequest) ProtoReflect() protoreflect.Message { return nil }

type User struct{ Name string }

func (*User) ProtoReflect() protoreflect.Message { return nil }

type UsersServer interface {
	GetUser(context.Context, *GetUserRequest) (*User, error)
	Watch(*GetUserRequest, Users_WatchServer) error
}

type Users_WatchServer interface {
	Send(*User) error
	grpc.ServerStream
}

type UnimplementedUsersServer struct{}

func RegisterUsersServer(s grpc.ServiceRegistrar, srv UsersServer) {}
