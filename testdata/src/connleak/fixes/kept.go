package fixes

import "database/sql"

type execer interface {
	Exec(query string, args ...any) (sql.Result, error)
}

type job struct{ db execer }

func run(j job) error {
	_, err := j.db.Exec("DELETE FROM users")
	return err
}

// What is put into something is released where it leaks, and not by a defer: who
// has it may keep it.
func runJob(db *sql.DB) error {
	tx, err := db.Begin() // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	if err := run(job{db: tx}); err != nil {
		return err
	}
	return tx.Commit()
}
