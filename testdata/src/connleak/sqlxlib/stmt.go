package sqlxlib

import (
	"context"
	"database/sql"

	"github.com/jmoiron/sqlx"
)

// A statement of sqlx, forgotten.
func prepared(db *sqlx.DB, ids []int) error {
	stmt, err := db.Preparex("DELETE FROM users WHERE id = ?") // want "stmt.*connleak/stmt"
	if err != nil {
		return err
	}
	for _, id := range ids {
		if _, err := stmt.Exec(id); err != nil {
			return err
		}
	}
	return nil
}

// A statement of sqlx, closed by the promoted Close.
func preparedClosed(ctx context.Context, db *sqlx.DB, ids []int) error {
	stmt, err := db.PreparexContext(ctx, "DELETE FROM users WHERE id = ?")
	if err != nil {
		return err
	}
	defer stmt.Close()
	for _, id := range ids {
		if _, err := stmt.Exec(id); err != nil {
			return err
		}
	}
	return nil
}

// A named statement, forgotten.
func preparedNamed(db *sqlx.DB, u user) error {
	stmt, err := db.PrepareNamed("DELETE FROM users WHERE name = :name") // want "stmt.*connleak/stmt"
	if err != nil {
		return err
	}
	_, err = stmt.Exec(u)
	return err
}

// A named statement, closed.
func preparedNamedClosed(ctx context.Context, db *sqlx.DB, u user) error {
	stmt, err := db.PrepareNamedContext(ctx, "DELETE FROM users WHERE name = :name")
	if err != nil {
		return err
	}
	defer stmt.Close()
	_, err = stmt.ExecContext(ctx, u)
	return err
}

// Rows of a named statement.
func rowsOfNamed(stmt *sqlx.NamedStmt, u user) (bool, error) {
	rows, err := stmt.Queryx(u) // want "rows.*connleak/rows"
	if err != nil {
		return false, err
	}
	return rows.Next(), nil
}

// Statements of a Tx end with it.
func preparedOfTx(db *sqlx.DB, u user) error {
	tx, err := db.Beginx()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	stmt, err := tx.Preparex("DELETE FROM users WHERE id = ?")
	if err != nil {
		return err
	}
	if _, err := stmt.Exec(u.ID); err != nil {
		return err
	}
	byName, err := tx.PrepareNamed("DELETE FROM users WHERE name = :name")
	if err != nil {
		return err
	}
	if _, err := byName.Exec(u); err != nil {
		return err
	}
	return tx.Commit()
}

// A transaction of sqlx with one exit that forgets it.
func begun(ctx context.Context, db *sqlx.DB, u user) error {
	tx, err := db.BeginTxx(ctx, nil) // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	if _, err := tx.NamedExecContext(ctx, "INSERT INTO users VALUES (:id, :name)", u); err != nil {
		return err
	}
	return tx.Commit()
}

// MustBegin has no error; MustExec panics, which need not be survived.
func mustBegun(db *sqlx.DB) error {
	tx := db.MustBegin()
	tx.MustExec("DELETE FROM users")
	return tx.Commit()
}

// MustBegin with an exit that forgets it.
func mustBegunLeft(db *sqlx.DB) error {
	tx := db.MustBegin() // want "tx.*connleak/tx"
	if tx.MustExec("DELETE FROM users") == nil {
		return errStop
	}
	return tx.Commit()
}

// Unsafe is another view of the same transaction.
func unsafeView(db *sqlx.DB) error {
	tx, err := db.Beginx()
	if err != nil {
		return err
	}
	view := tx.Unsafe()
	defer view.Rollback()
	if _, err := view.Exec("DELETE FROM users"); err != nil {
		return err
	}
	return view.Commit()
}

// NewDb is another view of the same pool: closing it closes what was opened.
func newDb(dsn string) (n int, err error) {
	raw, err := sql.Open("mysql", dsn)
	if err != nil {
		return 0, err
	}
	db := sqlx.NewDb(raw, "mysql")
	defer db.Close()
	err = db.Get(&n, "SELECT COUNT(*) FROM users")
	return n, err
}

// NewDb is another view of the same pool, and neither is closed.
func newDbLeft(dsn string) (n int, err error) {
	raw, err := sql.Open("mysql", dsn) // want "connleak/db"
	if err != nil {
		return 0, err
	}
	db := sqlx.NewDb(raw, "mysql")
	err = db.Get(&n, "SELECT COUNT(*) FROM users")
	return n, err
}

// Connect opens and pings; a failed Connect has closed its pool itself.
func connect(ctx context.Context, dsn string) (*sqlx.DB, error) {
	db, err := sqlx.ConnectContext(ctx, "mysql", dsn)
	if err != nil {
		return nil, err
	}
	return db, nil
}

// What Connect opened is dropped when the migration fails.
func connectMigrated(dsn string) (*sqlx.DB, error) {
	db, err := sqlx.Connect("mysql", dsn) // want "db.*connleak/db"
	if err != nil {
		return nil, err
	}
	if _, err := db.Exec("CREATE TABLE users (id INT)"); err != nil {
		return nil, err
	}
	return db, nil
}

// What MustConnect opened is closed.
func counted(dsn string) (n int, err error) {
	db := sqlx.MustConnect("mysql", dsn)
	defer db.Close()
	err = db.Get(&n, "SELECT COUNT(*) FROM users")
	return n, err
}
