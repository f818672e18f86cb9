package minisql

import (
	"slices"
	"strings"
)

// A parser reads the tokens of one statement. After the first failure it is at
// the end, so that everything that is still tried fails, too.
type parser struct {
	src    string
	tokens []token // without those that were read
	read   int     // the end of the last of these
	err    *Error
}

// Parse reads one statement. The error is an [*Error].
func Parse(src string) (Statement, error) {
	p := &parser{src: src, tokens: lex(src)}
	if p.at(endToken, "") {
		return nil, &Error{Mistake: EmptyQuery}
	}
	s := p.statement()
	p.symbol(";")
	if !p.at(endToken, "") {
		p.fail()
	}
	if p.err != nil {
		return nil, p.err
	}
	return s, nil
}

// fail notes that the next token is out of place.
func (p *parser) fail() {
	if p.err == nil {
		p.err = &Error{Mistake: Syntax, Name: p.src[p.tokens[0].start:]}
		p.tokens = p.tokens[len(p.tokens)-1:]
	}
}

// next reads a token; the end is never passed.
func (p *parser) next() token {
	t := p.tokens[0]
	if t.kind != endToken {
		p.tokens, p.read = p.tokens[1:], t.end
	}
	return t
}

// at reports whether the next token is of a kind, and a text unless that is "".
func (p *parser) at(kind tokenKind, text string) bool {
	t := p.tokens[0]
	return t.kind == kind && (text == "" || t.text == text)
}

// atWord reports whether the next token is one of some keywords.
func (p *parser) atWord(words ...string) bool {
	t := p.tokens[0]
	return t.kind == nameToken && !t.quoted && slices.Contains(words, strings.ToUpper(t.text))
}

// word reads one of some keywords and returns it in upper case, or "".
func (p *parser) word(words ...string) string {
	if !p.atWord(words...) {
		return ""
	}
	return strings.ToUpper(p.next().text)
}

// words reads several keywords, all or none.
func (p *parser) words(words ...string) bool {
	before := p.tokens
	for _, w := range words {
		if p.word(w) == "" {
			p.tokens = before
			return false
		}
	}
	return true
}

// symbol reads one of some symbols, or returns "".
func (p *parser) symbol(symbols ...string) string {
	if t := p.tokens[0]; t.kind == symbolToken && slices.Contains(symbols, t.text) {
		return p.next().text
	}
	return ""
}

// want fails unless something was there.
func (p *parser) want(there string) {
	if there == "" {
		p.fail()
	}
}

// name reads a name.
func (p *parser) name() string {
	if !p.at(nameToken, "") {
		p.fail()
		return ""
	}
	return p.next().text
}

// rest reads all that is left.
func (p *parser) rest() {
	for !p.at(endToken, "") {
		p.next()
	}
}

// list reads things between commas.
func list[T any](p *parser, one func() T) []T {
	l := []T{one()}
	for p.symbol(",") != "" {
		l = append(l, one())
	}
	return l
}
