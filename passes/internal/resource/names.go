package resource

import (
	"fmt"
	"go/token"
	"strings"
)

// parseMembers parses the names of a func row ("Open", "Fatal,Fatalf") or
// method row ("*DB.Query", "Tx.Query", "*Logger.Fatal,Fatalf").
func parseMembers(word, names string) ([]member, string) {
	recv := ""
	if word == "method" {
		var ok bool
		recv, names, ok = strings.Cut(strings.TrimPrefix(names, "*"), ".")
		if !ok || !isIdent(recv) {
			return nil, "method wants *TYPE.METHOD or TYPE.METHOD"
		}
	}
	var keys []member
	for name := range strings.SplitSeq(names, ",") {
		if !isIdent(name) {
			return nil, fmt.Sprintf("%s wants the name of a %[1]s, not %q", word, name)
		}
		keys = append(keys, member{recv, name})
	}
	return keys, ""
}

// fullName is a function named with its package.
type fullName struct {
	path string
	member
}

// parseFullName parses "log.Fatal" and "(*testing.common).Fatal".
func parseFullName(s string) (fullName, string) {
	bad := fmt.Sprintf("noreturn wants a full name like log.Fatal or (*log.Logger).Fatal, not %q", s)
	word, qualified, method := "func", s, ""
	if inside, ok := strings.CutPrefix(s, "("); ok {
		if qualified, method, ok = strings.Cut(inside, ")."); !ok {
			return fullName{}, bad
		}
		word, method = "method", "."+method
	}
	// The last dot ends the path, which may have dots of its own.
	dot := strings.LastIndexByte(qualified, '.')
	if dot < 0 {
		return fullName{}, bad
	}
	path := strings.TrimPrefix(qualified[:dot], "*")
	keys, msg := parseMembers(word, qualified[dot+1:]+method)
	if msg != "" || len(keys) != 1 || !isImportPath(path) {
		return fullName{}, bad
	}
	return fullName{path, keys[0]}, ""
}

// isIdent tells whether s can name a Go declaration.
func isIdent(s string) bool { return token.IsIdentifier(s) }

// isImportPath tells whether s looks like an import path. It is lenient: what
// it must catch are mistakes of the table's author.
func isImportPath(s string) bool {
	if s == "" || strings.HasPrefix(s, "/") || strings.HasSuffix(s, "/") || strings.Contains(s, "//") {
		return false
	}
	for _, c := range []byte(s) {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		case strings.IndexByte("-._~/+", c) >= 0:
		default:
			return false
		}
	}
	return true
}
