package testfiles

import (
	"database/sql"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"
)

func TestMain(m *testing.M) {
	db, err := sql.Open("mysql", os.Getenv("DSN"))
	if err != nil {
		panic(err)
	}
	defer db.Close()
	m.Run()
}

func TestHandler(t *testing.T) {
	for range 3 {
		db, err := sql.Open("mysql", os.Getenv("DSN"))
		if err != nil {
			t.Fatal(err)
		}
		_ = db.Ping()
	}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		db, err := sql.Open("mysql", os.Getenv("DSN"))
		if err == nil {
			_ = db.PingContext(r.Context())
		}
	}))
	defer srv.Close()
}
