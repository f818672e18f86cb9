package semantics

import (
	"context"
	"database/sql"
)

// A loop that runs to Next() == false closes the rows: no Close is asked for.
func countDrained(db *sql.DB) (int, error) {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return 0, err
	}
	n := 0
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}

// The same with continue and without any early exit.
func countActive(db *sql.DB) (int, error) {
	rows, err := db.Query("SELECT active FROM users")
	if err != nil {
		return 0, err
	}
	n := 0
	for rows.Next() {
		var active bool
		if err := rows.Scan(&active); err != nil {
			continue
		}
		if active {
			n++
		}
	}
	return n, rows.Err()
}

// An endless loop that ends where Next returned false.
func countEndless(db *sql.DB) (n int, err error) {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return 0, err
	}
	for {
		if !rows.Next() {
			break
		}
		n++
	}
	return n, rows.Err()
}

// An endless loop that also ends at a limit, with rows still to come.
func countEndlessLimit(db *sql.DB, limit int) (n int, err error) {
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return 0, err
	}
	for {
		if !rows.Next() {
			break
		}
		if n++; n == limit {
			break
		}
	}
	return n, rows.Err()
}

// A condition joined by && ends the loop although Next still says true.
func sumUpTo(db *sql.DB, limit int) (sum int, err error) {
	rows, err := db.Query("SELECT qty FROM items") // want "rows.*connleak/rows"
	if err != nil {
		return 0, err
	}
	for rows.Next() && sum < limit {
		var qty int
		if rows.Scan(&qty) == nil {
			sum += qty
		}
	}
	return sum, rows.Err()
}

// The text of a procedure call has a further result (its status), so reading the rows to their
// end keeps the connection: measured on MariaDB, see the semantics table.
func callReport(ctx context.Context, db *sql.DB) (n int, err error) {
	rows, err := db.QueryContext(ctx, "CALL monthly_report(?)", 2024) // want "rows.*connleak/rows"
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}

// A procedure call with Close.
func callReportClosed(ctx context.Context, db *sql.DB) (n int, err error) {
	rows, err := db.QueryContext(ctx, "CALL monthly_report(?)", 2024)
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		n++
	}
	if err := rows.Close(); err != nil {
		return 0, err
	}
	return n, rows.Err()
}

const callCleanup = `
	call cleanup_sessions()`

// Lower case, behind white space, as a named constant: still a procedure call.
func callCleanupDrained(db *sql.DB) error {
	rows, err := db.Query(callCleanup) // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	for rows.Next() {
	}
	return rows.Err()
}

// NextResultSet() == false is the end of all results and releases.
func callCleanupAllResults(db *sql.DB) error {
	rows, err := db.Query(callCleanup)
	if err != nil {
		return err
	}
	for {
		for rows.Next() {
		}
		if !rows.NextResultSet() {
			break
		}
	}
	return rows.Err()
}

// Two statements in one text: the second result set is still to come after the loop.
func twoStatements(db *sql.DB) (n int, err error) {
	rows, err := db.Query("SELECT id FROM users; SELECT id FROM groups") // want "rows.*connleak/rows"
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}

// Two statements, read result set by result set.
func twoStatementsBothRead(db *sql.DB) (n int, err error) {
	rows, err := db.Query("SELECT id FROM users; SELECT id FROM groups")
	if err != nil {
		return 0, err
	}
	for more := true; more; more = rows.NextResultSet() {
		for rows.Next() {
			n++
		}
	}
	return n, rows.Err()
}

// A semicolon at the end or within quotes makes no second statement.
func oneStatement(db *sql.DB) (n int, err error) {
	rows, err := db.Query("SELECT id FROM users WHERE sep = ';' AND kind <> 'a;b';\n")
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}

// Of a text that nobody knows exhaustion counts.
func drainUnknownText(ctx context.Context, db *sql.DB, query string) (n int, err error) {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}

// A column called "callback" is no procedure call.
func drainCallback(db *sql.DB) (n int, err error) {
	rows, err := db.Query("SELECT callback FROM hooks")
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}
