package manifest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
)

// A decoder takes JSON apart. It keeps the first error, after which everything
// that is asked of it is zero.
type decoder struct{ err error }

// A node is a JSON value and the way to it, such as pools[0].max_open.
type node struct {
	d     *decoder
	path  string
	value any
}

// An object is a node that is a JSON object.
type object struct {
	node
	fields map[string]any
}

// parse reads one JSON value.
func (d *decoder) parse(data []byte) node {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	n := node{d: d}
	if err := dec.Decode(&n.value); err != nil {
		if errors.Is(err, io.EOF) {
			err = errors.New("it is empty")
		}
		d.err = fmt.Errorf("not JSON: %s%w", line(data, err), err)
		return n
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		d.err = errors.New("there is more after the JSON object")
	}
	return n
}

// line returns the line of a syntax error, as a prefix.
func line(data []byte, err error) string {
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		return ""
	}
	return fmt.Sprintf("line %d: ", 1+bytes.Count(data[:min(int(syntax.Offset), len(data))], []byte("\n")))
}

// fail reports an error at the node.
func (n node) fail(format string, args ...any) {
	if n.d.err != nil {
		return
	}
	n.d.err = fmt.Errorf(format, args...)
	if n.path != "" {
		n.d.err = fmt.Errorf("%s: %w", n.path, n.d.err)
	}
}

// typeName says what a JSON value is.
func typeName(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case bool:
		return "a boolean"
	case string:
		return "a string"
	case json.Number:
		return "a number"
	case []any:
		return "an array"
	}
	return "an object"
}

// object returns the node as an object.
func (n node) object() object {
	fields, ok := n.value.(map[string]any)
	if !ok {
		n.fail("want an object, found %s", typeName(n.value))
	}
	return object{n, fields}
}

// has reports whether the object has a field.
func (o object) has(name string) bool {
	_, ok := o.fields[name]
	return ok
}

// only fails if the object has other fields.
func (o object) only(names ...string) {
	for _, name := range slices.Sorted(maps.Keys(o.fields)) {
		if !slices.Contains(names, name) {
			o.fail("unknown field %s", quote(name))
		}
	}
}

// field returns a field that must be there.
func (o object) field(name string) node {
	n := o.at(name)
	if !o.has(name) {
		o.fail("has no %s", name)
	}
	return n
}

// at returns a field, or null.
func (o object) at(name string) node {
	path := name
	if o.path != "" {
		path = o.path + "." + name
	}
	return node{o.d, path, o.fields[name]}
}

// text returns a string.
func (n node) text() string {
	s, ok := n.value.(string)
	if !ok {
		n.fail("want a string, found %s", typeName(n.value))
	}
	return s
}

// name returns a string that is not empty.
func (n node) name() string {
	s := n.text()
	if s == "" {
		n.fail("is empty")
	}
	return s
}

// integer returns a whole number of at least min.
func (n node) integer(min int64) int64 {
	number, ok := n.value.(json.Number)
	if !ok {
		n.fail("want a whole number, found %s", typeName(n.value))
		return 0
	}
	i, err := number.Int64()
	if f, floatErr := number.Float64(); err != nil && floatErr == nil && f == math.Trunc(f) && math.Abs(f) < 1<<53 {
		i, err = int64(f), nil // 7.0 is whole, too
	}
	if err != nil {
		n.fail("want a whole number, found %s", number)
	} else if i < min {
		n.fail("want at least %d, found %d", min, i)
	}
	return i
}

// boolean returns true or false.
func (n node) boolean() bool {
	b, ok := n.value.(bool)
	if !ok {
		n.fail("want true or false, found %s", typeName(n.value))
	}
	return b
}

// list returns the elements of an array, each read by one function.
func list[T any](n node, read func(node) T) []T {
	elements, ok := n.value.([]any)
	if !ok {
		n.fail("want an array, found %s", typeName(n.value))
	}
	all := make([]T, 0, len(elements))
	for i, e := range elements {
		all = append(all, read(node{n.d, fmt.Sprintf("%s[%d]", n.path, i), e}))
	}
	return all
}
