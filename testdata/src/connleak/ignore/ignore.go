// Package ignore has findings that a comment suppresses, from each place where
// such a comment may stand.
package ignore

import (
	"context"
	"database/sql"
)

// At the end of the statement's line.
func trailing(db *sql.DB) (bool, error) {
	rows, err := db.Query("SELECT id FROM users") //connvet:ignore connleak/rows the driver under test has no connections
	if err != nil {
		return false, err
	}
	return rows.Next(), nil
}

// Alone on the line above.
func above(db *sql.DB) (bool, error) {
	//connvet:ignore connleak/rows the driver under test has no connections
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return false, err
	}
	return rows.Next(), nil
}

// On the first line of a statement of several lines.
func firstLine(ctx context.Context, db *sql.DB) (bool, error) {
	rows, err := db.QueryContext( //connvet:ignore connleak/rows the driver under test has no connections
		ctx,
		"SELECT id FROM users",
	)
	if err != nil {
		return false, err
	}
	return rows.Next(), nil
}

// On the last line of a statement of several lines.
func lastLine(ctx context.Context, db *sql.DB) (bool, error) {
	rows, err := db.QueryContext(
		ctx,
		"SELECT id FROM users",
	) //connvet:ignore connleak/rows the driver under test has no connections
	if err != nil {
		return false, err
	}
	return rows.Next(), nil
}

// In the doc comment: for the whole function.
//
//connvet:ignore connleak/rows the driver under test has no connections
func wholeFunction(db *sql.DB) (bool, error) {
	users, err := db.Query("SELECT id FROM users")
	if err != nil {
		return false, err
	}
	groups, err := db.Query("SELECT id FROM groups")
	if err != nil {
		return false, err
	}
	return users.Next() && groups.Next(), nil
}

// In the doc comment, with a pass for all its categories.
//
//connvet:ignore connleak the driver under test has no connections
func wholePass(db *sql.DB) (bool, error) {
	users, err := db.Query("SELECT id FROM users")
	if err != nil {
		return false, err
	}
	tx, err := db.Begin()
	if err != nil {
		return false, err
	}
	_, err = tx.Exec("DELETE FROM users")
	return users.Next(), err
}

// In the doc comment, for one category: the other is still reported.
//
//connvet:ignore connleak/rows the driver under test has no connections
func wholeCategory(db *sql.DB) (bool, error) {
	users, err := db.Query("SELECT id FROM users")
	if err != nil {
		return false, err
	}
	tx, err := db.Begin() // want "tx.*connleak/tx"
	if err != nil {
		return false, err
	}
	_, err = tx.Exec("DELETE FROM users")
	return users.Next(), err
}

// It holds for its statement only.
func nextStatement(db *sql.DB) (bool, error) {
	//connvet:ignore connleak/rows the driver under test has no connections
	users, err := db.Query("SELECT id FROM users")
	if err != nil {
		return false, err
	}
	groups, err := db.Query("SELECT id FROM groups") // want "groups.*connleak/rows"
	if err != nil {
		return false, err
	}
	return users.Next() && groups.Next(), nil
}

// The comment of golangci-lint is golangci-lint's.
func nolint(db *sql.DB) (bool, error) {
	rows, err := db.Query("SELECT id FROM users") //nolint:connvet // no connections here // want "rows.*connleak/rows"
	if err != nil {
		return false, err
	}
	return rows.Next(), nil
}
