// Package notes has acquisitions to ask about.
package notes

import "database/sql"

func open(dsn string) (*sql.DB, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	if err := db.Ping(); err != nil {
		return nil, err
	}
	return db, nil
}

func columns(db *sql.DB, tables []string) error {
	for _, table := range tables {
		rows, err := db.Query(
			"SELECT * FROM " + table,
		)
		if err != nil {
			return err
		}
		defer rows.Close()
		if _, err := rows.Columns(); err != nil {
			return err
		}
	}
	return nil
}
