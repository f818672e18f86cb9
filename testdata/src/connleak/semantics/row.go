package semantics

import (
	"context"
	"database/sql"
	"log"
)

// The usual one-liner.
func userName(ctx context.Context, db *sql.DB, id int) (name string, err error) {
	err = db.QueryRowContext(ctx, "SELECT name FROM users WHERE id = ?", id).Scan(&name)
	return name, err
}

// QueryRow instead of Exec: nobody scans, the connection stays in use.
func touchUser(db *sql.DB, id int) {
	db.QueryRow("UPDATE users SET seen = NOW() WHERE id = ?", id) // want "connleak/row]"
}

// Exec is what was meant.
func touchUserExec(db *sql.DB, id int) error {
	_, err := db.Exec("UPDATE users SET seen = NOW() WHERE id = ?", id)
	return err
}

// Err does not release a Row.
func deleteUser(db *sql.DB, id int) error {
	return db.QueryRow("DELETE FROM users WHERE id = ? RETURNING id", id).Err() // want "connleak/row]"
}

// Err first, Scan afterwards, on the path that goes on only.
func userEmailErrReturns(db *sql.DB, id int) (email string, err error) {
	row := db.QueryRow("SELECT email FROM users WHERE id = ?", id)
	if err := row.Err(); err != nil {
		return "", err // an error means that there are no rows to hold
	}
	err = row.Scan(&email)
	return email, err
}

// Scan decides the release, whatever it returns.
func userEmailScan(db *sql.DB, id int) string {
	var email string
	row := db.QueryRow("SELECT email FROM users WHERE id = ?", id)
	if err := row.Scan(&email); err != nil {
		log.Print(err)
	}
	return email
}

// An argument is checked after the query went out.
func userAge(db *sql.DB, id int) (age int, err error) {
	row := db.QueryRow("SELECT age FROM users WHERE id = ?", id) // want "row.*connleak/row]"
	if id <= 0 {
		return 0, sql.ErrNoRows
	}
	err = row.Scan(&age)
	return age, err
}

// The argument is checked first.
func userAgeChecked(db *sql.DB, id int) (age int, err error) {
	if id <= 0 {
		return 0, sql.ErrNoRows
	}
	row := db.QueryRow("SELECT age FROM users WHERE id = ?", id)
	err = row.Scan(&age)
	return age, err
}

// Two rows are asked for up front: when the first fails the second is never scanned.
func usersAndGroups(db *sql.DB) (users, groups int, err error) {
	userRow := db.QueryRow("SELECT COUNT(*) FROM users")
	groupRow := db.QueryRow("SELECT COUNT(*) FROM groups") // want "groupRow.*connleak/row]"
	if err := userRow.Scan(&users); err != nil {
		return 0, 0, err
	}
	if err := groupRow.Scan(&groups); err != nil {
		return 0, 0, err
	}
	return users, groups, nil
}

// One after the other.
func usersThenGroups(db *sql.DB) (users, groups int, err error) {
	if err := db.QueryRow("SELECT COUNT(*) FROM users").Scan(&users); err != nil {
		return 0, 0, err
	}
	if err := db.QueryRow("SELECT COUNT(*) FROM groups").Scan(&groups); err != nil {
		return 0, 0, err
	}
	return users, groups, nil
}

// A row of a pinned connection and one of a statement pin as well.
func unscannedOfConnAndStmt(ctx context.Context, conn *sql.Conn, stmt *sql.Stmt) {
	_ = conn.QueryRowContext(ctx, "SELECT pg_advisory_lock(1)") // want "connleak/row]"
	_ = stmt.QueryRow(7)                                        // want "connleak/row]"
}

// The row of a Tx ends with the Tx, also one that the caller passed in.
func lockRow(tx *sql.Tx, id int) {
	tx.QueryRow("SELECT id FROM users WHERE id = ? FOR UPDATE", id)
}

func scanCount(row *sql.Row) (n int, err error) {
	err = row.Scan(&n)
	return n, err
}

func logRow(row *sql.Row) {
	log.Println("row error:", row.Err())
}

// A helper scans it.
func countByHelper(db *sql.DB) (int, error) {
	row := db.QueryRow("SELECT COUNT(*) FROM users")
	return scanCount(row)
}

// A helper that only looks at Err leaves it as it was.
func countLoggedOnly(db *sql.DB) {
	row := db.QueryRow("SELECT COUNT(*) FROM users") // want "row.*connleak/row]"
	logRow(row)
}

// Returned unchanged: the caller scans.
func rowOf(db *sql.DB, id int) *sql.Row {
	return db.QueryRow("SELECT * FROM users WHERE id = ?", id)
}

// And this caller does not.
func rowOfDropped(db *sql.DB, id int) error {
	row := rowOf(db, id) // want "row.*connleak/row]"
	return row.Err()
}

// This one does.
func rowOfScanned(db *sql.DB, id int) (name string, err error) {
	return name, rowOf(db, id).Scan(&name)
}

func scanWith(scan func(dest ...any) error) (n int, err error) {
	err = scan(&n)
	return n, err
}

// The method value Scan is handed on.
func countByMethodValue(db *sql.DB) (int, error) {
	return scanWith(db.QueryRow("SELECT COUNT(*) FROM users").Scan)
}
