package minisql

import "strings"

type tokenKind uint8

const (
	endToken tokenKind = iota
	nameToken
	textToken
	digitsToken
	variableToken // @@name or @@scope.name
	symbolToken
)

// A token is a word of a statement, between two offsets in it.
type token struct {
	kind       tokenKind
	text       string // without quotes
	quoted     bool   // a name that cannot be a keyword
	start, end int
}

// lex splits a statement. The last token is an endToken.
func lex(src string) []token {
	var tokens []token
	for at := 0; ; {
		at += space(src[at:])
		t := token{start: at}
		if at == len(src) {
			t.end = at
			return append(tokens, t)
		}
		t.scan(src[at:])
		t.end += at
		tokens = append(tokens, t)
		at = t.end
	}
}

// scan reads one token at the start of a text, and sets end to its length.
func (t *token) scan(s string) {
	switch c := s[0]; {
	case c == '\'' || c == '"':
		t.unquote(textToken, s)
	case c == '`':
		t.unquote(nameToken, s)
	case strings.HasPrefix(s, "@@"):
		t.kind, t.end = variableToken, 2+span(s[2:], func(c byte) bool { return isWord(c) || c == '.' })
		t.text = s[2:t.end]
	case isDigit(c):
		t.kind, t.end = digitsToken, span(s, func(c byte) bool { return isDigit(c) || c == '.' })
		t.text = s[:t.end]
	case isWord(c):
		t.kind, t.end = nameToken, span(s, isWord)
		t.text = s[:t.end]
	default:
		t.kind, t.end = symbolToken, 1
		if len(s) > 1 && strings.Contains(" <> <= >= != ", " "+s[:2]+" ") {
			t.end = 2
		}
		t.text = s[:t.end]
	}
}

// unquote reads a quoted text. Doubled quotes stand for one; a backslash takes
// the next character as it is, but not in names. A text without an end is nothing
// that fits anywhere.
func (t *token) unquote(kind tokenKind, s string) {
	quote := s[0]
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && quote != '`' && i+1 < len(s):
			i++
			b.WriteByte(s[i])
		case c != quote:
			b.WriteByte(c)
		case i+1 < len(s) && s[i+1] == quote:
			i++
			b.WriteByte(c)
		default:
			t.kind, t.quoted, t.text, t.end = kind, true, b.String(), i+1
			return
		}
	}
	t.kind, t.text, t.end = symbolToken, s, len(s)
}

// space returns how much at the start of a text is white space and comments.
func space(s string) int {
	at := 0
	for at < len(s) {
		rest := s[at:]
		switch {
		case strings.IndexByte(" \t\r\n", rest[0]) >= 0:
			at++
		case strings.HasPrefix(rest, "/*"):
			at += until(rest, "*/")
		case rest[0] == '#', strings.HasPrefix(rest, "-- "):
			at += until(rest, "\n")
		default:
			return at
		}
	}
	return at
}

// until returns the length of a text up to and with an end.
func until(s, end string) int {
	if i := strings.Index(s, end); i >= 0 {
		return i + len(end)
	}
	return len(s)
}

// span returns how many bytes at the start of a text are in a set.
func span(s string, in func(byte) bool) int {
	for i := range len(s) {
		if !in(s[i]) {
			return i
		}
	}
	return len(s)
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isWord(c byte) bool {
	return isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '$' || c >= 0x80
}
