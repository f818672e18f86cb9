// Package errafterbreak: an error of the rows means that they are closed.
package errafterbreak

import "database/sql"

func judged(db *sql.DB) error {
	rows, err := db.Query("select n from t")
	if err != nil {
		return err
	}
	for rows.Next() {
		break
	}
	if err = rows.Err(); err != nil {
		return err
	}
	return rows.Close()
}

func first(db *sql.DB) (n int, err error) {
	rows, err := db.Query("select n from t")
	if err != nil {
		return 0, err
	}
	if rows.Next() {
		_ = rows.Scan(&n)
	}
	if err := rows.Err(); err != nil {
		return 0, err
	}
	return n, rows.Close()
}
