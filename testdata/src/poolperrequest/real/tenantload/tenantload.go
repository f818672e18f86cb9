// Package tenantload is correct code as it stands in services.
package tenantload

import (
	"database/sql"
	"net/http"
	"sync"
)

type M struct {
	mu sync.RWMutex
	m  map[string]*sql.DB
}

func (x *M) get(k string) *sql.DB { x.mu.RLock(); defer x.mu.RUnlock(); return x.m[k] }
func (x *M) open(k string) (*sql.DB, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	db, err := sql.Open("mysql", k)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(2)
	x.m[k] = db
	return db, nil
}

func (x *M) Get(k string) (*sql.DB, error) {
	if db := x.get(k); db != nil {
		return db, nil
	}
	return x.open(k)
}

func (x *M) Mid(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		db, err := x.Get(r.Host)
		if err != nil {
			return
		}
		db.Ping()
		next.ServeHTTP(w, r)
	})
}
