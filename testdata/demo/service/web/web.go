// Package web answers the requests of the shop.
package web

import (
	"encoding/json"
	"errors"
	"net/http"

	"example.com/bookshop/store"
)

// handlers are what answers requests.
type handlers struct{ books *store.Store }

// New returns the handler of all requests.
func New(books *store.Store) http.Handler {
	h := &handlers{books}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", h.health)
	mux.HandleFunc("GET /books/{isbn}", h.book)
	mux.HandleFunc("GET /authors/{author}", h.author)
	mux.HandleFunc("GET /offers/{title}", h.offer)
	return mux
}

// health tells the load balancer whether to send requests here.
func (h *handlers) health(w http.ResponseWriter, r *http.Request) {
	if err := h.books.Alive(); err != nil {
		http.Error(w, "no database", http.StatusServiceUnavailable)
	}
}

func (h *handlers) book(w http.ResponseWriter, r *http.Request) {
	b, err := h.books.Book(r.PathValue("isbn"))
	answer(w, b, err)
}

func (h *handlers) author(w http.ResponseWriter, r *http.Request) {
	books, err := h.books.By(r.PathValue("author"))
	answer(w, books, err)
}

func (h *handlers) offer(w http.ResponseWriter, r *http.Request) {
	b, err := h.books.Offer(r.PathValue("title"))
	answer(w, b, err)
}

// answer answers with a value, or with the error if there is one.
func answer(w http.ResponseWriter, v any, err error) {
	switch {
	case errors.Is(err, store.ErrNotFound):
		http.Error(w, err.Error(), http.StatusNotFound)
	case err != nil:
		http.Error(w, err.Error(), http.StatusInternalServerError)
	default:
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(v)
	}
}
