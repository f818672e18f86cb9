package semantics

import (
	"context"
	"database/sql"
)

// Prepared, used, forgotten: a statement stays on the server.
func insertAll(db *sql.DB, names []string) error {
	stmt, err := db.Prepare("INSERT INTO users(name) VALUES (?)") // want "stmt.*connleak/stmt"
	if err != nil {
		return err
	}
	for _, name := range names {
		if _, err := stmt.Exec(name); err != nil {
			return err
		}
	}
	return nil
}

// With a deferred Close.
func insertAllClosed(db *sql.DB, names []string) error {
	stmt, err := db.Prepare("INSERT INTO users(name) VALUES (?)")
	if err != nil {
		return err
	}
	defer stmt.Close()
	for _, name := range names {
		if _, err := stmt.Exec(name); err != nil {
			return err
		}
	}
	return nil
}

// Closed at the end only: the error exit of the loop skips it.
func insertAllClosedAtEnd(ctx context.Context, db *sql.DB, names []string) error {
	stmt, err := db.PrepareContext(ctx, "INSERT INTO users(name) VALUES (?)") // want "stmt.*connleak/stmt"
	if err != nil {
		return err
	}
	for _, name := range names {
		if _, err := stmt.ExecContext(ctx, name); err != nil {
			return err
		}
	}
	return stmt.Close()
}

// The loop is left through one exit behind which the Close stands.
func insertAllOneExit(ctx context.Context, db *sql.DB, names []string) error {
	stmt, err := db.PrepareContext(ctx, "INSERT INTO users(name) VALUES (?)")
	if err != nil {
		return err
	}
	for _, name := range names {
		if _, err = stmt.ExecContext(ctx, name); err != nil {
			break
		}
	}
	if cerr := stmt.Close(); err == nil {
		err = cerr
	}
	return err
}

// A Tx's statements end with the Tx.
func insertInTx(db *sql.DB, names []string) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	stmt, err := tx.Prepare("INSERT INTO users(name) VALUES (?)")
	if err != nil {
		return err
	}
	for _, name := range names {
		if _, err := stmt.Exec(name); err != nil {
			return err
		}
	}
	return tx.Commit()
}

type users struct {
	insert *sql.Stmt
	list   *sql.Stmt
}

// Statements kept in a struct for the program's life are clean.
func newUsers(db *sql.DB) (*users, error) {
	insert, err := db.Prepare("INSERT INTO users(name) VALUES (?)")
	if err != nil {
		return nil, err
	}
	return &users{insert: insert}, nil
}

// The transaction's view of a kept statement ends with the Tx.
func (u *users) add(ctx context.Context, tx *sql.Tx, name string) error {
	_, err := tx.StmtContext(ctx, u.insert).ExecContext(ctx, name)
	return err
}

// tx.Stmt of a local statement: the Tx ends its own copy, not the one prepared on the pool.
func addOnce(db *sql.DB, name string) error {
	base, err := db.Prepare("INSERT INTO users(name) VALUES (?)") // want "base.*connleak/stmt"
	if err != nil {
		return err
	}
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.Stmt(base).Exec(name); err != nil {
		return err
	}
	return tx.Commit()
}

// tx.Stmt of a local statement that is closed.
func addOnceClosed(db *sql.DB, name string) error {
	base, err := db.Prepare("INSERT INTO users(name) VALUES (?)")
	if err != nil {
		return err
	}
	defer base.Close()
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.Stmt(base).Exec(name); err != nil {
		return err
	}
	return tx.Commit()
}

var findUser *sql.Stmt

// A package variable is an owner.
func prepareGlobals(db *sql.DB) (err error) {
	findUser, err = db.Prepare("SELECT id FROM users WHERE name = ?")
	return err
}

// Kept by the receiver.
func (u *users) prepareList(db *sql.DB) error {
	stmt, err := db.Prepare("SELECT name FROM users")
	if err != nil {
		return err
	}
	u.list = stmt
	return nil
}

// The pool closes its connections, and with them the statements.
func stmtOfClosedPool(dsn string) error {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	stmt, err := db.Prepare("INSERT INTO t VALUES (?)")
	if err != nil {
		return err
	}
	for i := range 10 {
		if _, err := stmt.Exec(i); err != nil {
			return err
		}
	}
	return nil
}

// One pool is closed, the other is not.
func stmtOfOtherPool(dsn string, other *sql.DB) error {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	stmt, err := other.Prepare("INSERT INTO t VALUES (?)") // want "stmt.*connleak/stmt"
	if err != nil {
		return err
	}
	_, err = stmt.Exec(1)
	return err
}

type closedStore struct{ db *sql.DB }

func (s *closedStore) Close() error { return s.db.Close() }

func openClosed(dsn string) (*closedStore, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	return &closedStore{db}, nil
}

func stmtOfClosedStore(dsn string) error {
	s, err := openClosed(dsn)
	if err != nil {
		return err
	}
	defer s.Close()
	stmt, err := s.db.Prepare("INSERT INTO t VALUES (?)")
	if err != nil {
		return err
	}
	_, err = stmt.Exec(1)
	return err
}

// What is in use is not closed.
func rowsOfClosedPool(dsn string) error {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	rows, err := db.Query("SELECT 1") // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	rows.Next()
	return nil
}
