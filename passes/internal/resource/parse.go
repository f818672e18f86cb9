package resource

import (
	"fmt"
	"strings"
)

// blockParser parses the chunks of one block.
type blockParser struct {
	path  string
	chunk chunk
	num   int
	m     *model
}

// parseBlock parses the rows of a block. The error is the first one of each
// chunk's file.
func parseBlock(b *block) (*model, *Error) {
	p := blockParser{path: b.path, m: &model{
		resources: make(map[string]resourceRow),
		funcs:     make(map[member]*Func),
	}}
	for _, p.chunk = range b.chunks {
		for num, row := range p.chunk.rows() {
			p.num = num
			if msg := p.row(row); msg != "" {
				return nil, &Error{p.chunk.file, num, msg}
			}
		}
	}
	return p.m, nil
}

// row parses one statement. It returns what is wrong with it, or "".
func (p *blockParser) row(row string) string {
	word, rest := cutWord(row)
	switch word {
	case "package":
		return ""
	case "resource":
		return p.resource(rest)
	case "func", "method":
		return p.function(word, rest)
	case "noreturn":
		full, _ := parseFullName(rest) // checked by the indexer
		return p.add(full.member, &Func{NoReturn: true})
	case "chain":
		return p.chain(rest)
	case "borrow":
		if rest != "*" {
			return "borrow on a line of its own is written: borrow *"
		}
		p.m.borrowAll = true
		return ""
	case "forks":
		if !isIdent(rest) {
			return fmt.Sprintf("forks wants the name of a package, not %q", rest)
		}
		return ""
	}
	return fmt.Sprintf("unknown statement %q: want package, forks, resource, func, method, chain, noreturn or borrow", word)
}

// resource parses "*Rows rows ctx release=Close".
func (p *blockParser) resource(rest string) string {
	words := strings.Fields(rest)
	if len(words) < 2 {
		return "resource wants a type and a kind, like: resource *Rows rows"
	}
	name := strings.TrimPrefix(words[0], "*")
	if !isIdent(name) {
		return fmt.Sprintf("%q is no type name", words[0])
	}
	kind, msg := parseKind(words[1])
	if msg != "" {
		return msg
	}
	row := resourceRow{kind: kind, name: name, pointer: name != words[0], release: kind.Release()}
	for _, attr := range words[2:] {
		release, ok := strings.CutPrefix(attr, "release=")
		switch {
		case attr == "ctx":
			row.ctx = true
		case ok && isIdent(release):
			row.release = release
		default:
			return fmt.Sprintf("unknown attribute %q of a resource: want ctx or release=METHOD", attr)
		}
	}
	if _, ok := p.m.resources[name]; ok {
		return fmt.Sprintf("%s already has a resource line", name)
	}
	p.m.resources[name] = row
	return ""
}

// chain parses a list of types.
func (p *blockParser) chain(rest string) string {
	if p.m.chain == nil {
		p.m.chain = make(map[string]bool)
	}
	for name := range strings.FieldsSeq(rest) {
		name = strings.TrimPrefix(name, "*")
		if !isIdent(name) {
			return fmt.Sprintf("chain wants names of types, not %q", name)
		}
		p.m.chain[name] = true
	}
	if len(p.m.chain) == 0 {
		return "chain wants names of types"
	}
	return ""
}

// function parses a func or method row behind its first word.
func (p *blockParser) function(word, rest string) string {
	names, rest := cutNames(rest)
	keys, msg := parseMembers(word, names)
	if msg != "" {
		return msg
	}
	sig, rest, msg := p.signature(rest)
	if msg != "" {
		return msg
	}
	fp := funcParser{f: new(Func), method: word == "method"}
	for effect := range strings.SplitSeq(rest, ";") {
		if msg := fp.effect(strings.Fields(effect)); msg != "" {
			return msg
		}
	}
	if sig != "" && len(fp.f.Acquires) == 0 {
		return "only an acquisition has use for a signature"
	}
	for _, key := range keys {
		if msg := p.add(key, fp.f); msg != "" {
			return msg
		}
		if sig != "" {
			if p.m.shapes == nil {
				p.m.shapes = make(map[string][]shape)
			}
			p.m.shapes[key.name] = append(p.m.shapes[key.name], shape{sig, fp.f})
		}
	}
	return ""
}

func (p *blockParser) add(key member, f *Func) string {
	if p.m.funcs[key] != nil {
		return fmt.Sprintf("%s already has a row: put all its effects into one, separated by semicolons", key)
	}
	p.m.funcs[key] = f
	return ""
}

func (m member) String() string {
	if m.recv == "" {
		return m.name
	}
	return m.recv + "." + m.name
}

func parseKind(word string) (Kind, string) {
	if _, ok := kinds[Kind(word)]; !ok {
		return "", fmt.Sprintf("unknown kind %q: want rows, row, stmt, tx, conn, db or batch", word)
	}
	return Kind(word), ""
}
