// Package handlers opens pools in what net/http and its routers call.
package handlers

import (
	"context"
	"database/sql"
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/gorilla/mux"
)

type server struct {
	dsn string
	db  *sql.DB
}

// ServeHTTP leaves the pool open.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	db, err := sql.Open("mysql", s.dsn) // want "a pool is opened for each HTTP request and left open.*poolperrequest/handler"
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	_ = db.PingContext(r.Context())
}

// The pool was opened where the server was made.
func (s *server) shared(w http.ResponseWriter, r *http.Request) {
	_ = s.db.PingContext(r.Context())
}

// Each request replaces the pool of the one before.
func (s *server) replaced(w http.ResponseWriter, r *http.Request) {
	db, err := sql.Open("mysql", s.dsn) // want "a pool is opened for each HTTP request: each has connections and a limit of its own.*poolperrequest/handler"
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	s.db = db
}

// It is closed on one of two paths.
func sometimes(w http.ResponseWriter, r *http.Request) {
	db, err := sql.Open("mysql", r.FormValue("dsn")) // want "left open.*poolperrequest/handler"
	if err != nil {
		return
	}
	if err := db.PingContext(r.Context()); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	db.Close()
}

func connect(dsn string) (*sql.DB, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	return db, db.Ping()
}

// A helper opens: the report stands at its call.
func helped(w http.ResponseWriter, r *http.Request) {
	db, err := connect("tcp(db)/app") // want "a pool is opened for each HTTP request and left open.*poolperrequest/handler"
	if err != nil {
		return
	}
	_ = db.PingContext(r.Context())
}

// A middleware is called once, what it returns for each request.
func middleware(dsn string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		db, err := sql.Open("mysql", dsn) // want "for each HTTP request.*poolperrequest/handler"
		if err == nil {
			r = r.WithContext(context.WithValue(r.Context(), "db", db))
		}
		next.ServeHTTP(w, r)
	})
}

// A middleware that opens where it is made.
func middlewareOnce(dsn string, next http.Handler) (http.Handler, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), "db", db)))
	}), nil
}

// Handlers as literals, and one that is made.
func routes(dsn string) (*http.ServeMux, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	m := http.NewServeMux()
	m.HandleFunc("/users", func(w http.ResponseWriter, r *http.Request) {
		_ = db.PingContext(r.Context())
	})
	m.HandleFunc("/orders", func(w http.ResponseWriter, r *http.Request) {
		db, err := connect(dsn) // want "for each HTTP request.*poolperrequest/handler"
		if err == nil {
			_ = db.PingContext(r.Context())
		}
	})
	m.HandleFunc("/list", list(dsn))
	return m, nil
}

// A factory of handlers.
func list(dsn string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		db, err := connect(dsn) // want "for each HTTP request.*poolperrequest/handler"
		if err == nil {
			_ = db.PingContext(r.Context())
		}
	}
}

// Routers of other packages take the same handlers.
func routers(dsn string) {
	c := chi.NewRouter()
	c.Get("/", func(w http.ResponseWriter, r *http.Request) {
		db, err := connect(dsn) // want "for each HTTP request.*poolperrequest/handler"
		if err == nil {
			_ = db.PingContext(r.Context())
		}
	})
	c.Use(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			db, err := connect(dsn) // want "for each HTTP request.*poolperrequest/handler"
			if err == nil {
				_ = db.PingContext(r.Context())
			}
			next.ServeHTTP(w, r)
		})
	})
	g := mux.NewRouter()
	g.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		db, err := connect(dsn) // want "for each HTTP request.*poolperrequest/handler"
		if err == nil {
			_ = db.PingContext(r.Context())
		}
	})
}

// Two pools are two reports, one that is opened in two places is one.
func two(w http.ResponseWriter, r *http.Request) {
	users, err := sql.Open("mysql", "tcp(db)/users") // want "for each HTTP request.*poolperrequest/handler"
	if err != nil {
		return
	}
	orders, err := connect("tcp(db)/orders") // want "for each HTTP request.*poolperrequest/handler"
	if err != nil {
		return
	}
	items, err := connect("tcp(db)/items")
	if err != nil {
		return
	}
	_, _, _ = users.Ping(), orders.Ping(), items.Ping()
}

// A literal within, on the spot.
func literal(w http.ResponseWriter, r *http.Request) {
	get := func() (*sql.DB, error) {
		return sql.Open("mysql", "tcp(db)/app") // want "for each HTTP request.*poolperrequest/handler"
	}
	db, err := get()
	if err == nil {
		_ = db.PingContext(r.Context())
	}
}

type repo struct{ db *sql.DB }

func newRepo(dsn string) (*repo, error) {
	db, err := connect(dsn)
	if err != nil {
		return nil, err
	}
	return &repo{db}, nil
}

func (r *repo) count(ctx context.Context) (n int, err error) {
	err = r.db.QueryRowContext(ctx, "SELECT COUNT(*) FROM t").Scan(&n)
	return n, err
}

// What holds the pool is made for each request.
func held(w http.ResponseWriter, r *http.Request) {
	repo, err := newRepo("tcp(db)/app") // want "for each HTTP request.*poolperrequest/handler"
	if err != nil {
		return
	}
	_, _ = repo.count(r.Context())
}

// A helper that is given the request is no place for a report: its caller is.
func lookup(w http.ResponseWriter, r *http.Request) {
	_, _ = tenant(r) // want "for each HTTP request.*poolperrequest/handler"
}

func tenant(r *http.Request) (int, error) {
	db, err := connect(r.Host)
	if err != nil {
		return 0, err
	}
	return (&repo{db}).count(r.Context())
}

// Not of the shape, and called by nobody.
func plain(ctx context.Context, dsn string) error {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return err
	}
	return db.PingContext(ctx)
}

// A goroutine of the request.
func async(w http.ResponseWriter, r *http.Request) {
	go func() {
		db, err := sql.Open("mysql", "tcp(db)/app") // want "for each HTTP request.*poolperrequest/handler"
		if err == nil {
			_ = db.Ping()
		}
	}()
}
