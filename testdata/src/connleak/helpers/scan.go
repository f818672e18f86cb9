package helpers

import (
	"context"
	"database/sql"
	"fmt"
)

// scanIDs closes what it gets.
func scanIDs(rows *sql.Rows) (ids []int, err error) {
	defer rows.Close()
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// drainIDs iterates to the end, but a failed Scan makes it return early.
func drainIDs(rows *sql.Rows) (ids []int, err error) {
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// countAll always iterates to the end.
func countAll(rows *sql.Rows) (n int) {
	for rows.Next() {
		n++
	}
	return n
}

// scanOne reads the current row: it borrows.
func scanOne(rows *sql.Rows) (id int, err error) {
	err = rows.Scan(&id)
	return id, err
}

// The callee closes.
func idsClosedByCallee(db *sql.DB) ([]int, error) {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return nil, err
	}
	return scanIDs(rows)
}

// The callee closes, unless something goes wrong before it is called.
func idsClosedByCalleeTooLate(db *sql.DB) ([]int, error) {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return nil, err
	}
	cols, err := rows.Columns()
	if err != nil || len(cols) != 1 {
		return nil, fmt.Errorf("columns %v: %w", cols, err)
	}
	return scanIDs(rows)
}

// The callee iterates the parameter, with an early return: nobody closes then.
func idsDrainedByCallee(db *sql.DB) ([]int, error) {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return nil, err
	}
	return drainIDs(rows)
}

// The same callee, with the caller's Close.
func idsDrainedByCalleeClosed(db *sql.DB) ([]int, error) {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	return drainIDs(rows)
}

// The callee iterates to the end whatever happens.
func countByCallee(db *sql.DB) (int, error) {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return 0, err
	}
	return countAll(rows), nil
}

// The callee only scans: lent, the caller still owes the Close.
func oneByCallee(db *sql.DB) (int, error) {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return 0, err
	}
	if !rows.Next() {
		return 0, sql.ErrNoRows
	}
	return scanOne(rows)
}

// The callee only scans and the caller closes.
func oneByCalleeClosed(db *sql.DB) (int, error) {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	if !rows.Next() {
		return 0, sql.ErrNoRows
	}
	return scanOne(rows)
}

// checkHeader closes on an error only: on success the caller goes on reading.
func checkHeader(rows *sql.Rows, want int) error {
	cols, err := rows.Columns()
	if err != nil {
		rows.Close()
		return err
	}
	if len(cols) != want {
		rows.Close()
		return fmt.Errorf("%d columns, want %d", len(cols), want)
	}
	return nil
}

// The caller closes what checkHeader left open.
func checked(db *sql.DB) ([]int, error) {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return nil, err
	}
	if err := checkHeader(rows, 1); err != nil {
		return nil, err
	}
	defer rows.Close()
	return drainIDs(rows)
}

// The caller takes checkHeader for a closer in any case.
func checkedLeft(db *sql.DB) (bool, error) {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return false, err
	}
	if err := checkHeader(rows, 1); err != nil {
		return false, err
	}
	return rows.Next(), nil
}

// commitAll commits on success only and leaves the error case to its caller.
func commitAll(tx *sql.Tx, texts []string) error {
	for _, text := range texts {
		if _, err := tx.Exec(text); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// A failed commitAll may have left the transaction open.
func runAll(ctx context.Context, db *sql.DB, texts []string) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := commitAll(tx, texts); err != nil {
		tx.Rollback()
		return err
	}
	return nil
}

// Nobody rolls back.
func runAllLeft(ctx context.Context, db *sql.DB, texts []string) error {
	tx, err := db.BeginTx(ctx, nil) // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	return commitAll(tx, texts)
}

// query forwards: its caller owes the Close.
func query(ctx context.Context, db *sql.DB, text string, args ...any) (*sql.Rows, error) {
	rows, err := db.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", text, err)
	}
	return rows, nil
}

// queryUsers forwards what was forwarded.
func queryUsers(ctx context.Context, db *sql.DB) (*sql.Rows, error) {
	return query(ctx, db, "SELECT id FROM users")
}

// The obligation came through two functions.
func firstUser(ctx context.Context, db *sql.DB) (int, error) {
	rows, err := queryUsers(ctx, db)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	if !rows.Next() {
		return 0, sql.ErrNoRows
	}
	return scanOne(rows)
}

// The obligation came through two functions and ends here.
func firstUserLeft(ctx context.Context, db *sql.DB) (int, error) {
	rows, err := queryUsers(ctx, db) // want "rows.*connleak/rows"
	if err != nil {
		return 0, err
	}
	if !rows.Next() {
		return 0, sql.ErrNoRows
	}
	return scanOne(rows)
}

// begin forwards a Tx and a live error says that there is none.
func begin(db *sql.DB) (tx *sql.Tx, err error) {
	for range 3 {
		if tx, err = db.Begin(); err == nil {
			return tx, nil
		}
	}
	return nil, err
}

// Begun by the helper.
func deleteUsers(db *sql.DB) error {
	tx, err := begin(db)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.Exec("DELETE FROM users"); err != nil {
		return err
	}
	return tx.Commit()
}

// Begun by the helper, not ended on an error.
func deleteUsersLeft(db *sql.DB) error {
	tx, err := begin(db) // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	if _, err := tx.Exec("DELETE FROM users"); err != nil {
		return err
	}
	return tx.Commit()
}
