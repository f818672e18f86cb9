package dynamic

import "database/sql"

// Variables that nobody assigns hold the function that they are declared with:
// tests put another in its place.
var (
	openLiteral = func(driver, dsn string) (*sql.DB, error) { return sql.Open(driver, dsn) }
	openNamed   = sql.Open
	openOwn     = openPinged
	openSet     = sql.Open
	openReset   = sql.Open
	OpenPublic  = sql.Open
)

var reset = func() { openReset = openPinged }

func withReset(dsn string) error {
	reset()
	db, err := openReset("mysql", dsn)
	if err != nil {
		return err
	}
	return db.Ping()
}

func openPinged(driver, dsn string) (*sql.DB, error) {
	db, err := sql.Open(driver, dsn)
	if err != nil {
		return nil, err
	}
	if err := db.Ping(); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

func SetOpen(f func(driver, dsn string) (*sql.DB, error)) { openSet = f }

func withLiteral(dsn string) (*sql.DB, error) {
	db, err := openLiteral("mysql", dsn) // want "db.*connleak/db"
	if err != nil {
		return nil, err
	}
	if err := db.Ping(); err != nil {
		return nil, err
	}
	return db, nil
}

func withNamed(dsn string) (*sql.DB, error) {
	db, err := openNamed("mysql", dsn) // want "db.*connleak/db"
	if err != nil {
		return nil, err
	}
	if err := db.Ping(); err != nil {
		return nil, err
	}
	return db, nil
}

func withOwn(dsn string, check func() error) (*sql.DB, error) {
	db, err := openOwn("mysql", dsn) // want "db.*connleak/db"
	if err != nil {
		return nil, err
	}
	if err := check(); err != nil {
		return nil, err
	}
	return db, nil
}

func withClosed(dsn string, check func() error) (*sql.DB, error) {
	db, err := openOwn("mysql", dsn)
	if err != nil {
		return nil, err
	}
	if err := check(); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

// What it holds is not known.
func withSet(dsn string) error {
	db, err := openSet("mysql", dsn)
	if err != nil {
		return err
	}
	return db.Ping()
}

func withPublic(dsn string) error {
	db, err := OpenPublic("mysql", dsn)
	if err != nil {
		return err
	}
	return db.Ping()
}
