package manifest

import (
	"encoding/json"
	"strconv"
)

// A Scalar is an integer or a text. The zero Scalar is neither: there is none.
type Scalar struct {
	is   scalarType
	n    int64
	text string
}

type scalarType uint8

const (
	isNone scalarType = iota
	isInt
	isText
)

// Int returns the scalar n.
func Int(n int64) Scalar { return Scalar{is: isInt, n: n} }

// Text returns the scalar text.
func Text(text string) Scalar { return Scalar{is: isText, text: text} }

// IsZero reports whether there is neither an integer nor a text.
func (s Scalar) IsZero() bool { return s.is == isNone }

// Int returns the integer, if it is one.
func (s Scalar) Int() (n int64, ok bool) { return s.n, s.is == isInt }

// Text returns the text, if it is one.
func (s Scalar) Text() (text string, ok bool) { return s.text, s.is == isText }

// String returns the integer in decimal or the text, "" if there is none.
func (s Scalar) String() string {
	if s.is == isInt {
		return strconv.FormatInt(s.n, 10)
	}
	return s.text
}

// MarshalJSON encodes a number, a string, or null.
func (s Scalar) MarshalJSON() ([]byte, error) {
	switch s.is {
	case isInt:
		return strconv.AppendInt(nil, s.n, 10), nil
	case isText:
		return marshal(s.text)
	}
	return json.RawMessage("null"), nil
}
