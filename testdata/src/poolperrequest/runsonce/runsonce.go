// Package runsonce opens pools in code that runs once.
package runsonce

import (
	"database/sql"
	"net/http"
	"os"

	"github.com/spf13/cobra"
)

var pool *sql.DB

var declared, _ = sql.Open("mysql", "tcp(db)/app")

func init() {
	db, err := sql.Open("mysql", os.Getenv("DSN"))
	if err != nil {
		panic(err)
	}
	pool = db
}

// Server is made once.
type Server struct{ db *sql.DB }

// NewServer is called once.
func NewServer(dsn string) (*Server, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	return &Server{db: db}, nil
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { _ = s.db.PingContext(r.Context()) }

// A command runs once.
func command() *cobra.Command {
	return &cobra.Command{
		Use: "serve",
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := NewServer(args[0])
			if err != nil {
				return err
			}
			return http.ListenAndServe(":8080", s)
		},
	}
}

func runMigrate(cmd *cobra.Command, args []string) {
	db, err := sql.Open("mysql", args[0])
	if err != nil {
		return
	}
	defer db.Close()
	_, _ = db.Exec("CREATE TABLE t (id INT)")
}

// A goroutine that is started once.
func background(dsn string) {
	go func() {
		db, err := sql.Open("mysql", dsn)
		if err != nil {
			return
		}
		for db.Ping() == nil {
		}
	}()
}

// A deferred literal.
func deferred(dsn string) {
	defer func() {
		if db, err := sql.Open("mysql", dsn); err == nil {
			_, _ = db.Exec("DROP TABLE t")
		}
	}()
}
