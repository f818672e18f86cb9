// Command limited sets a limit, in a function of its own.
package main

import (
	"database/sql"
	"log"
	"net/http"
	"os"
	"time"
)

func main() {
	db, err := sql.Open("mysql", os.Getenv("DSN"))
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()
	configure(db)
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { _ = db.PingContext(r.Context()) })
	log.Print(http.ListenAndServe(":8080", nil))
}

func configure(db *sql.DB) {
	db.SetMaxOpenConns(20)
	db.SetMaxIdleConns(20)
	db.SetConnMaxLifetime(time.Minute)
}
