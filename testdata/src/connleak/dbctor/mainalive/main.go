// Command mainalive keeps its pool until main returns: nothing to report.
package main

import (
	"database/sql"
	"log"
	"net/http"
)

type app struct{ db *sql.DB }

func (a *app) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := a.db.PingContext(r.Context()); err != nil {
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
	}
}

func main() {
	db, err := sql.Open("mysql", "app@/shop")
	if err != nil {
		log.Fatal(err)
	}
	if err := db.Ping(); err != nil {
		log.Print(err)
		return
	}
	report, err := openReport("report@/shop")
	if err != nil {
		log.Print(err)
		return
	}
	if _, err := report.Exec("SELECT 1"); err != nil {
		log.Print(err)
	}
	http.Handle("/", &app{db: db})
	log.Print(http.ListenAndServe(":8080", nil))
}

func openReport(dsn string) (*sql.DB, error) {
	return sql.Open("mysql", dsn)
}
