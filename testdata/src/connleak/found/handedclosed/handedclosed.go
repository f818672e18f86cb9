// Package handedclosed: rows that a helper closes on one way and hands out on all.
package handedclosed

import "database/sql"

var bits []int

func bit() bool { return len(bits) > 0 }

func openA(db *sql.DB) (*sql.Rows, error) {
	rows, err := db.Query("select n from t")
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		if bit() {
			break
		}
	}
	return rows, nil
}

func openB(db *sql.DB) (*sql.Rows, error) {
	rows, err := db.Query("select n from t")
	if err != nil {
		return nil, err
	}
	if bit() {
		rows.Close()
	}
	return rows, nil
}

func openC(db *sql.DB) (*sql.Rows, error) {
	rows, err := db.Query("select n from t")
	if err != nil {
		return nil, err
	}
	rows.Next()
	return rows, nil
}

func a(db *sql.DB) error {
	rows, err := openA(db) // want `connleak/`
	_ = rows
	return err
}

func b(db *sql.DB) error {
	rows, err := openB(db) // want `connleak/`
	_ = rows
	return err
}

func c(db *sql.DB) error {
	rows, err := openC(db) // want `connleak/`
	_ = rows
	return err
}

// Two acquisitions meet in one variable (generated: seed 4002714): silent too; nothingOrFresh does not look through the phi.
func openD(db *sql.DB, ro bool) (*sql.Tx, error) {
	var tx *sql.Tx
	var err error
	if ro {
		tx, err = db.BeginTx(nil, &sql.TxOptions{ReadOnly: true})
	} else {
		tx, err = db.Begin()
	}
	if err != nil {
		return nil, err
	}
	return tx, nil
}

func d(db *sql.DB) error {
	tx, err := openD(db, bit()) // want `connleak/`
	_ = tx
	return err
}

// With the error dropped (this is what the generated program does).
func openE(db *sql.DB, ro bool) (*sql.Tx, error) {
	var tx *sql.Tx
	if ro {
		tx, _ = db.BeginTx(nil, &sql.TxOptions{ReadOnly: true})
	} else {
		tx, _ = db.Begin()
	}
	return tx, nil
}

func e(db *sql.DB) {
	tx, _ := openE(db, bit()) // want `connleak/`
	_ = tx
}
