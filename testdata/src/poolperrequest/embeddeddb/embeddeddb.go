// Package embeddeddb opens databases that live in the process.
package embeddeddb

import (
	"database/sql"
	"net/http"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
)

func file(w http.ResponseWriter, r *http.Request) {
	db, err := sql.Open("sqlite3", r.FormValue("file"))
	if err == nil {
		_ = db.PingContext(r.Context())
	}
}

func orm(w http.ResponseWriter, r *http.Request) {
	db, err := gorm.Open(sqlite.Open(r.FormValue("file")))
	if err == nil {
		db.Exec("SELECT 1")
	}
}

func open(driver, dsn string) (*sql.DB, error) { return sql.Open(driver, dsn) }

func helped(w http.ResponseWriter, r *http.Request) {
	db, err := open("sqlite", ":memory:")
	if err == nil {
		_ = db.PingContext(r.Context())
	}
}

func helpedServer(w http.ResponseWriter, r *http.Request) {
	db, err := open("mysql", "tcp(db)/app") // want "for each HTTP request.*poolperrequest/handler"
	if err == nil {
		_ = db.PingContext(r.Context())
	}
}
