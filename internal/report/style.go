package report

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The styles of terminal output, as parameters of the escape sequence SGR.
const (
	styleBold = "1"
	styleDim  = "2"
	styleMark = "1;31"
	styleWarn = "1;33"
	styleRule = "36"
)

// style returns s in a style, if colour is on.
func (t *textWriter) style(code, s string) string {
	if !t.options.Color {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

// tabWidth is the width of a tab in code frames.
const tabWidth = 4

// expandTabs replaces tabs, so that carets stand where they belong whatever
// the terminal's idea of a tab is.
func expandTabs(s string) string {
	if !strings.Contains(s, "\t") {
		return s
	}
	var b strings.Builder
	column := 0
	for _, r := range s {
		if r != '\t' {
			b.WriteRune(r)
			column++
			continue
		}
		n := tabWidth - column%tabWidth
		b.WriteString(strings.Repeat(" ", n))
		column += n
	}
	return b.String()
}

// printable replaces what could steer a terminal. Source text and file names
// come from whoever wrote the code that is analysed.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' || r == utf8.RuneError || unicode.IsGraphic(r) {
			return r
		}
		return '\u00b7' // a middle dot
	}, s)
}

// oneLine returns s without line ends and without what could steer the place
// that it is shown in.
func oneLine(s string) string {
	return printable(strings.Join(strings.Fields(s), " "))
}

// clip shortens s to a number of characters.
func clip(s string, n int) string {
	if runes(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}

// runes counts the characters of s.
func runes(s string) int { return utf8.RuneCountInString(s) }

// isWebURL reports whether s is a URL that can be linked to, whatever is around
// it.
func isWebURL(s string) bool {
	_, err := url.Parse(s)
	return err == nil && webURL.MatchString(s)
}

var webURL = regexp.MustCompile(`^https?://[\w.~:/?#@$&*+,;=%-]+$`)
