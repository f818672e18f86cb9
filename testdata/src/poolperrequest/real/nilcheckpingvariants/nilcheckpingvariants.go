// Package nilcheckpingvariants is correct code as it stands in services.
package nilcheckpingvariants

import (
	"database/sql"
	"net/http"
)

type srv struct{ db *sql.DB }

func (s *srv) conn() (*sql.DB, error) {
	if s.db != nil {
		if err := s.db.Ping(); err == nil {
			return s.db, nil
		}
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

func (s *srv) conn2() error {
	if s.db == nil || s.db.Ping() != nil {
		db, err := sql.Open("mysql", "x")
		if err != nil {
			return err
		}
		db.SetMaxOpenConns(2)
		s.db = db
	}
	return nil
}

func (s *srv) A(w http.ResponseWriter, r *http.Request) {
	if db, err := s.conn(); err == nil {
		db.Ping()
	}
}

func (s *srv) B(w http.ResponseWriter, r *http.Request) {
	if s.conn2() == nil {
		s.db.Ping()
	}
}
