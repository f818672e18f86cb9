package loops

import (
	"context"
	"database/sql"
	"log"
)

// Page by page, each read to its end.
func pages(db *sql.DB, use func(int)) error {
	for last := 0; ; {
		rows, err := db.Query("SELECT id FROM users WHERE id > ? ORDER BY id LIMIT 100", last)
		if err != nil {
			return err
		}
		n := 0
		for rows.Next() {
			n++
			if rows.Scan(&last) == nil {
				use(last)
			}
		}
		if n == 0 {
			return rows.Err()
		}
	}
}

// Page by page, each left at the first bad row.
func pagesLeft(db *sql.DB, use func(int)) error {
	for last := 0; ; {
		rows, err := db.Query("SELECT id FROM users WHERE id > ? ORDER BY id LIMIT 100", last) // want "rows.*connleak/rows"
		if err != nil {
			return err
		}
		n := 0
		for rows.Next() {
			n++
			if rows.Scan(&last) != nil {
				break
			}
			use(last)
		}
		if n == 0 {
			return rows.Err()
		}
	}
}

// A select in the rows loop ends it with rows open.
func stream(ctx context.Context, db *sql.DB, out chan<- int) error {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	for rows.Next() {
		var id int
		_ = rows.Scan(&id)
		select {
		case out <- id:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return rows.Err()
}

// A select in the rows loop, with the rows closed where it ends.
func streamClosed(ctx context.Context, db *sql.DB, out chan<- int) error {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	for rows.Next() {
		var id int
		_ = rows.Scan(&id)
		select {
		case out <- id:
		case <-ctx.Done():
			_ = rows.Close()
			return ctx.Err()
		}
	}
	return rows.Err()
}

// A worker that never ends drops a transaction each time a job fails.
func worker(db *sql.DB, jobs <-chan int) {
	for {
		id := <-jobs
		tx, err := db.Begin() // want "tx.*connleak/tx"
		if err != nil {
			log.Print(err)
			continue
		}
		if _, err := tx.Exec("DELETE FROM jobs WHERE id = ?", id); err != nil {
			log.Print(err)
			continue
		}
		if err := tx.Commit(); err != nil {
			log.Print(err)
		}
	}
}

// A worker that never ends, rolling back.
func workerRolledBack(db *sql.DB, jobs <-chan int) {
	for {
		id := <-jobs
		tx, err := db.Begin()
		if err != nil {
			log.Print(err)
			continue
		}
		if _, err := tx.Exec("DELETE FROM jobs WHERE id = ?", id); err != nil {
			log.Print(err, tx.Rollback())
			continue
		}
		if err := tx.Commit(); err != nil {
			log.Print(err)
		}
	}
}

// A statement prepared anew in each round.
func deleteEach(db *sql.DB, tables []string) error {
	for _, table := range tables {
		stmt, err := db.Prepare("DELETE FROM " + table) // want "stmt.*connleak/stmt"
		if err != nil {
			return err
		}
		if _, err := stmt.Exec(); err != nil {
			log.Print(err)
		}
	}
	return nil
}

// A statement prepared anew in each round and closed in it.
func deleteEachClosed(db *sql.DB, tables []string) error {
	for _, table := range tables {
		stmt, err := db.Prepare("DELETE FROM " + table)
		if err != nil {
			return err
		}
		_, err = stmt.Exec()
		stmt.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

// The value of the round before is closed at the start of the next, the last one at the end.
func rolling(db *sql.DB, queries []string) (err error) {
	var rows *sql.Rows
	for _, query := range queries {
		if rows != nil {
			rows.Close()
		}
		if rows, err = db.Query(query); err != nil {
			return err
		}
		log.Print(rows.Columns())
	}
	if rows != nil {
		rows.Close()
	}
	return nil
}

// The value of the round before is closed at the start of the next, the last one never.
func rollingLeft(db *sql.DB, queries []string) (err error) {
	var rows *sql.Rows
	for _, query := range queries {
		if rows != nil {
			rows.Close()
		}
		if rows, err = db.Query(query); err != nil { // want "rows.*connleak/rows"
			return err
		}
		log.Print(rows.Columns())
	}
	return nil
}

// An early return between two result sets.
func resultSets(db *sql.DB, query string) (n int, err error) {
	rows, err := db.Query(query) // want "rows.*connleak/rows"
	if err != nil {
		return 0, err
	}
	for {
		for rows.Next() {
			if err := rows.Scan(&n); err != nil {
				return 0, err
			}
		}
		if !rows.NextResultSet() {
			return n, rows.Err()
		}
	}
}

// The same with the Close.
func resultSetsClosed(db *sql.DB, query string) (n int, err error) {
	rows, err := db.Query(query)
	if err != nil {
		return 0, err
	}
	for {
		for rows.Next() {
			if err := rows.Scan(&n); err != nil {
				rows.Close()
				return 0, err
			}
		}
		if !rows.NextResultSet() {
			return n, rows.Err()
		}
	}
}
