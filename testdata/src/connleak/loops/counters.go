package loops

import "database/sql"

type numbered struct{ shard, id int64 }

// A counter beside the loop's own is followed as far as it goes, and no further.
func insertNumbered(db *sql.DB, shard int64, n int) error {
	id := int64(1)
	var all []numbered
	for range n {
		r := numbered{shard, id}
		id++
		all = append(all, r)
	}
	tx, err := db.Begin() // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	for _, r := range all {
		if _, err := tx.Exec("INSERT INTO t VALUES (?, ?)", r.shard, r.id); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func insertTwenty(db *sql.DB, shard int64) error {
	const n = 20
	first := int64(1)
	id := first
	var all []numbered
	for range n {
		all = append(all, numbered{shard, id})
		id++
	}
	tx, err := db.Begin() // want "tx.*connleak/tx"
	if err != nil {
		return err
	}
	if _, err := tx.Exec("INSERT INTO t VALUES (?)", len(all)); err != nil {
		return err
	}
	return tx.Commit()
}
