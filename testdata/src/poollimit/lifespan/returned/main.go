// Command returned sets the limit of what a function returns.
package main

import (
	"database/sql"
	"log"
	"os"
)

func main() {
	db := must(sql.Open("mysql", os.Getenv("DSN")))
	db.SetMaxOpenConns(20)
	log.Print(db.Ping())
}

func must(db *sql.DB, err error) *sql.DB {
	if err != nil {
		log.Fatal(err)
	}
	return db
}
