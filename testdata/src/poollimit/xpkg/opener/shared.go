package opener

import (
	"database/sql"
	"sync"
)

var (
	once   sync.Once
	shared *sql.DB
)

// Shared opens the pool of the process at the first call: its own affair.
func Shared() *sql.DB {
	once.Do(func() {
		db, err := sql.Open("mysql", "/shared") // want "db has no limit.*poollimit/unbounded"
		if err != nil {
			panic(err)
		}
		shared = db
	})
	return shared
}

// Kept is stored by Init, which also returns it.
var Kept *sql.DB

// Init leaves the settings to its caller.
func Init() (*sql.DB, error) {
	db, err := sql.Open("mysql", "/kept")
	if err != nil {
		return nil, err
	}
	Kept = db
	return db, nil
}
