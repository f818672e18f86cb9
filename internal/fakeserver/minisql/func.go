package minisql

import (
	"slices"
	"strings"
)

// A function is one of SQL, or an operator.
type function struct {
	min, max int  // arguments
	nulls    bool // whether NULL arguments are more than a NULL result
	f        func(a []Value) Value
}

const many = 1 << 20

var functions = map[string]function{
	"OR":  {2, 2, true, func(a []Value) Value { return not(and(not(a[0]), not(a[1]))) }},
	"AND": {2, 2, true, func(a []Value) Value { return and(a[0], a[1]) }},
	"NOT": {1, 1, true, func(a []Value) Value { return not(a[0]) }},

	"=":  {2, 2, false, func(a []Value) Value { return NewBool(compare(a[0], a[1]) == 0) }},
	"<>": {2, 2, false, func(a []Value) Value { return NewBool(compare(a[0], a[1]) != 0) }},
	"!=": {2, 2, false, func(a []Value) Value { return NewBool(compare(a[0], a[1]) != 0) }},
	"<":  {2, 2, false, func(a []Value) Value { return NewBool(compare(a[0], a[1]) < 0) }},
	"<=": {2, 2, false, func(a []Value) Value { return NewBool(compare(a[0], a[1]) <= 0) }},
	">":  {2, 2, false, func(a []Value) Value { return NewBool(compare(a[0], a[1]) > 0) }},
	">=": {2, 2, false, func(a []Value) Value { return NewBool(compare(a[0], a[1]) >= 0) }},

	"+": {2, 2, false, func(a []Value) Value { return NewInt(a[0].Int() + a[1].Int()) }},
	"-": {2, 2, false, func(a []Value) Value { return NewInt(a[0].Int() - a[1].Int()) }},
	"*": {2, 2, false, func(a []Value) Value { return NewInt(a[0].Int() * a[1].Int()) }},

	"ISNULL":   {1, 1, true, func(a []Value) Value { return NewBool(a[0].kind == Null) }},
	"IN":       {2, many, true, in},
	"LIKE":     {2, 2, false, func(a []Value) Value { return NewBool(like(fold(a[0]), fold(a[1]))) }},
	"COALESCE": {1, many, true, coalesce},
	"IFNULL":   {2, 2, true, coalesce},
	"IF":       {3, 3, true, choose},

	"CHAR_LENGTH":     {1, 1, false, func(a []Value) Value { return NewInt(int64(len(runes(a[0])))) }},
	"CONCAT":          {1, many, false, concat},
	"LEFT":            {2, 2, false, func(a []Value) Value { return NewString(string(runes(a[0])[:size(a)])) }},
	"RIGHT":           {2, 2, false, func(a []Value) Value { r := runes(a[0]); return NewString(string(r[len(r)-size(a):])) }},
	"LOCATE":          {2, 2, false, locate},
	"LOWER":           {1, 1, false, func(a []Value) Value { return NewString(strings.ToLower(a[0].String())) }},
	"UPPER":           {1, 1, false, func(a []Value) Value { return NewString(strings.ToUpper(a[0].String())) }},
	"REVERSE":         {1, 1, false, reverse},
	"SUBSTRING_INDEX": {3, 3, false, substringIndex},
}

func runes(v Value) []rune { return []rune(v.String()) }
func fold(v Value) []rune  { return []rune(strings.ToLower(v.String())) }

// size returns the second argument, a length, bounded by the first one's.
func size(a []Value) int { return int(max(0, min(a[1].Int(), int64(len(runes(a[0])))))) }

func and(a, b Value) Value {
	switch {
	case a.kind != Null && !a.True(), b.kind != Null && !b.True():
		return NewInt(0)
	case a.kind == Null || b.kind == Null:
		return Value{}
	}
	return NewInt(1)
}

func not(a Value) Value {
	if a.kind == Null {
		return a
	}
	return NewBool(!a.True())
}

func in(a []Value) Value {
	null := false
	for _, v := range a[1:] {
		switch {
		case v.kind == Null || a[0].kind == Null:
			null = true
		case compare(a[0], v) == 0:
			return NewInt(1)
		}
	}
	if null {
		return Value{}
	}
	return NewInt(0)
}

func coalesce(a []Value) Value {
	for _, v := range a {
		if v.kind != Null {
			return v
		}
	}
	return Value{}
}

func choose(a []Value) Value {
	if a[0].True() {
		return a[1]
	}
	return a[2]
}

func concat(a []Value) Value {
	var b strings.Builder
	for _, v := range a {
		b.WriteString(v.String())
	}
	return NewString(b.String())
}

// locate returns where a text is in another, from 1; 0 if it is not.
func locate(a []Value) Value {
	before, _, found := strings.Cut(string(fold(a[1])), string(fold(a[0])))
	if !found {
		return NewInt(0)
	}
	return NewInt(int64(len([]rune(before))) + 1)
}

func reverse(a []Value) Value {
	r := runes(a[0])
	slices.Reverse(r)
	return NewString(string(r))
}

// substringIndex returns what is before the nth delimiter, or after the nth from
// the end if n is negative.
func substringIndex(a []Value) Value {
	delimiter, n := a[1].String(), int(a[2].Int())
	parts := strings.Split(a[0].String(), delimiter)
	switch {
	case delimiter == "" || n == 0:
		return NewString("")
	case n > 0:
		parts = parts[:min(n, len(parts))]
	default:
		parts = parts[max(0, len(parts)+n):]
	}
	return NewString(strings.Join(parts, delimiter))
}

// like reports whether a text is of a pattern with % and _.
func like(s, pattern []rune) bool {
	if len(pattern) == 0 {
		return len(s) == 0
	}
	switch c := pattern[0]; {
	case c == '%':
		return like(s, pattern[1:]) || len(s) > 0 && like(s[1:], pattern)
	case len(s) == 0:
		return false
	case c == '\\' && len(pattern) > 1:
		pattern = pattern[1:]
		return s[0] == pattern[0] && like(s[1:], pattern[1:])
	default:
		return (c == '_' || c == s[0]) && like(s[1:], pattern[1:])
	}
}
