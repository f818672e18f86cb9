// Command api uses pools of other packages.
package main

import (
	"log"
	"net/http"
	"os"

	"poollimit/xpkg/opener"
	"poollimit/xpkg/store"
)

func main() {
	db, err := opener.Open(os.Getenv("DSN")) // want "db has no limit.*poollimit/unbounded"
	if err != nil {
		log.Fatal(err)
	}
	s, err := store.New(os.Getenv("DSN"))
	if err != nil {
		log.Fatal(err)
	}
	s.DB().SetMaxOpenConns(10)
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		_ = db.PingContext(r.Context())
		_ = s.DB().PingContext(r.Context())
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
