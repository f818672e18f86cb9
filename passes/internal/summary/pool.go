package summary

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/connvet/connvet/passes/internal/resource"
)

// A Pool is what a function that hands a pool to its caller knows of it.
type Pool struct {
	ID     string   `json:"id,omitempty"` // import path, function and number of the opener: "example.com/db.Open#1"
	Opener string   `json:"o,omitempty"`  // what it calls: "database/sql.Open"
	Driver []Amount `json:"dr,omitempty"` // name of the driver; empty: not known
	DSN    []Amount `json:"ds,omitempty"` // data source name; empty: not known
	Set    Settings `json:"s,omitzero"`
	Bound  bool     `json:"b,omitempty"` // it has a limit of its own
	Done   bool     `json:"d,omitempty"` // its settings have been judged: callers cannot reach it to change them
	Chain  []Site   `json:"c,omitempty"` // the calls that lead to the opener, which is last
}

// A Site is a call, at a position that is equal in every checkout.
type Site struct {
	Pkg  string `json:"p,omitempty"` // import path
	File string `json:"f,omitempty"` // base name
	Line int    `json:"l,omitempty"`
	Col  int    `json:"c,omitempty"`
	Func string `json:"fn,omitempty"` // the function that it stands in
	Call string `json:"ca,omitempty"` // what is called, for messages
}

// Settings are what the settings of a pool may be, by resource.Setting. An
// empty slot has not been touched.
type Settings [resource.NumSettings][]Amount

// IsZero reports whether no setting has been touched.
func (s *Settings) IsZero() bool {
	for _, slot := range s {
		if len(slot) > 0 {
			return false
		}
	}
	return true
}

// AmountKind tells where a value comes from.
type AmountKind uint8

const (
	Untouched  AmountKind = iota + 1 // as it was before
	FromConst                        // N or Text
	FromEnv                          // the environment variable Text; N is the default if Default is set
	FromFlag                         // the command line flag Text, likewise
	FromConfig                       // a field of a configuration: Text is its path, Tag its tag
	FromParam                        // parameter Index of the function, and the path Text below it
	FromExpr                         // anything else: Text is how it is written
	Unknown                          // perhaps something: the pool went to a call that cannot be followed
)

// An Amount is one value that a setting may have.
type Amount struct {
	Kind    AmountKind `json:"k,omitempty"`
	N       int64      `json:"n,omitempty"`
	Index   int        `json:"i,omitempty"`
	Text    string     `json:"t,omitempty"`
	Name    string     `json:"na,omitempty"` // of FromParam: what to call it where no caller says more
	Tag     string     `json:"tag,omitempty"`
	Default bool       `json:"d,omitempty"`
	Secret  bool       `json:"sec,omitempty"` // the text held a password, which is left out
	IsText  bool       `json:"x,omitempty"`   // of Const: a string, not a number

	// Guarded says that the value was set only where a test of it, or of
	// what it comes from, had gone well (if n > 0).
	Guarded bool `json:"g,omitempty"`

	// At is where it was set.
	At Site `json:"a,omitzero"`
}

// String describes the amount, for tests and explanations.
func (a Amount) String() string {
	s := ""
	switch a.Kind {
	case Untouched:
		s = "untouched"
	case FromConst:
		s = fmt.Sprint(a.N)
		if a.IsText {
			s = fmt.Sprintf("%q", a.Text)
		}
	case FromEnv:
		s = "env " + a.Text
	case FromFlag:
		s = "flag " + a.Text
	case FromConfig:
		s = "config " + a.Text
	case Unknown:
		s = "unknown"
	case FromParam:
		s = fmt.Sprintf("p%d%s", a.Index, a.Text)
	default:
		s = a.Text
	}
	if a.Default {
		s += fmt.Sprintf(" default %d", a.N)
	}
	if a.Guarded {
		s += " guarded"
	}
	return s
}

// compareAmounts puts amounts in a canonical order.
func compareAmounts(a, b Amount) int {
	return cmp.Or(
		cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.N, b.N), cmp.Compare(a.Index, b.Index), strings.Compare(a.Text, b.Text),
		strings.Compare(a.Tag, b.Tag), strings.Compare(a.Name, b.Name), strings.Compare(a.At.Pkg, b.At.Pkg), strings.Compare(a.At.File, b.At.File),
		cmp.Compare(a.At.Line, b.At.Line), cmp.Compare(a.At.Col, b.At.Col), compareBools(a.Guarded, b.Guarded), compareBools(a.Default, b.Default),
	)
}

func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// maxAmounts bounds the values that are told apart in one slot.
const maxAmounts = 12

// JoinAmounts returns what is possible if either list is.
func JoinAmounts(a, b []Amount) []Amount {
	out := slices.Clone(a)
	for _, x := range b {
		if i, found := slices.BinarySearchFunc(out, x, compareAmounts); !found && len(out) < maxAmounts {
			out = slices.Insert(out, i, x)
		}
	}
	return out
}

// untouched is an empty slot, spelled out.
var untouched = []Amount{{Kind: Untouched}}

func spelled(slot []Amount) []Amount {
	if len(slot) == 0 {
		return untouched
	}
	return slot
}

// Join returns the settings after either of two paths.
func (s Settings) Join(t Settings) Settings {
	for i := range s {
		if len(s[i]) == 0 && len(t[i]) == 0 {
			continue
		}
		s[i] = JoinAmounts(spelled(s[i]), spelled(t[i]))
	}
	return s
}

// Then returns the settings after s and then t.
func (s Settings) Then(t Settings) Settings {
	for i, slot := range t {
		if len(slot) == 0 {
			continue
		}
		var out []Amount
		for _, a := range slot {
			if a.Kind == Untouched {
				out = JoinAmounts(out, spelled(s[i]))
			} else {
				out = JoinAmounts(out, []Amount{a})
			}
		}
		if len(out) == 1 && out[0].Kind == Untouched {
			out = nil
		}
		s[i] = out
	}
	return s
}

// Map replaces each amount by those that f returns.
func (s Settings) Map(f func(Amount) []Amount) Settings {
	for i := range s {
		s[i] = MapAmounts(s[i], f)
	}
	return s
}

// MapAmounts replaces each amount of a list by those that f returns.
func MapAmounts(list []Amount, f func(Amount) []Amount) []Amount {
	var out []Amount
	for _, a := range list {
		out = JoinAmounts(out, f(a))
	}
	return out
}

// Equal reports whether two settings are the same.
func (s *Settings) Equal(t *Settings) bool {
	for i := range s {
		if !slices.Equal(s[i], t[i]) {
			return false
		}
	}
	return true
}

// Unbound returns the amount as it is to be shown where no caller says more.
func (a Amount) Unbound() Amount {
	if a.Kind != FromParam {
		return a
	}
	a.Kind = FromExpr
	if a.Text != "" {
		a.Kind = FromConfig
	}
	a.Text, a.Name, a.Index = a.Name, "", 0
	return a
}

// Owner returns the name of the type whose field the amount comes from, "" if
// it comes from elsewhere.
func (a Amount) Owner() string {
	if a.Kind != FromConfig && (a.Kind != FromParam || a.Text == "") {
		return ""
	}
	name, _, _ := strings.Cut(a.Unbound().Text, ".")
	return name
}
