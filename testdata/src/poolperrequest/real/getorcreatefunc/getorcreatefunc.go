// Package getorcreatefunc is correct code as it stands in services.
package getorcreatefunc

import (
	"database/sql"
	"net/http"
	"sync"
)

type cache struct {
	mu sync.Mutex
	m  map[string]*sql.DB
}

func (c *cache) getOr(k string, open func() (*sql.DB, error)) (*sql.DB, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if db, ok := c.m[k]; ok {
		return db, nil
	}
	db, err := open()
	if err != nil {
		return nil, err
	}
	c.m[k] = db
	return db, nil
}

func (c *cache) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	db, err := c.getOr(r.Host, func() (*sql.DB, error) { return sql.Open("mysql", r.Host) })
	if err == nil {
		db.Ping()
	}
}
