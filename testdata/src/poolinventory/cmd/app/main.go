// Command app settles pools of its own and of package store.
package main

import (
	"database/sql"
	"log"
	"net/http"

	"poolinventory/store"
)

type server struct{ orders *sql.DB }

func main() {
	orders, err := store.Open("/orders", 30)
	if err != nil {
		log.Fatal(err)
	}
	reports, err := store.Open("/reports", 2)
	if err != nil {
		log.Fatal(err)
	}
	defer reports.Close()
	s := &server{orders}
	http.HandleFunc("/", s.handle)
	log.Fatal(http.ListenAndServe(":8080", nil))
}

func (s *server) handle(w http.ResponseWriter, r *http.Request) {
	tenant, err := store.Open("/tenant", 3)
	if err != nil {
		return
	}
	defer tenant.Close()
	_ = store.Ping()
}

// never is called by nobody.
func never() error {
	db, err := sql.Open("mysql", "/never")
	if err != nil {
		return err
	}
	return db.Close()
}
