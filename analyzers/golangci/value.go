package golangci

import (
	"fmt"
	"strings"
)

// A value is one that a configuration gives to a setting. The first that is not of
// the type that is asked for sets err.
type value struct {
	at  string // where it stands
	v   any
	err *error
}

// fail notes what is wrong.
func (v value) fail(format string, args ...any) {
	if *v.err == nil {
		*v.err = fmt.Errorf("%s: %s", v.at, fmt.Sprintf(format, args...))
	}
}

// bool is the value as a boolean.
func (v value) bool() bool {
	b, ok := v.v.(bool)
	if !ok {
		v.fail("want true or false, not %s", describe(v.v))
	}
	return b
}

// oneOf is the value as one of several words.
func (v value) oneOf(words ...string) string {
	s, _ := v.v.(string)
	for _, w := range words {
		if s == w {
			return s
		}
	}
	v.fail("want one of %s, not %s", strings.Join(words, ", "), describe(v.v))
	return ""
}

// list is the value as a list of strings, of which what says what they are.
func (v value) list(what string) []string {
	items, ok := v.v.([]any)
	if !ok {
		v.fail("want a list of %s, not %s", what, describe(v.v))
	}
	var list []string
	for i, item := range items {
		s, ok := item.(string)
		if !ok {
			v.fail("item %d: want a string, not %s", i+1, describe(item))
		}
		list = append(list, s)
	}
	return list
}

// text is the value as lines: it is a text, or a list of them.
func (v value) text() string {
	switch t := v.v.(type) {
	case string:
		return t
	case []any:
		return strings.Join(v.list("rows"), "\n")
	}
	v.fail("want text or a list of rows, not %s", describe(v.v))
	return ""
}

// describe names a value in an error.
func describe(v any) string {
	switch v := v.(type) {
	case nil:
		return "nothing"
	case string:
		return fmt.Sprintf("%q", v)
	case []any:
		return "a list"
	case map[string]any:
		return "a mapping"
	}
	return fmt.Sprint(v)
}
