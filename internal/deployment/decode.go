package deployment

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/connvet/connvet/internal/spell"
)

// A decoder takes a file apart. It keeps the first error, after which nothing that
// it returns counts.
type decoder struct{ err error }

// A node is a value and the way to it, such as services.api.instances. If it is
// not in the file, everything that is read of it is zero.
type node struct {
	d    *decoder
	path string
	yaml *yaml.Node // nil if not in the file
}

// A mapping is a node that is a mapping.
type mapping struct {
	node
	entries []entry
}

// An entry is a key of a mapping with its value.
type entry struct {
	name  string
	key   *yaml.Node
	value node
}

// parse reads one JSON text or YAML document.
func (d *decoder) parse(data []byte) node {
	if root := parseJSON(data); root != nil {
		return node{d: d, yaml: root}
	}
	var document, more yaml.Node
	dec := yaml.NewDecoder(bytes.NewReader(data))
	err := dec.Decode(&document)
	switch {
	case errors.Is(err, io.EOF):
		d.err = errors.New("it is empty")
	case err != nil:
		d.err = syntaxError(err)
	case !errors.Is(dec.Decode(&more), io.EOF):
		d.err = errors.New("there is more than one YAML document")
	default:
		d.err = plain(&document)
	}
	if d.err != nil {
		return node{d: d}
	}
	return node{d: d, yaml: document.Content[0]}
}

// syntaxRE matches the errors of the YAML parser that quote nothing of the text,
// at most the punctuation that they miss. The line may be that before.
var syntaxRE = regexp.MustCompile(`^yaml: (?:line ([0-9]+): )?((?:[a-zA-Z<>!%#() -]|'[^A-Za-z0-9]')+)$`)

// syntaxError returns an error of the YAML parser without what may be a secret.
func syntaxError(err error) error {
	m := syntaxRE.FindStringSubmatch(err.Error())
	switch {
	case m == nil && strings.Contains(err.Error(), "anchor"):
		return errAlias
	case m == nil:
		return errors.New("not YAML")
	case m[1] == "":
		return fmt.Errorf("not YAML: %s", m[2])
	}
	return fmt.Errorf("near line %s: not YAML: %s", m[1], m[2])
}

var errAlias = errors.New("anchors and aliases are not supported: a string that starts with & or * needs quotes")

// plain reports an error if a node has what makes YAML more than JSON. Aliases
// of aliases would let a short file grow without end.
func plain(n *yaml.Node) error {
	switch {
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		return fmt.Errorf("line %d: %w", n.Line, errAlias)
	case n.Style&yaml.TaggedStyle != 0:
		return fmt.Errorf("line %d: tags are not supported: a string that starts with ! needs quotes", n.Line)
	}
	for _, child := range n.Content {
		if err := plain(child); err != nil {
			return err
		}
	}
	return nil
}

// fail reports an error at the node.
func (n node) fail(format string, args ...any) { n.failAt(n.path, format, args...) }

// failAt reports an error on the node's line, and with another way to it.
func (n node) failAt(path, format string, args ...any) {
	if n.d.err != nil {
		return
	}
	n.d.err = fmt.Errorf(format, args...)
	if path != "" {
		n.d.err = fmt.Errorf("%s: %w", path, n.d.err)
	}
	n.d.err = fmt.Errorf("line %d: %w", n.line(), n.d.err)
}

// given reports whether the node is in the file.
func (n node) given() bool { return n.yaml != nil }

// line returns the line of the node.
func (n node) line() int {
	if n.yaml == nil {
		return 0
	}
	return n.yaml.Line
}

// mapping returns the node as a mapping.
func (n node) mapping() mapping {
	m := mapping{node: n}
	if !n.given() {
		return m
	}
	if !n.isMapping() {
		n.fail("want a mapping, found %s", n.typeName())
		return m
	}
	lines := make(map[string]int) // of the keys
	for i := 0; i < len(n.yaml.Content) && n.d.err == nil; i += 2 {
		key := n.yaml.Content[i]
		e := entry{key.Value, key, node{n.d, join(n.path, key.Value), n.yaml.Content[i+1]}}
		at := node{n.d, e.value.path, key}
		switch {
		case key.Kind != yaml.ScalarNode || at.isNull() || key.Value == "":
			at.failAt(n.path, "a key is no name")
		case lines[e.name] > 0:
			at.fail("is there already, in line %d", lines[e.name])
		}
		lines[e.name] = key.Line
		m.entries = append(m.entries, e)
	}
	return m
}

// only fails if the mapping has other keys.
func (m mapping) only(names ...string) {
	for _, e := range m.entries {
		if m.d.err != nil {
			return
		}
		at := node{m.d, e.value.path, e.key}
		switch {
		case slices.Contains(names, e.name):
		case e.value.isNull():
			// What stands there as a key may be a value that has lost its own.
			at.failAt(m.path, "unknown key%s", instead(e.name, names))
		case slices.Contains(names, e.name+"_env"):
			at.fail("a DSN may hold a password, which has no place in this file: "+
				"give the name of an environment variable as %[1]s_env, or the path of a file as %[1]s_file", e.name)
		default:
			at.fail("unknown key%s", instead(e.name, names))
		}
	}
}

// at returns the value of a key.
func (m mapping) at(name string) node {
	for _, e := range m.entries {
		if e.name == name {
			return e.value
		}
	}
	return node{d: m.d, path: join(m.path, name)}
}

// join appends a key to a path. One that is anything but a word may hold more
// than a name, as one that lacks the space behind its colon.
func join(path, key string) string {
	if !isWord(key) {
		key = "?"
	}
	if path == "" {
		return key
	}
	return path + "." + key
}

var wordRE = regexp.MustCompile(`^[A-Za-z0-9_$][A-Za-z0-9_./-]{0,59}$`)

func isWord(s string) bool { return wordRE.MatchString(s) }

// instead returns what to write instead of a word, for the end of an error. It
// does not repeat the word.
func instead(word string, want []string) string {
	const typo = 2 // letters
	const most = 20
	want = slices.DeleteFunc(slices.Clone(want), func(w string) bool { return !isWord(w) })
	for _, w := range want {
		if spell.Unlike(w, word) <= min(typo, len(w)/2) {
			return " (did you mean " + w + "?)"
		}
	}
	if len(want) == 0 || len(want) > most {
		return ""
	}
	return ": want one of " + strings.Join(want, ", ")
}
