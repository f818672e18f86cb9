// Command mainleft opens pools in its main in ways that the end of main does not excuse.
package main

import (
	"database/sql"
	"log"
	"time"
)

// A pool for each round, of which main's end excuses only the last.
func main() {
	for range time.Tick(time.Minute) {
		db, err := sql.Open("mysql", "app@/shop") // want "db.*connleak/db"
		if err != nil {
			log.Print(err)
			continue
		}
		if err := db.Ping(); err != nil {
			log.Print(err)
		}
	}
}

// A function that main calls is not main: its pool is lost when it returns.
func report(dsn string) error {
	db, err := sql.Open("mysql", dsn) // want "db.*connleak/db"
	if err != nil {
		return err
	}
	_, err = db.Exec("SELECT 1")
	return err
}

func init() {
	if err := report("report@/shop"); err != nil {
		log.Print(err)
	}
}
