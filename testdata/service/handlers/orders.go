package handlers

import (
	"encoding/json"
	"net/http"
	"strconv"
)

func (h *handlers) place(w http.ResponseWriter, r *http.Request) {
	var order struct {
		Customer int64
		Basket   map[int64]int
	}
	if err := json.NewDecoder(r.Body).Decode(&order); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	id, err := h.store.Place(r.Context(), order.Customer, order.Basket)
	if err != nil {
		fail(w, err)
		return
	}
	answer(w, id)
}

// export streams the orders since one that the client has seen.
func (h *handlers) export(w http.ResponseWriter, r *http.Request) {
	since, err := strconv.ParseInt(r.FormValue("since"), 10, 64)
	if err != nil {
		fail(w, err)
		return
	}
	cursor, err := h.store.Orders(r.Context(), since)
	if err != nil {
		fail(w, err)
		return
	}
	encoder := json.NewEncoder(w)
	for cursor.Next() {
		if err := encoder.Encode(cursor.Order()); err != nil {
			return // the client is gone
		}
	}
	if err := cursor.Close(); err != nil {
		fail(w, err)
	}
}

// count counts the orders since one that the client has seen.
func (h *handlers) count(w http.ResponseWriter, r *http.Request) {
	since, err := strconv.ParseInt(r.FormValue("since"), 10, 64)
	if err != nil {
		fail(w, err)
		return
	}
	cursor, err := h.store.Orders(r.Context(), since)
	if err != nil {
		fail(w, err)
		return
	}
	defer cursor.Close()
	n := 0
	for cursor.Next() {
		n++
	}
	answer(w, n)
}
