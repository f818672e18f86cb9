// Package api is one more package above.
package api

import (
	"net/http"

	"poolperrequest/chain/web"
)

func respond(w http.ResponseWriter, r *http.Request) {
	web.Respond(w) // want "a pool is opened for each HTTP request.*poolperrequest/handler"
}

func made(dsn string) (http.Handler, error) {
	h, err := web.New(dsn)
	if err != nil {
		return nil, err
	}
	return h, nil
}

func madeEach(w http.ResponseWriter, r *http.Request) {
	h, err := web.New("tcp(db)/app") // want "a pool is opened for each HTTP request.*poolperrequest/handler"
	if err == nil {
		h.ServeHTTP(w, r)
	}
}
