// Package testfiles has handlers in its tests.
package testfiles

import (
	"database/sql"
	"net/http"
)

func handler(w http.ResponseWriter, r *http.Request) {
	db, err := sql.Open("mysql", "tcp(db)/app") // want "for each HTTP request.*poolperrequest/handler"
	if err == nil {
		_ = db.PingContext(r.Context())
	}
}
