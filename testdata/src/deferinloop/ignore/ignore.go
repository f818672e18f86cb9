// Package ignore suppresses deferinloop. A comment for connleak is connleak's.
package ignore

import "database/sql"

func shards(dbs []*sql.DB) (n int, err error) {
	for _, db := range dbs {
		rows, err := db.Query("SELECT 1")
		if err != nil {
			return 0, err
		}
		defer rows.Close() //connvet:ignore deferinloop there are two shards, never more
		if rows.Next() {
			n++
		}
	}
	return n, nil
}

// On the last line of the deferred literal.
func literal(dbs []*sql.DB) (n int, err error) {
	for _, db := range dbs {
		rows, err := db.Query("SELECT 1")
		if err != nil {
			return 0, err
		}
		defer func() {
			_ = rows.Close()
		}() //connvet:ignore deferinloop there are two shards, never more
		if rows.Next() {
			n++
		}
	}
	return n, nil
}

// On the acquisition it says nothing about the defer.
func elsewhere(dbs []*sql.DB) (n int, err error) {
	for _, db := range dbs {
		// want +1 "the ignore comment for deferinloop matches nothing .connvet/ignore"
		//connvet:ignore deferinloop there are two shards, never more
		rows, err := db.Query("SELECT 1")
		if err != nil {
			return 0, err
		}
		defer rows.Close() // want "deferinloop"
		if rows.Next() {
			n++
		}
	}
	return n, nil
}

// Without a reason.
func noReason(dbs []*sql.DB) (n int, err error) {
	for _, db := range dbs {
		rows, err := db.Query("SELECT 1")
		if err != nil {
			return 0, err
		}
		// want +1 "gives no reason.*connvet/ignore"
		//connvet:ignore deferinloop
		defer rows.Close() // want "deferinloop"
		if rows.Next() {
			n++
		}
	}
	return n, nil
}

// Malformed ones about others are connleak's to report.
func others(db *sql.DB) error {
	//connvet:ignore connleak/rows
	return db.Ping()
}
