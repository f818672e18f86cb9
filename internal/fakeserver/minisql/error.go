package minisql

import "fmt"

// A Mistake is what can be wrong with a statement.
type Mistake uint8

// The mistakes.
const (
	EmptyQuery Mistake = iota
	Syntax
	UnknownColumn
	WrongArguments // too few or too many of a function
)

// An Error is a mistake in a statement. Servers have their own words for it.
type Error struct {
	Mistake Mistake
	Name    string // of a column or function; of a syntax error, the text from there
}

func (e *Error) Error() string {
	return fmt.Sprintf("%s: %q", [...]string{"empty query", "syntax error at", "unknown column", "wrong arguments of"}[e.Mistake], e.Name)
}
