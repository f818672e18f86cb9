package entry

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

//go:embed shapes.txt
var shapesText string

// table is what shapes.txt says.
type table struct {
	shapes  []*shape
	args    map[string]argument // by function
	each    map[string]Entry    // by function, or field that holds a channel
	chans   []element
	clients []*pattern
	once    map[string]bool // functions
	starts  map[string]bool // functions
}

// argument is what a function does to one of its arguments.
type argument struct {
	index  int    // the receiver not counted
	method string // of a value: the method that is run, or ""
	entry  Entry
}

// element is the entry made of the values that are received from a channel.
type element struct {
	typ   *pattern
	entry Entry
}

// rows is the table, parsed when the first question arrives: most processes
// of a go vet run ask none.
var rows = sync.OnceValue(func() *table {
	t, err := parse(shapesText)
	if err != nil {
		panic("entry: shapes.txt: " + err.Error())
	}
	return t
})

// tableParser parses statements.
type tableParser struct {
	t    *table
	head Entry // category and frequency of the rows to come
}

func parse(text string) (*table, error) {
	p := tableParser{t: &table{
		args:   make(map[string]argument),
		each:   make(map[string]Entry),
		once:   make(map[string]bool),
		starts: make(map[string]bool),
	}}
	num := 0
	for line := range strings.Lines(text) {
		num++
		if line = strip(line); line == "" {
			continue
		}
		if err := p.statement(line); err != nil {
			return nil, fmt.Errorf("line %d: %w", num, err)
		}
	}
	return p.t, nil
}

// strip removes a comment and the space around what remains.
func strip(line string) string {
	if strings.HasPrefix(line, "#") {
		return ""
	}
	if i := strings.Index(line, " #"); i >= 0 {
		line = line[:i]
	}
	return strings.TrimSpace(line)
}

func (p *tableParser) statement(line string) error {
	if what, form, ok := strings.Cut(line, ": "); ok {
		if p.head.Category == "" {
			return fmt.Errorf("%q stands before the first category", line)
		}
		e := p.head
		e.What = what
		return p.row(e, strings.TrimSpace(form))
	}
	word, rest, _ := strings.Cut(line, " ")
	switch word {
	case "category":
		category, runs, _ := strings.Cut(rest, ", ")
		if !categories[category] || !strings.HasPrefix(runs, "for each ") {
			return fmt.Errorf("want category handler, rpc, lambda or consumer, for each THING; not %q", rest)
		}
		p.head = Entry{Category: category, Runs: runs}
		return nil
	case "client":
		typ, err := parsePattern(rest)
		p.t.clients = append(p.t.clients, typ)
		return err
	case "once":
		return addKey(p.t.once, rest)
	case "starts":
		return addKey(p.t.starts, rest)
	}
	return fmt.Errorf("unknown statement %q", line)
}

var categories = map[string]bool{"handler": true, "rpc": true, "lambda": true, "consumer": true}

// row parses what stands behind the colon.
func (p *tableParser) row(e Entry, form string) error {
	word, rest, _ := strings.Cut(form, " ")
	switch word {
	case "argument":
		return p.argument(e, rest)
	case "each":
		return p.loop(e, rest)
	case "controller":
		typ, err := parsePattern(rest)
		p.t.shapes = append(p.t.shapes, &shape{entry: e, form: "controller", typ: typ})
		return err
	}
	s, err := parseShape(form)
	if err != nil {
		return err
	}
	s.entry = e
	p.t.shapes = append(p.t.shapes, s)
	return nil
}

// argument parses "0 of PATH.Start calls Invoke".
func (p *tableParser) argument(e Entry, rest string) error {
	rest, method, _ := strings.Cut(rest, " calls ")
	a := argument{entry: e, method: method}
	var key string
	if _, err := fmt.Sscanf(rest, "%d of %s", &a.index, &key); err != nil {
		return fmt.Errorf("want argument N of FUNC, not %q", rest)
	}
	if _, ok := p.t.args[key]; ok {
		return fmt.Errorf("%s has a second row", key)
	}
	a.entry.Exact = true
	p.t.args[key] = a
	return checkKey(key)
}

// loop parses "PATH.Type.Method" or "chan PATH.Type".
func (p *tableParser) loop(e Entry, rest string) error {
	e.Exact = true
	if elem, ok := strings.CutPrefix(rest, "chan "); ok {
		typ, err := parsePattern(elem)
		p.t.chans = append(p.t.chans, element{typ, e})
		return err
	}
	if _, ok := p.t.each[rest]; ok {
		return fmt.Errorf("%s has a second row", rest)
	}
	p.t.each[rest] = e
	return checkKey(rest)
}

// addKey adds a function to a set that must not have it yet.
func addKey(set map[string]bool, key string) error {
	if set[key] {
		return fmt.Errorf("%s has a second row", key)
	}
	set[key] = true
	return checkKey(key)
}

// checkKey wants a function or field with its package, as funcKey writes it.
func checkKey(key string) error {
	path, _ := splitName(key)
	if path == "" || strings.ContainsAny(key, " ,()*") || unversioned(path) != path {
		return fmt.Errorf("want PATH.NAME or PATH.TYPE.NAME without version, not %q", key)
	}
	return nil
}
