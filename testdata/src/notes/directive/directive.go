// Package directive has directives that do not do what they say.
package directive

import "database/sql"

// Source's directives are read by the engine.
type Source interface {
	//connvet:owns
	Open() (*sql.Rows, error)

	// want +2 `^//connvet:borrows contradicts //connvet:closes of the same rows \[connvet/directive\]$`
	//connvet:closes rows
	//connvet:borrows rows
	Done(rows *sql.Rows)

	// want +1 `^//connvet:borrows: Look has no "row" \[connvet/directive\]$`
	//connvet:borrows row
	Look(rows *sql.Rows)

	// want +1 `^//connvet:owns: Stop has no "result" \[connvet/directive\]$`
	//connvet:owns
	Stop()

	// want +1 `^//connvet:closes has no effect here: `
	//connvet:closes receiver
	Closer
}

// Closer's directive holds for all its methods.
//
//connvet:closes receiver
type Closer interface {
	Close() error
}

// Lender's directive is for those methods that have such a parameter.
//
//connvet:borrows rows
type Lender interface {
	Look(rows *sql.Rows)
	Name() string
}

// want +5 `^//connvet:closes: no method of Nobody has "rows" \[connvet/directive\]$`
// want +5 `^unknown directive //connvet:own: `
//
// Nobody's directives are for no method.
//
//connvet:closes rows
//connvet:own
type Nobody interface {
	Look(r *sql.Rows)
	Name() string
}

// want +4 `^unknown directive //connvet:own: `
//
// A type without methods has nobody to follow.
//
//connvet:own
type Bare struct{ rows *sql.Rows }

// Which parameter it is has to be said.
type Unnamed interface {
	// want +1 `^//connvet:borrows: Look has no "" \[connvet/directive\]$`
	//connvet:borrows
	Look(*sql.Rows)
}

type (
	// Handle's directive does, too.
	//
	//connvet:closes receiver
	Handle interface{ Close() error }

	// want +2 `^//connvet:shuts has no effect here: `
	Value struct {
		rows *sql.Rows //connvet:shuts on a field
	}
)

// want +2 `^//connvet:borrows has no effect here: `
//
//connvet:borrows result
type (
	A interface{ Rows() *sql.Rows }
	B interface{ Rows() *sql.Rows }
)

// want +2 `^//connvet:own has no effect here: `
//
//connvet:own
var global *sql.DB

// want +2 `^unknown directive //connvet:own: there are owns, borrows, closes and ignore \[connvet/directive\]$`
//
//connvet:own
func open() (*sql.Rows, error) { return nil, nil }

// want +2 `^//connvet:closes: take has no "rows" \[connvet/directive\]$`
//
//connvet:closes rows
func take(r *sql.Rows) {}

// give's directive is in order.
//
//connvet:borrows result
func give() *sql.Rows { return nil }

// Close's directive is in order.
//
//connvet:closes receiver
func (v *Value) Close() {}

// An ignore comment that is misspelt ignores nothing.
func misspelt(db *sql.DB) error {
	// want +1 `^//connvet:ingore has no effect here: owns, borrows and closes belong in the doc comment of a function, method, interface method or type; elsewhere there is only ignore \[connvet/directive\]$`
	rows, err := db.Query("SELECT id FROM users") //connvet:ingore connleak/rows the driver is a fake
	if err != nil {
		return err
	}
	// want +1 `^//connvet:ignored has no effect here: `
	//connvet:ignored connleak/rows the driver is a fake
	if !rows.Next() {
		// want +1 `^//connvet: has no effect here: `
		//connvet:
		return rows.Err()
	}
	return nil //connvet:ignore connleak/rows one that is spelt well is for others to judge
}

// Within a function directives are not read.
func local() {
	// want +1 `^//connvet:owns has no effect here: `
	//connvet:owns
	type local interface{ Open() *sql.Rows }

	// connvet:owns is no directive because of the blank.
	var _ local
}
