package manifest

import (
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/connvet/connvet/internal/utf"
)

// Read reads a manifest. It accepts what the JSON Schema accepts; an error names
// the place, as in "pools[0].max_open: unknown kind", and never repeats what
// may be a credential.
func Read(r io.Reader) (*Manifest, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	d := new(decoder)
	m := d.parse(utf.Decode(data)).manifest()
	if d.err != nil {
		return nil, d.err
	}
	return m, nil
}

func (n node) manifest() *Manifest {
	o := n.object()
	schema := o.field("schema")
	if s := schema.text(); s != Schema {
		schema.fail("want %q, found %s", Schema, quote(s))
	}
	return &Manifest{
		Schema:       Schema,
		Module:       o.field("module").text(),
		Go:           o.field("go").text(),
		Commit:       o.field("commit").text(),
		Complete:     o.field("complete").boolean(),
		Pools:        list(o.field("pools"), node.pool),
		Held:         list(o.field("held"), node.held),
		HeldComplete: o.field("held_complete").boolean(),
		Unresolved:   list(o.field("unresolved"), node.unresolved),
	}
}

func (n node) pool() Pool {
	o := n.object()
	return Pool{
		ID:            o.field("id").name(),
		File:          o.field("file").name(),
		Line:          int(o.field("line").integer(1)),
		Opener:        o.field("opener").name(),
		Driver:        o.field("driver").setting(),
		DSN:           o.field("dsn").dsn(),
		MaxOpen:       o.field("max_open").setting(),
		MaxIdle:       o.field("max_idle").setting(),
		MaxLifetimeMS: o.field("max_lifetime_ms").setting(),
		MaxIdleTimeMS: o.field("max_idle_time_ms").setting(),
		Scope:         o.field("scope").name(),
		Multiplicity:  o.field("multiplicity").setting(),
		Mains:         list(o.field("mains"), node.name),
		Role:          o.field("role").role(),
	}
}

func (n node) role() string {
	s := n.text()
	switch s {
	case RoleWriter, RoleReader, RoleUnknown:
	default:
		n.fail("unknown role %s", quote(s))
	}
	return s
}

func (n node) held() Held {
	o := n.object()
	return Held{
		Pool: o.field("pool").name(),
		Pos:  o.field("pos").name(),
		N:    int(o.field("n").integer(1)),
		What: o.field("what").safe(),
	}
}

func (n node) unresolved() Unresolved {
	o := n.object()
	return Unresolved{Pos: o.field("pos").name(), Why: o.field("why").safe()}
}

// valueFields lists the fields that values of a kind have besides the kind.
// Those with a question mark may be missing.
var valueFields = map[Kind][]string{
	KindConst:   {"value"},
	KindEnv:     {"name", "default?"},
	KindFlag:    {"name", "default?"},
	KindConfig:  {"path", "tag?"},
	KindExpr:    {"text"},
	KindRange:   {"min?", "max?", "unlimited?"},
	KindUnset:   {},
	KindUnknown: {},
}

// setting reads a value.
func (n node) setting() Value {
	o := n.object()
	kind := o.field("kind")
	v := Value{Kind: Kind(kind.text())}
	fields, ok := valueFields[v.Kind]
	if !ok {
		kind.fail("unknown kind %s: want one of %s", quote(string(v.Kind)), kindNames(slices.Collect(maps.Keys(valueFields))))
	}
	allowed := []string{"kind"}
	for _, field := range fields {
		name, optional := strings.CutSuffix(field, "?")
		allowed = append(allowed, name)
		if !optional || o.has(name) {
			v.read(name, o.field(name))
		}
	}
	o.only(allowed...)
	return v
}

// read reads one field of the value.
func (v *Value) read(name string, n node) {
	switch name {
	case "value":
		v.Value = n.scalar()
	case "name":
		v.Name = n.name()
	case "default":
		v.Default = n.scalar()
	case "path":
		v.Path = n.name()
	case "tag":
		v.Tag = n.safe()
	case "text":
		v.Text = n.safe()
	case "min":
		v.Min = Int(n.integer(math.MinInt64))
	case "max":
		v.Max = Int(n.integer(math.MinInt64))
	case "unlimited":
		v.Unlimited = n.boolean()
	}
}

// scalar reads a whole number or a string without credentials.
func (n node) scalar() Scalar {
	if s, ok := n.value.(string); ok {
		n.check(s, safeScalar)
		return Text(s)
	}
	return Int(n.integer(math.MinInt64))
}

// safe reads a string that is not empty and holds no credential.
func (n node) safe() string {
	s := n.name()
	n.check(s, safeText)
	return s
}

// check fails if a string is not of a form that rules out credentials.
func (n node) check(s string, safe func(string) bool) {
	if s != "" && !safe(s) {
		n.fail("this may hold a user name or password, which have no place in a manifest")
	}
}

// dsn reads a DSN.
func (n node) dsn() DSN {
	o := n.object()
	kind := o.field("kind")
	d := DSN{Kind: Kind(kind.text())}
	if !slices.Contains(dsnKinds, d.Kind) {
		kind.fail("unknown kind %s: want one of %s", quote(string(d.Kind)), kindNames(dsnKinds))
	}
	allowed := []string{"kind", "network", "address", "db", "params"}
	if d.Kind.named() {
		allowed = append(allowed, "name")
		d.Name = o.field("name").name()
	}
	o.only(allowed...)
	d.Network = o.field("network").part(safeNetwork)
	d.Address = o.field("address").part(safeAddress)
	d.DB = o.field("db").part(safeDB)
	params := o.field("params").object()
	d.Params = make(map[string]string)
	for _, name := range slices.Sorted(maps.Keys(params.fields)) {
		if !slices.Contains(dsnParams, name) {
			params.fail("unknown parameter %s: a manifest keeps %s only", quote(name), strings.Join(dsnParams, ", "))
		}
		value := params.at(name)
		d.Params[name] = value.text()
		value.check(d.Params[name], safeText)
	}
	return d
}

// part reads a part of a DSN, null if it is not known.
func (n node) part(safe func(string) bool) string {
	if n.value == nil {
		return ""
	}
	s := n.name()
	n.check(s, safe)
	return s
}

// kindNames lists kinds.
func kindNames(kinds []Kind) string {
	kinds = slices.Sorted(slices.Values(kinds))
	return strings.Join(strings.Fields(strings.Trim(fmt.Sprint(kinds), "[]")), ", ")
}

// UnmarshalJSON decodes a value as [Read] does.
func (v *Value) UnmarshalJSON(data []byte) error {
	d := new(decoder)
	*v = d.parse(data).setting()
	return d.err
}

// UnmarshalJSON decodes a DSN as [Read] does.
func (d *DSN) UnmarshalJSON(data []byte) error {
	dec := new(decoder)
	*d = dec.parse(data).dsn()
	return dec.err
}
