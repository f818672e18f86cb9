package report

import (
	"regexp"
	"strings"
)

// markdownEscape returns s as one line of text in GitHub's Markdown, to be put
// after something else on its line. Nothing in it is markup, a link, or a
// reference that tells somebody of the comment.
func markdownEscape(s string) string {
	s = oneLine(s)
	var b strings.Builder
	for i, r := range s {
		if strings.ContainsRune("\\`*_[]<|~&#", r) {
			b.WriteByte('\\')
		}
		if r == '$' {
			b.WriteString("<span>$</span>") // a backslash does not prevent mathematics
		} else {
			b.WriteRune(r)
		}
		if strings.ContainsRune("@#:wWgG", r) && markdownAutomatic.MatchString(s[i:]) {
			b.WriteString(markdownBreak)
		}
	}
	return b.String()
}

// markdownAutomatic matches what GitHub makes something of when the Markdown
// has been rendered, where no backslash helps: people and addresses, issues,
// links, and emoji, as in "store.go:100:2".
var markdownAutomatic = regexp.MustCompile(`(?i)^(@|#\d|gh-\d|://|www\.|:[\w+-]+:)`)

// markdownBreak after the first character prevents that. It has no width.
const markdownBreak = "&#8203;"

// markdownCode returns s as code in one line.
func markdownCode(s string) string {
	s = oneLine(s)
	if s == "" {
		return ""
	}
	fence := "`"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		s = " " + s + " "
	}
	return fence + s + fence
}
