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

// Old is a message of an older generator.
type Old struct{}

func (*Old) ProtoMessage() {}

type UsersClient interface {
	GetUser(ctx context.Context, in *GetUserRequest, opts ...grpc.CallOption) (*User, error)
	Watch(ctx context.Context, in *GetUserRequest, opts ...grpc.CallOption) (Users_WatchClient, error)
}

type usersClient struct {
	cc grpc.ClientConnInterface
}

func NewUsersClient(cc grpc.ClientConnInterface) UsersClient { return &usersClient{cc} }

func (c *usersClient) GetUser(ctx context.Context, in *GetUserRequest, opts ...grpc.CallOption) (*User, error) {
	return new(User), c.cc.Invoke(ctx, "/users/get", in, nil, opts...)
}

func (c *usersClient) Watch(ctx context.Context, in *GetUserRequest, opts ...grpc.CallOption) (Users_WatchClient, error) {
	return nil, nil
}

type UsersServer interface {
	GetUser(context.Context, *GetUserRequest) (*User, error)
	Watch(*GetUserRequest, Users_WatchServer) error
	Chat(Users_ChatServer) error
	mustEmbedUnimplementedUsersServer()
}

type Users_WatchClient interface {
	Recv() (*User, error)
	grpc.ClientStream
}

type Users_WatchServer interface {
	Send(*User) error
	grpc.ServerStream
}

type Users_ChatServer = grpc.BidiStreamingServer[GetUserRequest, User]

type UnimplementedUsersServer struct{}

func (UnimplementedUsersServer) GetUser(context.Context, *GetUserRequest) (*User, error) { // entry: rpc gRPC service method for each gRPC call
	return nil, nil
}

func (UnimplementedUsersServer) mustEmbedUnimplementedUsersServer() {}

func RegisterUsersServer(s grpc.ServiceRegistrar, srv UsersServer) {}

type LegacyServer interface {
	GetOld(context.Context, *Old) (*Old, error)
}

type AuditServer interface {
	Audit(context.Context, *GetUserRequest) (*User, error)
}

type LegacyClient interface {
	PutOld(context.Context, *Old) (*Old, error)
}
