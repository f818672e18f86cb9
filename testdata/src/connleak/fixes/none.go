package fixes

import (
	"context"
	"database/sql"
	"log"
)

// A Row that is never scanned: nothing but a Scan ends it.
func row(db *sql.DB) error {
	row := db.QueryRow("SELECT id FROM users") // want "row.*connleak/row"
	return row.Err()
}

// The result has no name.
func nameless(db *sql.DB) error {
	return db.QueryRow("SELECT id FROM users").Err() // want "the result of db.QueryRow.*connleak/row"
}

// Nothing can be called of what is dropped.
func dropped(db *sql.DB) {
	db.Begin()              // want "transaction of db.Begin.*connleak/tx"
	db.Prepare("SELECT 1")  // want "statement of db.Prepare.*connleak/stmt"
	sql.Open("mysql", "")   // want "pool of sql.Open.*connleak/db"
	db.Conn(context.TODO()) // want "connection of db.Conn.*connleak/conn"
}

// The error's variable is another block's: it must not become a new one.
func outerError(db *sql.DB, n int) (err error) {
	if n > 0 {
		_, err = db.Begin() // want "transaction of db.Begin.*connleak/tx"
	}
	return err
}

// The variable holds another pool where this one is lost.
func second(dsn string) (*sql.DB, error) {
	db, err := sql.Open("mysql", dsn) // want "db.*connleak/db"
	if err != nil {
		return nil, err
	}
	if db.Ping() == nil {
		return db, nil
	}
	if db, err = sql.Open("mysql", dsn+"?timeout=1s"); err != nil {
		return nil, err
	}
	return db, nil
}

// The rows before are in a slice.
func collected(db *sql.DB, tables []string) (all []*sql.Rows, err error) {
	for _, table := range tables {
		rows, err := db.Query("SELECT * FROM " + table) // want "rows.*connleak/rows"
		if err != nil {
			return nil, err
		}
		all = append(all, rows)
	}
	return all, nil
}

// A loop of which the syntax does not tell.
func jump(db *sql.DB) error {
again:
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	if rows.Next() {
		goto again
	}
	log.Print(rows.Columns())
	return rows.Close()
}

// A literal that outlives the function uses the statement.
func statementOfHandler(db *sql.DB) (func() error, error) {
	st, err := db.Prepare("SELECT 1") // want `connleak/stmt`
	if err != nil {
		return nil, err
	}
	return func() error { _, err := st.Exec(); return err }, nil
}
