// Package bad has suppressions that are themselves reported. One that is
// malformed suppresses nothing.
package bad

import "database/sql"

// Without a reason.
func noReason(db *sql.DB) (bool, error) {
	// want +1 "connvet/ignore"
	//connvet:ignore connleak/rows
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return false, err
	}
	return rows.Next(), nil
}

// With a rule that does not exist.
func unknownRule(db *sql.DB) (bool, error) {
	// want +1 "connvet/ignore"
	//connvet:ignore connleak/cursor the driver under test has no connections
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return false, err
	}
	return rows.Next(), nil
}

// With a category that does not say of which pass.
func bareCategory(db *sql.DB) (bool, error) {
	// want +1 "connvet/ignore"
	//connvet:ignore rows the driver under test has no connections
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return false, err
	}
	return rows.Next(), nil
}

// Without anything to suppress.
func nothing(db *sql.DB) error {
	// want +1 "connvet/ignore"
	//connvet:ignore connleak/rows the driver under test has no connections
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	return rows.Close()
}

// With another category of the same pass: what is here stays reported.
func otherCategory(db *sql.DB) (bool, error) {
	// want +1 "connvet/ignore"
	//connvet:ignore connleak/tx the driver under test has no connections
	rows, err := db.Query("SELECT id FROM users") // want "rows.*connleak/rows"
	if err != nil {
		return false, err
	}
	return rows.Next(), nil
}

// Of a pass that did not run nobody can say whether it matches.
func otherPass(db *sql.DB) error {
	//connvet:ignore nestedconn the second connection is of another pool
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return err
	}
	return rows.Close()
}
