// Package collect: a resource from a helper in a container, and a way out of the loop.
package collect

import "database/sql"

func open(db *sql.DB) (*sql.Stmt, error) {
	return db.Prepare("select n from t")
}

func judged(db *sql.DB, n int) error {
	var all []*sql.Stmt
	for i := 0; i < n; i++ {
		stmt, err := open(db) // want `connleak/`
		if err != nil {
			return err
		}
		all = append(all, stmt)
	}
	for _, x := range all {
		_ = x.Close()
	}
	return nil
}

func direct(db *sql.DB, n int) error {
	var all []*sql.Stmt
	for i := 0; i < n; i++ {
		stmt, err := db.Prepare("select n from t") // want `connleak/`
		if err != nil {
			return err
		}
		all = append(all, stmt)
	}
	for _, x := range all {
		_ = x.Close()
	}
	return nil
}

func inMap(db *sql.DB, n int) error {
	all := map[int]*sql.Stmt{}
	for i := 0; i < n; i++ {
		stmt, err := open(db) // want `connleak/`
		if err != nil {
			return err
		}
		all[len(all)] = stmt
	}
	for _, x := range all {
		_ = x.Close()
	}
	return nil
}
