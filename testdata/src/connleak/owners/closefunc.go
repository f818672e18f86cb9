package owners

import (
	"database/sql"
	"log"
)

// job keeps the release as a func value.
type job struct {
	name  string
	close func() error
}

func newJobMethodValue(db *sql.DB) (*job, error) {
	rows, err := db.Query("SELECT name FROM jobs")
	if err != nil {
		return nil, err
	}
	return &job{name: "rows", close: rows.Close}, nil
}

func newJobClosure(db *sql.DB) (*job, error) {
	tx, err := db.Begin()
	if err != nil {
		return nil, err
	}
	return &job{name: "tx", close: func() error {
		log.Print("rollback")
		return tx.Rollback()
	}}, nil
}

func (j *job) Close() error { return j.close() }

// Close calls the stored method value.
func runJob(db *sql.DB) error {
	j, err := newJobMethodValue(db)
	if err != nil {
		return err
	}
	defer j.Close()
	log.Print(j.name)
	return nil
}

// Nobody calls the stored method value.
func runJobLeft(db *sql.DB) error {
	j, err := newJobMethodValue(db) // want "j.*connleak/(wrapper|rows)"
	if err != nil {
		return err
	}
	log.Print(j.name)
	return nil
}

// Close calls the stored closure.
func runJobClosure(db *sql.DB) error {
	j, err := newJobClosure(db)
	if err != nil {
		return err
	}
	defer j.Close()
	log.Print(j.name)
	return nil
}

// Nobody calls the stored closure.
func runJobClosureLeft(db *sql.DB) error {
	j, err := newJobClosure(db) // want "j.*connleak/(wrapper|tx)"
	if err != nil {
		return err
	}
	log.Print(j.name)
	return nil
}

// openRows returns the rows and what closes them.
func openRows(db *sql.DB) (*sql.Rows, func(), error) {
	rows, err := db.Query("SELECT name FROM jobs")
	if err != nil {
		return nil, nil, err
	}
	return rows, func() { rows.Close() }, nil
}

// The close function is called.
func readJobs(db *sql.DB) error {
	rows, done, err := openRows(db)
	if err != nil {
		return err
	}
	defer done()
	if !rows.Next() {
		return errStop
	}
	return nil
}

// The value itself is closed instead, which is as good.
func readJobsClosed(db *sql.DB) error {
	rows, _, err := openRows(db)
	if err != nil {
		return err
	}
	defer rows.Close()
	if !rows.Next() {
		return errStop
	}
	return nil
}

// A later error drops both.
func readJobsLeft(db *sql.DB) error {
	rows, done, err := openRows(db) // want "rows.*connleak/rows"
	if err != nil {
		return err
	}
	cols, err := rows.Columns()
	if err != nil {
		return err
	}
	log.Print(cols)
	done()
	return nil
}

// openPool returns a pool and what closes it.
func openPool(dsn string) (db *sql.DB, done func() error, err error) {
	db, err = sql.Open("mysql", dsn)
	if err != nil {
		return nil, nil, err
	}
	return db, db.Close, nil
}

// All three are forwarded.
func openMain(dsn string) (*sql.DB, func() error, error) {
	db, done, err := openPool(dsn + "?main")
	if err != nil {
		return nil, nil, err
	}
	return db, done, nil
}

// A later error drops the pool together with its close function.
func openMigrated(dsn string) (*sql.DB, func() error, error) {
	db, done, err := openPool(dsn) // want "db.*connleak/db"
	if err != nil {
		return nil, nil, err
	}
	if _, err := db.Exec("CREATE TABLE jobs (id INT)"); err != nil {
		return nil, nil, err
	}
	return db, done, nil
}

// A later error calls the close function.
func openMigratedClosed(dsn string) (*sql.DB, func() error, error) {
	db, done, err := openPool(dsn)
	if err != nil {
		return nil, nil, err
	}
	if _, err := db.Exec("CREATE TABLE jobs (id INT)"); err != nil {
		_ = done()
		return nil, nil, err
	}
	return db, done, nil
}
