// Command viarun has its pool from a function that opens it, and closes it at
// the end.
package main

import (
	"database/sql"
	"fmt"
	"log"
	"os"
)

func main() {
	db, err := connect() // want "db has no limit.*poollimit/unbounded"
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()
	if err := report(db); err != nil {
		log.Print(err)
	}
}

func connect() (*sql.DB, error) {
	db, err := sql.Open("mysql", os.Getenv("DSN"))
	if err != nil {
		return nil, err
	}
	if err := db.Ping(); err != nil {
		db.Close()
		return nil, fmt.Errorf("ping: %w", err)
	}
	return db, nil
}

func report(db *sql.DB) error {
	var n int
	if err := db.QueryRow("SELECT COUNT(*) FROM t").Scan(&n); err != nil {
		return err
	}
	fmt.Println(n)
	return nil
}
