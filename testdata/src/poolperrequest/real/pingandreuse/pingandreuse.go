// Package pingandreuse is correct code as it stands in services.
package pingandreuse

import (
	"database/sql"
	"net/http"
	"sync"
)

type srv struct {
	mu sync.Mutex
	db *sql.DB
}

func (s *srv) conn() (*sql.DB, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.db != nil && s.db.Ping() == nil {
		return s.db, nil
	}
	if s.db != nil {
		s.db.Close()
	}
	db, err := sql.Open("mysql", "x")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(2)
	s.db = db
	return db, nil
}

func (s *srv) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	db, err := s.conn()
	if err == nil {
		db.Ping()
	}
}
