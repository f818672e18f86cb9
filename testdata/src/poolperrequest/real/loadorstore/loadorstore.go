// Package loadorstore is correct code as it stands in services.
package loadorstore

import (
	"database/sql"
	"net/http"
	"sync"
)

var pools sync.Map

func get(t string) (*sql.DB, error) {
	if v, ok := pools.Load(t); ok {
		return v.(*sql.DB), nil
	}
	db, err := sql.Open("postgres", t)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(5)
	v, loaded := pools.LoadOrStore(t, db)
	if loaded {
		db.Close()
	}
	return v.(*sql.DB), nil
}

func h(w http.ResponseWriter, r *http.Request) {
	db, err := get(r.Host)
	if err == nil {
		db.Ping()
	}
}
