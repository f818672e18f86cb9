// Package churn opens and closes pools for each request, call and message.
package churn

import (
	"context"
	"database/sql"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/jmoiron/sqlx"
	"github.com/nats-io/nats.go"
	amqp "github.com/rabbitmq/amqp091-go"

	"poolperrequest/pb"
)

func open(dsn string) (*sql.DB, error) { return sql.Open("mysql", dsn) }

// A handler.
func deferred(w http.ResponseWriter, r *http.Request) {
	db, err := sql.Open("mysql", "tcp(db)/app") // want "a pool is opened and closed for each HTTP request: no connection is ever used twice.*poolperrequest/churn"
	if err != nil {
		return
	}
	defer db.Close()
	_ = db.PingContext(r.Context())
}

// Closed by hand on each path.
func byHand(w http.ResponseWriter, r *http.Request) {
	db, err := sql.Open("mysql", "tcp(db)/app") // want "opened and closed for each HTTP request.*poolperrequest/churn"
	if err != nil {
		return
	}
	if err := db.PingContext(r.Context()); err != nil {
		db.Close()
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	db.Close()
}

// A helper opens, the handler closes.
func helped(c *gin.Context) {
	db, err := open("tcp(db)/app") // want "opened and closed for each HTTP request.*poolperrequest/churn"
	if err != nil {
		return
	}
	defer db.Close()
	_ = db.Ping()
}

// A helper opens and closes.
func inHelper(c *gin.Context) {
	_ = check(context.Background(), "tcp(db)/app") // want "opened and closed for each HTTP request.*poolperrequest/churn"
}

func check(ctx context.Context, dsn string) error {
	db, err := open(dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	return db.PingContext(ctx)
}

type store struct{ db *sqlx.DB }

func newStore(dsn string) (*store, error) {
	db, err := sqlx.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	return &store{db}, nil
}

func (s *store) close() error { return s.db.Close() }

// What holds the pool is closed.
func holder(w http.ResponseWriter, r *http.Request) {
	s, err := newStore("tcp(db)/app") // want "opened and closed for each HTTP request.*poolperrequest/churn"
	if err != nil {
		return
	}
	defer s.close()
	_ = s.db.PingContext(r.Context())
}

type users struct{ pb.UnimplementedUsersServer }

// A call.
func (u *users) GetUser(ctx context.Context, req *pb.GetUserRequest) (*pb.User, error) {
	db, err := open("tcp(db)/app") // want "opened and closed for each gRPC call.*poolperrequest/churn"
	if err != nil {
		return nil, err
	}
	defer db.Close()
	return nil, db.PingContext(ctx)
}

// A message.
func message(m *nats.Msg) {
	db, err := open("tcp(db)/app") // want "opened and closed for each message.*poolperrequest/churn"
	if err != nil {
		return
	}
	defer db.Close()
	_, _ = db.Exec("INSERT INTO t VALUES (?)", m.Data)
}

// A loop over messages.
func messages(ctx context.Context, ds <-chan amqp.Delivery) error {
	for range ds {
		if err := check(ctx, "tcp(db)/app"); err != nil { // want "opened and closed for each message.*poolperrequest/churn"
			return err
		}
	}
	return nil
}

// Not a request: a tool that checks what it is given.
func tool(ctx context.Context, dsns []string) error {
	for _, dsn := range dsns {
		if err := check(ctx, dsn); err != nil {
			return err
		}
	}
	return nil
}
