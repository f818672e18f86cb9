// Package callbackmaybe: a callback that the callee may not run.
package callbackmaybe

import (
	"database/sql"
	"io"
)

func with[T io.Closer](open func() (T, error), use func(T) error) error {
	x, err := open()
	if err != nil {
		return err
	}
	defer x.Close()
	return use(x)
}

func with2(open func() (*sql.DB, error), use func(*sql.DB) error) error {
	x, err := open()
	if err != nil {
		return err
	}
	defer x.Close()
	return use(x)
}

func judged(db *sql.DB) error {
	rows, err := db.Query("select n from t") // want `connleak/`
	if err != nil {
		return err
	}
	return with(func() (*sql.DB, error) {
		return sql.Open("mysql", "dsn")
	}, func(pool *sql.DB) error {
		return rows.Close()
	})
}

func plain(db *sql.DB) error {
	rows, err := db.Query("select n from t") // want `connleak/`
	if err != nil {
		return err
	}
	return with2(func() (*sql.DB, error) {
		return sql.Open("mysql", "dsn")
	}, func(pool *sql.DB) error {
		return rows.Close()
	})
}

// maybe: one bool decides.
func maybe(b bool, use func() error) error {
	if b {
		return nil
	}
	return use()
}

func simple(db *sql.DB, b bool) error {
	rows, err := db.Query("select n from t") // want `connleak/`
	if err != nil {
		return err
	}
	return maybe(b, func() error { return rows.Close() })
}
