// Package found: an owner that is released by a deferred call in a loop.
package found

import "database/sql"

type wrap struct {
	held  *sql.Rows
	count int
}

func newWrap(db *sql.DB) (*wrap, error) {
	held, err := db.Query("select n from t")
	if err != nil {
		return nil, err
	}
	w := new(wrap)
	w.held = held
	return w, nil
}

func (w *wrap) Close() error {
	return w.held.Close()
}

func judged(db *sql.DB, n int) (int, error) {
	for i := 0; i < n; i++ {
		w, err := newWrap(db)
		if err != nil {
			return 0, err
		}
		defer w.Close() // want `deferinloop`
	}
	return 0, nil
}
