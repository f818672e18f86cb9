// Package count is arithmetic on numbers of connections, which may be unlimited
// or unknown. A result is as certain as what it is made of: unlimited and
// anything that is not nothing is unlimited, and what is left of unknown is
// unknown.
package count

import (
	"math"
	"strconv"
)

// A Count is a number of connections, processes or pools. The zero Count is 0.
type Count struct {
	n  int64
	is state
}

type state uint8

const (
	isKnown state = iota
	isUnlimited
	isUnknown
)

// Unlimited is the number without a limit, Unknown that of which nothing is
// known.
var (
	Unlimited = Count{is: isUnlimited}
	Unknown   = Count{is: isUnknown}
)

// Of returns the number n; one below 0 counts as 0.
func Of(n int64) Count { return Count{n: max(n, 0)} }

// Limit returns what a limit of n allows, if 0 or less means that there is none.
func Limit(n int64) Count {
	if n <= 0 {
		return Unlimited
	}
	return Of(n)
}

// Int returns the number, if it is known and there is a limit.
func (c Count) Int() (n int64, ok bool) { return c.n, c.is == isKnown }

// IsUnlimited reports whether there is no limit.
func (c Count) IsUnlimited() bool { return c.is == isUnlimited }

// IsUnknown reports whether nothing is known.
func (c Count) IsUnknown() bool { return c.is == isUnknown }

// String returns the number in decimal, "unlimited" or "unknown".
func (c Count) String() string {
	switch c.is {
	case isUnlimited:
		return "unlimited"
	case isUnknown:
		return "unknown"
	}
	return strconv.FormatInt(c.n, 10)
}

// Plus returns the sum. Nothing that is added makes less of unlimited.
func (c Count) Plus(d Count) Count {
	switch {
	case c.is == isUnlimited || d.is == isUnlimited:
		return Unlimited
	case c.is == isUnknown || d.is == isUnknown:
		return Unknown
	case c.n > math.MaxInt64-d.n:
		return Unlimited
	}
	return Count{n: c.n + d.n}
}

// Times returns the product. None of anything is none.
func (c Count) Times(d Count) Count {
	switch {
	case c == Count{} || d == Count{}:
		return Count{}
	case c.is == isUnknown || d.is == isUnknown:
		return Unknown
	case c.is == isUnlimited || d.is == isUnlimited:
		return Unlimited
	case c.n > math.MaxInt64/d.n:
		return Unlimited
	}
	return Count{n: c.n * d.n}
}

// Min returns the smaller number. The smaller of a known number and one that is
// not known may be either.
func (c Count) Min(d Count) Count {
	switch {
	case c.is == isUnlimited:
		return d
	case d.is == isUnlimited:
		return c
	case c.is == isUnknown || d.is == isUnknown:
		return Unknown
	}
	return Count{n: min(c.n, d.n)}
}

// Exceeds reports whether the number is greater than a limit, and whether that
// can be told.
func (c Count) Exceeds(limit Count) (exceeds, known bool) {
	switch {
	case limit.is == isUnlimited:
		return false, true
	case c.is == isUnknown || limit.is == isUnknown:
		return false, false
	case c.is == isUnlimited:
		return true, true
	}
	return c.n > limit.n, true
}

// MarshalJSON encodes the number, or "unlimited" or "unknown".
func (c Count) MarshalJSON() ([]byte, error) {
	if c.is != isKnown {
		return strconv.AppendQuote(nil, c.String()), nil
	}
	return strconv.AppendInt(nil, c.n, 10), nil
}
