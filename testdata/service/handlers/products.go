package handlers

import (
	"net/http"
	"strconv"
)

func (h *handlers) search(w http.ResponseWriter, r *http.Request) {
	products, err := h.store.Search(r.Context(), r.FormValue("q"))
	if err != nil {
		fail(w, err)
		return
	}
	answer(w, products)
}

func (h *handlers) price(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		fail(w, err)
		return
	}
	price, err := h.store.Price(r.Context(), id)
	if err != nil {
		fail(w, err)
		return
	}
	answer(w, price)
}
