package minisql

import (
	"cmp"
	"strconv"
	"strings"
)

// A Kind is a type of values.
type Kind uint8

// The types, the narrowest first. A sum of integers is a Decimal, as on MySQL.
const (
	Null Kind = iota
	Int
	Decimal
	String
)

// A Value is a value of SQL. The zero Value is NULL.
type Value struct {
	kind Kind
	n    int64
	s    string
}

// NewInt returns an integer.
func NewInt(n int64) Value { return Value{kind: Int, n: n} }

// NewString returns a string.
func NewString(s string) Value { return Value{kind: String, s: s} }

// NewBool returns 1 or 0.
func NewBool(b bool) Value {
	if b {
		return NewInt(1)
	}
	return NewInt(0)
}

// Kind returns the type of the value.
func (v Value) Kind() Kind { return v.kind }

// String returns the value as the protocol has it; NULL is "".
func (v Value) String() string {
	switch v.kind {
	case Int, Decimal:
		return strconv.FormatInt(v.n, 10)
	}
	return v.s
}

// Float returns the number that the value is or begins with, like SQL does.
func (v Value) Float() float64 {
	if v.kind != String {
		return float64(v.n)
	}
	end := 0
	for end < len(v.s) && strings.IndexByte("0123456789.-", v.s[end]) >= 0 {
		end++
	}
	f, _ := strconv.ParseFloat(v.s[:end], 64)
	return f
}

// Int returns the number without its fraction.
func (v Value) Int() int64 {
	if v.kind == String {
		return int64(v.Float())
	}
	return v.n
}

// True reports whether the value is neither NULL nor 0.
func (v Value) True() bool { return v.kind != Null && v.Float() != 0 }

// compare orders two values that are not NULL: as strings if both are.
func compare(a, b Value) int {
	if a.kind == String && b.kind == String {
		return cmp.Compare(strings.ToLower(a.s), strings.ToLower(b.s))
	}
	return cmp.Compare(a.Float(), b.Float())
}

// key is equal for values that are one group.
func (v Value) key() string {
	if v.kind == Null {
		return "NULL"
	}
	return "'" + strings.ToLower(v.String())
}
