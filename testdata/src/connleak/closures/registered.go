package closures

import "database/sql"

// A literal that was handed out before there was anything in the variable.
type client struct{ db *sql.DB }

func (c *client) Close() error { return c.db.Close() }

var openers = map[string]func() (*client, error){}

func register(name string, f func() (*client, error)) { openers[name] = f }

func registeredBefore(dsn string) (err error) {
	var db *sql.DB
	register("x", func() (*client, error) { return &client{db}, nil })
	db, err = sql.Open("mysql", dsn)
	if err != nil {
		return err
	}
	c, err := openers["x"]()
	if err != nil {
		return err
	}
	return c.Close()
}

func called(f func() (*client, error)) error {
	_, err := f()
	return err
}

func calledBefore(dsn string) (err error) {
	var db *sql.DB
	if err := called(func() (*client, error) { return nil, db.Ping() }); err != nil {
		return err
	}
	db, err = sql.Open("mysql", dsn) // want "db.*connleak/db"
	if err != nil {
		return err
	}
	return db.Ping()
}
