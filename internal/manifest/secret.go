package manifest

import (
	"cmp"
	"regexp"
	"strings"
)

// Patterns of text that a manifest may hold. They are part of the schema, so
// they are written in the common subset of Go and ECMAScript.
const (
	// secretPattern matches what may hold a credential: user@host, a URL,
	// password=x.
	secretPattern = `@|://|([Pp][Aa][Ss][Ss]|[Uu][Ss][Ee][Rr])[A-Za-z]*\s*=|([Pp][Ww][Dd]|[Uu][Ii][Dd])\s*=`

	// scalarPattern matches names and durations, not user:password.
	scalarPattern = `^[^:]*$`

	networkPattern = `^[A-Za-z0-9+_.-]+$`

	// addressPattern matches host:port, also several, the path of a socket,
	// [IPv6]:port, and project:region:instance. A port is a number: what else
	// follows a single colon may be a password.
	addressPattern = `^(/[^@?=\s]*|[^:/@?=,\s]*(:[0-9]+)?(,[^:/@?=,\s]*(:[0-9]+)?)*|\[[0-9A-Fa-f:.%]+\](:[0-9]+)?|[^:/@?=\s]+(:[^:/@?=\s]+){2,3})$`

	// dbPattern matches a name, :memory:, and the path of a file.
	dbPattern = `^(:memory:|(file:|[A-Za-z]:)?[^@?=&:]+)$`
)

var (
	secretRE  = regexp.MustCompile(secretPattern)
	scalarRE  = regexp.MustCompile(scalarPattern)
	networkRE = regexp.MustCompile(networkPattern)
	addressRE = regexp.MustCompile(addressPattern)
	dbRE      = regexp.MustCompile(dbPattern)
)

func safeText(s string) bool    { return !secretRE.MatchString(s) }
func safeScalar(s string) bool  { return scalarRE.MatchString(s) && safeText(s) }
func safeNetwork(s string) bool { return networkRE.MatchString(s) }
func safeAddress(s string) bool { return addressRE.MatchString(s) }
func safeDB(s string) bool      { return dbRE.MatchString(s) && safeText(s) }

// clean returns the value without text that may hold a credential, and without
// what its kind has no use for.
func (v Value) clean() Value {
	v.Kind = v.kind()
	switch v.Kind {
	case KindConst:
		if !safeScalar(v.Value.text) {
			return Unknown()
		}
		return Value{Kind: v.Kind, Value: v.Value}
	case KindEnv, KindFlag:
		if !safeScalar(v.Default.text) {
			v.Default = Scalar{}
		}
		return Value{Kind: v.Kind, Name: v.Name, Default: v.Default}
	case KindConfig:
		if !safeText(v.Tag) {
			v.Tag = "" // it may hold a default
		}
		return Value{Kind: v.Kind, Path: v.Path, Tag: v.Tag}
	case KindExpr:
		if !safeText(v.Text) {
			return Unknown()
		}
		return Value{Kind: v.Kind, Text: v.Text}
	case KindRange:
		return Value{Kind: v.Kind, Min: v.Min, Max: v.Max, Unlimited: v.Unlimited}
	}
	return Value{Kind: v.Kind}
}

// MarshalJSON encodes the value without text that may hold a credential.
func (v Value) MarshalJSON() ([]byte, error) {
	type plain Value
	return marshal(plain(v.clean()))
}

// notShown replaces a text for people that may hold a credential.
const notShown = "(not shown: it may hold a credential)"

// cleanText returns a text for people, unless it may hold a credential.
func cleanText(s string) string {
	if !safeText(s) {
		return notShown
	}
	return s
}

// clean returns the pool without credentials, and with what zero values stand
// for.
func (p Pool) clean() Pool {
	p.Driver = orUnknown(p.Driver)
	p.Multiplicity = orUnknown(p.Multiplicity)
	for _, v := range p.values() {
		*v = v.clean()
	}
	p.DSN = p.DSN.clean()
	p.Scope = cmp.Or(p.Scope, ScopeUnknown)
	p.Role = cmp.Or(p.Role, RoleUnknown)
	p.Mains = append([]string{}, p.Mains...)
	return p
}

// clean returns the entry without text that may hold a credential.
func (h Held) clean() Held {
	h.What = cleanText(h.What)
	return h
}

// clean returns the entry without text that may hold a credential.
func (u Unresolved) clean() Unresolved {
	u.Why = cleanText(u.Why)
	return u
}

// orUnknown returns the value, or unknown for the zero Value.
func orUnknown(v Value) Value {
	if v.Kind == "" {
		return Unknown()
	}
	return v
}

// values returns the pool's values.
func (p *Pool) values() []*Value {
	return []*Value{&p.Driver, &p.MaxOpen, &p.MaxIdle, &p.MaxLifetimeMS, &p.MaxIdleTimeMS, &p.Multiplicity}
}

// MarshalJSON encodes the pool without anything that may be a credential.
func (p Pool) MarshalJSON() ([]byte, error) {
	type plain Pool
	return marshal(plain(p.clean()))
}

// MarshalJSON encodes the entry without text that may hold a credential.
func (h Held) MarshalJSON() ([]byte, error) {
	type plain Held
	return marshal(plain(h.clean()))
}

// MarshalJSON encodes the entry without text that may hold a credential.
func (u Unresolved) MarshalJSON() ([]byte, error) {
	type plain Unresolved
	return marshal(plain(u.clean()))
}

// quote quotes a word for an error, unless it is anything but a word: errors end
// up in logs.
func quote(s string) string {
	if len(s) > 40 || strings.ContainsFunc(s, func(r rune) bool { return !isWordRune(r) }) {
		return "that"
	}
	return `"` + s + `"`
}

// isWordRune reports whether a rune is common in names.
func isWordRune(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("_-./ ", r)
}
