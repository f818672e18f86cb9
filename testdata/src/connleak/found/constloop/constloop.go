// Package constloop: a loop with constant bounds runs at least once.
package constloop

import "database/sql"

func judged(db *sql.DB) error {
	rows, err := db.Query("select n from t")
	if err != nil {
		return err
	}
	for i := 0; i < 2 && rows.Next(); i++ {
		rows.Close()
	}
	return nil
}
