// Command bare uses its pool until it ends.
package main

import (
	"database/sql"
	"log"
	"net/http"
	"os"
)

func main() {
	db, err := sql.Open("mysql", os.Getenv("DSN")) // want "db has no limit.*poollimit/unbounded"
	if err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("/", handler(db))
	log.Fatal(http.ListenAndServe(":8080", nil))
}

func handler(db *sql.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { _ = db.PingContext(r.Context()) }
}
