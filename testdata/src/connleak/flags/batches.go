package flags

import "database/sql"

// A transaction per batch, with a flag that says whether one is open.
func importBatches(db *sql.DB, names []string) (err error) {
	var tx *sql.Tx
	open := false
	for i, name := range names {
		if !open {
			if tx, err = db.Begin(); err != nil {
				return err
			}
			open = true
		}
		if _, err = tx.Exec("INSERT INTO users VALUES (?)", name); err != nil {
			tx.Rollback()
			return err
		}
		if i%100 == 99 {
			if err = tx.Commit(); err != nil {
				return err
			}
			open = false
		}
	}
	if open {
		return tx.Commit()
	}
	return nil
}

// A transaction per batch whose last, unfinished batch is forgotten.
func importBatchesLeft(db *sql.DB, names []string) (err error) {
	var tx *sql.Tx
	open := false
	for i, name := range names {
		if !open {
			if tx, err = db.Begin(); err != nil { // want "tx.*connleak/tx"
				return err
			}
			open = true
		}
		if _, err = tx.Exec("INSERT INTO users VALUES (?)", name); err != nil {
			tx.Rollback()
			return err
		}
		if i%100 == 99 {
			if err = tx.Commit(); err != nil {
				return err
			}
			open = false
		}
	}
	return nil
}

// A transaction per batch, the count of the batch being the flag.
func importCounted(db *sql.DB, names []string, size int) (err error) {
	var tx *sql.Tx
	cur := 0
	for _, name := range names {
		if cur == 0 {
			if tx, err = db.Begin(); err != nil {
				return err
			}
		}
		if _, err = tx.Exec("INSERT INTO users VALUES (?)", name); err != nil {
			tx.Rollback()
			return err
		}
		cur++
		if cur == size {
			if err = tx.Commit(); err != nil {
				return err
			}
			cur = 0
		}
	}
	if cur != 0 {
		return tx.Commit()
	}
	return nil
}
