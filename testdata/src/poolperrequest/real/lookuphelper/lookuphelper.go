// Package lookuphelper is correct code as it stands in services.
package lookuphelper

import (
	"database/sql"
	"net/http"
	"sync"
)

type cache struct {
	mu sync.Mutex
	m  map[string]*sql.DB
}

func (c *cache) lookup(k string) (*sql.DB, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	db, ok := c.m[k]
	return db, ok
}

func (c *cache) store(k string, db *sql.DB) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.m[k] = db
}

func (c *cache) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	db, ok := c.lookup(r.Host)
	if !ok {
		var err error
		if db, err = sql.Open("mysql", r.Host); err != nil {
			return
		}
		db.SetMaxOpenConns(2)
		c.store(r.Host, db)
	}
	db.Ping()
}
