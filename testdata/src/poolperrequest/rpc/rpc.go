// Package rpc opens pools in services and interceptors.
package rpc

import (
	"context"
	"database/sql"

	"connectrpc.com/connect"
	"google.golang.org/grpc"

	"poolperrequest/pb"
)

type users struct {
	pb.UnimplementedUsersServer
	dsn string
	db  *sql.DB
}

// A unary call.
func (u *users) GetUser(ctx context.Context, req *pb.GetUserRequest) (*pb.User, error) {
	db, err := sql.Open("mysql", u.dsn) // want "a pool is opened for each gRPC call and left open.*poolperrequest/rpc"
	if err != nil {
		return nil, err
	}
	return user(ctx, db, req.ID)
}

// A stream.
func (u *users) Watch(req *pb.GetUserRequest, s pb.Users_WatchServer) error {
	db, err := open(u.dsn) // want "a pool is opened for each gRPC call and left open.*poolperrequest/rpc"
	if err != nil {
		return err
	}
	return db.PingContext(s.Context())
}

type sharing struct {
	pb.UnimplementedUsersServer
	db *sql.DB
}

// The pool of the service.
func (u *sharing) GetUser(ctx context.Context, req *pb.GetUserRequest) (*pb.User, error) {
	return user(ctx, u.db, req.ID)
}

func user(ctx context.Context, db *sql.DB, id string) (*pb.User, error) {
	u := new(pb.User)
	return u, db.QueryRowContext(ctx, "SELECT name FROM users WHERE id = ?", id).Scan(&u.Name)
}

func open(dsn string) (*sql.DB, error) { return sql.Open("mysql", dsn) }

// An interceptor.
func unary(ctx context.Context, req any, info *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
	db, err := open("tcp(db)/audit") // want "a pool is opened for each gRPC call.*poolperrequest/rpc"
	if err != nil {
		return nil, err
	}
	_, _ = db.ExecContext(ctx, "INSERT INTO log VALUES (?)", info.FullMethod)
	return handler(ctx, req)
}

// An interceptor of streams, as a literal.
func streaming(dsn string) grpc.StreamServerInterceptor {
	return func(srv any, ss grpc.ServerStream, info *grpc.StreamServerInfo, handler grpc.StreamHandler) error {
		db, err := open(dsn) // want "a pool is opened for each gRPC call.*poolperrequest/rpc"
		if err != nil {
			return err
		}
		_ = db.PingContext(ss.Context())
		return handler(srv, ss)
	}
}

// An interceptor that opens where it is made.
func unaryOnce(dsn string) (grpc.UnaryServerInterceptor, error) {
	db, err := open(dsn)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, req any, info *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
		_ = db.PingContext(ctx)
		return handler(ctx, req)
	}, nil
}

type client struct{ conn *grpc.ClientConn }

// A client has the same signature, and is called as often as its callers want.
func (c *client) GetUser(ctx context.Context, req *pb.GetUserRequest) (*pb.User, error) {
	db, err := open("tcp(db)/cache")
	if err != nil {
		return nil, err
	}
	return user(ctx, db, req.ID)
}

type ping struct{}

type pong struct{}

type service struct{ dsn string }

// connect.
func (s service) Ping(ctx context.Context, req *connect.Request[ping]) (*connect.Response[pong], error) {
	db, err := open(s.dsn) // want "a pool is opened for each RPC and left open.*poolperrequest/rpc"
	if err != nil {
		return nil, err
	}
	return nil, db.PingContext(ctx)
}

// An interceptor of connect.
func intercept(dsn string, next connect.UnaryFunc) connect.UnaryFunc {
	return func(ctx context.Context, req connect.AnyRequest) (connect.AnyResponse, error) {
		db, err := open(dsn) // want "a pool is opened for each RPC and left open.*poolperrequest/rpc"
		if err != nil {
			return nil, err
		}
		_ = db.PingContext(ctx)
		return next(ctx, req)
	}
}
