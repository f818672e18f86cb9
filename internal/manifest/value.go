package manifest

import (
	"cmp"
	"time"
)

// A Kind says where a value comes from.
type Kind string

const (
	KindConst   Kind = "const"   // a constant in the source
	KindEnv     Kind = "env"     // an environment variable
	KindFlag    Kind = "flag"    // a flag of the command line
	KindConfig  Kind = "config"  // a field that something else fills
	KindExpr    Kind = "expr"    // an expression over what is known at run time only
	KindRange   Kind = "range"   // one of several, depending on the path
	KindUnset   Kind = "unset"   // nothing sets it
	KindUnknown Kind = "unknown" // something sets it, but what is not known
)

// A Value is what is known of one setting of a pool. Kind says which of the
// other fields count. The zero Value is that of a setting that nothing sets.
// Values can be compared with ==.
type Value struct {
	Kind Kind `json:"kind"`

	Value Scalar `json:"value,omitzero"` // const

	Name    string `json:"name,omitempty"`   // env, flag: the name, of a flag without dashes
	Default Scalar `json:"default,omitzero"` // env, flag: the value if the name is not set, if there is one

	Path string `json:"path,omitempty"` // config: type and field, such as "Config.MaxOpen"
	Tag  string `json:"tag,omitempty"`  // config: the field's tag, such as `envconfig:"DB_MAX_OPEN"`

	Text string `json:"text,omitempty"` // expr: Go source

	Min       Scalar `json:"min,omitzero"`        // range: the smallest value that limits, if known
	Max       Scalar `json:"max,omitzero"`        // range: the greatest value that limits, if known
	Unlimited bool   `json:"unlimited,omitempty"` // range: on some path nothing limits
}

// Const returns the value n.
func Const(n int64) Value { return Value{Kind: KindConst, Value: Int(n)} }

// String returns the value s.
func String(s string) Value { return Value{Kind: KindConst, Value: Text(s)} }

// Duration returns d as a setting in milliseconds. It rounds up: 300ns is
// next to nothing, but not 0, which would be no limit.
func Duration(d time.Duration) Value {
	ms := d.Milliseconds()
	if d%time.Millisecond > 0 {
		ms++
	}
	return Const(ms)
}

// Env returns the value of an environment variable.
func Env(name string) Value { return Value{Kind: KindEnv, Name: name} }

// Flag returns the value of a flag; name has no dashes.
func Flag(name string) Value { return Value{Kind: KindFlag, Name: name} }

// Or returns the value of an environment variable or flag with a default.
func (v Value) Or(def Scalar) Value {
	v.Default = def
	return v
}

// Config returns the value of a configuration field; tag may be empty.
func Config(path, tag string) Value { return Value{Kind: KindConfig, Path: path, Tag: tag} }

// Expr returns the value of a Go expression.
func Expr(text string) Value { return Value{Kind: KindExpr, Text: text} }

// Range returns a value from min to max, any of which may be the zero Scalar
// if it is not known.
func Range(min, max Scalar) Value { return Value{Kind: KindRange, Min: min, Max: max} }

// OrUnlimited returns a range that is left unlimited on some path.
func (v Value) OrUnlimited() Value {
	v.Unlimited = true
	return v
}

// Unset returns the value of a setting that nothing sets.
func Unset() Value { return Value{Kind: KindUnset} }

// Unknown returns a value of which nothing is known.
func Unknown() Value { return Value{Kind: KindUnknown} }

// isUnset reports whether nothing sets the value.
func (v Value) isUnset() bool { return v.kind() == KindUnset }

// kind returns the kind, also of the zero Value.
func (v Value) kind() Kind { return cmp.Or(v.Kind, KindUnset) }

// Upper returns the greatest number that the value can be, if the source tells:
// nobody knows what the environment, a flag or a configuration will say, with or
// without a default. unlimited means that there is no such number. This is the
// reading of each setting but MaxIdle, for which see [Pool.Idle]: unset, 0 and
// less are all unlimited.
func (v Value) Upper() (n int64, unlimited, known bool) {
	switch v.kind() {
	case KindUnset:
		return 0, true, true
	case KindConst:
		n, isInt := v.Value.Int()
		if isInt && n <= 0 {
			return 0, true, true
		}
		return n, false, isInt
	case KindRange:
		n, known := v.Max.Int()
		if v.Unlimited || known && n <= 0 {
			return 0, true, true
		}
		return n, false, known
	}
	return 0, false, false
}
