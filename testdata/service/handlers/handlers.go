// Package handlers answers the requests of the shop.
package handlers

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"example.com/shop/store"
)

// handlers are what answers requests.
type handlers struct{ store *store.Store }

// New returns the handler of all requests.
func New(s *store.Store) http.Handler {
	h := &handlers{s}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", h.health)
	mux.HandleFunc("GET /products", h.search)
	mux.HandleFunc("GET /products/{id}/price", h.price)
	mux.HandleFunc("POST /orders", h.place)
	mux.HandleFunc("GET /orders/export", h.export)
	mux.HandleFunc("GET /orders/count", h.count)
	return mux
}

// health tells the load balancer whether to send requests here.
func (h *handlers) health(w http.ResponseWriter, r *http.Request) {
	if err := h.store.Alive(r.Context()); err != nil {
		http.Error(w, "no database", http.StatusServiceUnavailable)
	}
}

// fail answers with an error.
func fail(w http.ResponseWriter, err error) {
	status := http.StatusInternalServerError
	switch {
	case errors.Is(err, store.ErrNoProduct):
		status = http.StatusNotFound
	case errors.Is(err, store.ErrSoldOut):
		status = http.StatusConflict
	case errors.Is(err, strconv.ErrSyntax):
		status = http.StatusBadRequest
	}
	http.Error(w, err.Error(), status)
}

// answer answers with a value.
func answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(v)
}
