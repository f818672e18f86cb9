package report

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// driver describes the tool and its rules.
func (s *sarifWriter) driver(r *Report) sarifDriver {
	s.rules = []sarifRule{}
	for _, rule := range r.Rules {
		s.rules = append(s.rules, newSARIFRule(rule))
	}
	for _, f := range r.Findings {
		s.rules = append(s.rules, newSARIFRule(Rule{ID: s.ruleID(f), URL: f.URL})) // unless it is there
	}
	slices.SortStableFunc(s.rules, func(a, b sarifRule) int { return strings.Compare(a.ID, b.ID) })
	s.rules = slices.CompactFunc(s.rules, func(a, b sarifRule) bool { return a.ID == b.ID })
	d := sarifDriver{
		Name:           s.options.tool(),
		Version:        strings.TrimPrefix(s.options.Version, "v"),
		InformationURI: "https://github.com/connvet/connvet",
		Rules:          s.rules,
	}
	if semanticVersion.MatchString(d.Version) {
		d.SemanticVersion = d.Version
	}
	return d
}

// semanticVersion matches a version in the sense of semver.org, more or less.
var semanticVersion = regexp.MustCompile(`^\d+\.\d+\.\d+([-+][0-9A-Za-z.+-]+)?$`)

// ruleID returns the id of a finding's rule, which must not be empty.
func (s *sarifWriter) ruleID(f Finding) string { return cmp.Or(f.Rule, s.options.tool()) }

// newSARIFRule converts a rule. Each text that is missing has the next best in
// its place.
func newSARIFRule(r Rule) sarifRule {
	title := cmp.Or(sarifText(r.Title), r.ID)
	rule := sarifRule{
		ID:               r.ID,
		ShortDescription: sarifMessage{Text: clip(title, sarifMaxDescription)},
		FullDescription:  sarifMessage{Text: clip(cmp.Or(firstParagraph(r.Help), title), sarifMaxDescription)},
		Help:             sarifMessage{Text: cmp.Or(r.Help, title), Markdown: r.Help},
	}
	if name := pascalCase(r.ID); !strings.EqualFold(name, r.ID) { // which it must not repeat
		rule.Name = clip(name, sarifMaxName)
	}
	if isWebURL(r.URL) {
		rule.HelpURI = r.URL
	}
	return rule
}

// pascalCase returns the words of an id as a name: ConnleakRows of
// connleak/rows.
func pascalCase(id string) string {
	var b strings.Builder
	for _, word := range strings.FieldsFunc(id, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		first, size := utf8.DecodeRuneInString(word)
		b.WriteRune(unicode.ToUpper(first))
		b.WriteString(word[size:])
	}
	return b.String()
}

// firstParagraph returns the first paragraph of Markdown as plain text, without
// the heading before it.
func firstParagraph(markdown string) string {
	for p := range strings.SplitSeq(markdown, "\n\n") {
		if p = strings.TrimSpace(p); p != "" && !strings.HasPrefix(p, "#") {
			return sarifText(strings.ReplaceAll(p, "`", ""))
		}
	}
	return ""
}
