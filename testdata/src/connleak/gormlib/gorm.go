// Package gormlib uses gorm.io/gorm, whose Rows and Row hand out database/sql's
// types and whose DB method lends the pool.
package gormlib

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"
)

var errStop = errors.New("stop")

type user struct {
	ID   int
	Name string
}

// Rows at the end of a chain, left by an early return.
func names(ctx context.Context, db *gorm.DB) (out []user, err error) {
	rows, err := db.WithContext(ctx).Model(&user{}).Where("name <> ?", "").Rows() // want "rows.*connleak/rows"
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		var u user
		if err := db.ScanRows(rows, &u); err != nil {
			return nil, err
		}
		out = append(out, u)
	}
	return out, rows.Err()
}

// Rows at the end of a chain, closed. ScanRows only borrows them.
func namesClosed(ctx context.Context, db *gorm.DB) (out []user, err error) {
	rows, err := db.WithContext(ctx).
		Model(&user{}).
		Where("name <> ?", "").
		Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var u user
		if err := db.ScanRows(rows, &u); err != nil {
			return nil, err
		}
		out = append(out, u)
	}
	return out, nil
}

// The acquisition stands on the line of the chain's last selector.
func namesChained(db *gorm.DB) (bool, error) {
	rows, err := db.
		Table("users").
		Where("name <> ?", "").
		Rows() // want "rows.*connleak/rows"
	if err != nil {
		return false, err
	}
	return rows.Next(), nil
}

// A row that is scanned.
func count(db *gorm.DB) (n int, err error) {
	err = db.Raw("SELECT COUNT(*) FROM users").Row().Scan(&n)
	return n, err
}

// A row that is not.
func countErr(db *gorm.DB) error {
	row := db.Raw("SELECT COUNT(*) FROM users").Row() // want "row.*connleak/row]"
	return row.Err()
}

// DB lends the pool: nothing to close.
func configure(db *gorm.DB) error {
	pool, err := db.DB()
	if err != nil {
		return err
	}
	pool.SetConnMaxLifetime(time.Minute)
	return pool.Ping()
}

// A connection taken from the lent pool is one's own.
func pinned(ctx context.Context, db *gorm.DB) error {
	pool, err := db.DB()
	if err != nil {
		return err
	}
	conn, err := pool.Conn(ctx) // want "conn.*connleak/conn"
	if err != nil {
		return err
	}
	return conn.PingContext(ctx)
}

// Transaction ends what it begins.
func inTransaction(db *gorm.DB) error {
	return db.Transaction(func(tx *gorm.DB) error {
		return tx.Exec("DELETE FROM users").Error
	})
}

// Finders take care of themselves.
func find(db *gorm.DB) (out []user, err error) {
	err = db.Where("id > ?", 1).Find(&out).Error
	return out, err
}

// AddError(err) == nil says that there was no error, and so that there are rows.
func addError(db *gorm.DB) (n int) {
	rows, err := db.Table("users").Rows()
	if db.AddError(err) == nil {
		defer rows.Close()
		for rows.Next() {
			if n++; n > 10 {
				return n
			}
		}
	}
	return n
}

// AddError(err) == nil, and the rows are left behind it.
func addErrorLeft(db *gorm.DB) (n int) {
	rows, err := db.Table("users").Rows() // want "rows.*connleak/rows"
	if db.AddError(err) == nil {
		for rows.Next() {
			if n++; n > 10 {
				return n
			}
		}
	}
	return n
}

// The chain is built in steps.
func built(db *gorm.DB, onlyActive bool) error {
	q := db.Table("users")
	if onlyActive {
		q = q.Where("active")
	}
	rows, err := q.Rows() // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	if !rows.Next() {
		return errStop
	}
	return rows.Err()
}
