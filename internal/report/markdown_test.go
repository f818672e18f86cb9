package report

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

func TestMarkdown(t *testing.T) {
	golden(t, "report.md", write(t, "markdown", richSample(t), Options{}))
}

func TestMarkdownHeadline(t *testing.T) {
	tests := []struct {
		report *Report
		want   string
	}{
		{&Report{}, "### poolcheck: no findings\n"},
		{&Report{Headline: "2 errors: *too* many\nconnections"}, "### poolcheck: 2 errors: \\*too\\* many connections\n"},
		{&Report{Failures: []string{"no server"}}, "### poolcheck: no findings, but the analysis is not complete\n\n**Not complete:**\n\n- no server\n"},
		{&Report{NotAnalysed: []NotAnalysed{{Package: "p", Reason: "broken"}}}, "### poolcheck: no findings, but the analysis is not complete\n\n**Not complete:**\n\n- not analysed: p (broken)\n"},
		{&Report{Findings: []Finding{{Package: "p"}}}, "### poolcheck: 1 finding in 1 package\n\n- **warning** \n"},
	}
	for _, test := range tests {
		if got := string(write(t, "markdown", test.report, Options{Tool: "poolcheck"})); got != test.want {
			t.Errorf("%+v: got:\n%s\nwant:\n%s", test.report, got, test.want)
		}
	}
}

func TestMarkdownFinding(t *testing.T) {
	fixes := []Fix{{Message: "close it"}}
	tests := []struct {
		finding Finding
		url     string
		want    string
	}{
		{Finding{Message: "m"}, "", "- **warning** m\n"},
		{Finding{Rule: "r", Level: LevelError, Message: "m", Location: Location{File: "a.go"}}, "", "- **error** `a.go` m (`r`)\n"},
		{Finding{Rule: "r", Level: LevelNote, Message: "m", Location: Location{File: "a.go", Start: Point{7, 3}}}, "https://x/y", "- **note** `a.go:7` m ([`r`](https://x/y))\n"},
		{Finding{Rule: "r", Message: "m", Advice: "do", Fixes: fixes}, "https://x/) y", "- **warning** m (`r`)<br>do\n"},
		{Finding{Rule: "r", Message: "m", Fixes: fixes}, "javascript:x", "- **warning** m (`r`)<br>fix: close it\n"},
	}
	for _, test := range tests {
		if got := markdownFinding(test.finding, test.url); got != test.want {
			t.Errorf("%+v: got:\n%s\nwant:\n%s", test.finding, got, test.want)
		}
	}
}

func TestMarkdownPath(t *testing.T) {
	if got := markdownPath(nil); got != "" {
		t.Errorf("no path is %q", got)
	}
	path := []Step{{"a `b`", Location{File: "a.go", Start: Point{7, 3}}}, {"c", Location{}}}
	want := "  <details><summary>path of 2 steps</summary>\n\n  1. `a.go:7` a \\`b\\`\n  2. (elsewhere) c\n\n  </details>\n"
	if got := markdownPath(path); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	long := markdownPath(append(make([]Step, markdownSteps), path...))
	if strings.Contains(long, "  51. ") || !strings.Contains(long, "2 earlier steps not shown") || !strings.Contains(long, "  50. (elsewhere) c\n") {
		t.Errorf("a long path is:\n%s", long)
	}
}

var escapeTests = []struct{ text, want string }{
	{"rows is not closed", "rows is not closed"},
	{"(*sql.DB).Query of a[b_c]", `(\*sql.DB).Query of a\[b\_c\]`},
	{"a | b", `a \| b`},
	{"one\r\n\n# two\t\u2028three", `one \# two three`},
	{"`code` ~~gone~~ \\", "\\`code\\` \\~\\~gone\\~\\~ \\\\"},
	{"<img src=x onerror=y> <!-- -->", `\<img src=x onerror=y> \<!-- -->`},
	{"&lt;b&gt; &#64;", `\&lt;b\&gt; \&\#&#8203;64;`},
	{"![x](https://evil.example/p.png)", `!\[x\](https:&#8203;//evil.example/p.png)`},
	{"ask @admin or a@b.example", "ask @&#8203;admin or a@&#8203;b.example"},
	{"like #12, GH-12 and o/r#12 #x", `like \#&#8203;12, G&#8203;H-12 and o/r\#&#8203;12 \#x`},
	{"www.evil.example WWW.evil.example ww.x", "w&#8203;ww.evil.example W&#8203;WW.evil.example ww.x"},
	{"at a.go:100:2:3 :+1:", "at a.go:&#8203;100:&#8203;2:3 :&#8203;+1:"},
	{"$A and $B", "<span>$</span>A and <span>$</span>B"},
	{"\x00\x1b[31m\u202e\u200b\xff", `··\[31m··` + "\ufffd"},
}

func TestMarkdownEscape(t *testing.T) {
	for _, test := range escapeTests {
		if got := markdownEscape(test.text); got != test.want {
			t.Errorf("%q is %q, want %q", test.text, got, test.want)
		}
	}
}

func TestMarkdownCode(t *testing.T) {
	for text, want := range map[string]string{
		"":                "",
		" \n ":            "",
		"a.go:1":          "`a.go:1`",
		"a`b":             "``a`b``",
		"`a``":            "``` `a`` ```",
		"a\n\n<b> @x | y": "`a <b> @x | y`",
	} {
		if got := markdownCode(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

// FuzzMarkdown checks that the text survives, and that nothing else does.
func FuzzMarkdown(f *testing.F) {
	for _, test := range escapeTests {
		f.Add(test.text)
	}
	active := regexp.MustCompile(`(?i)@\w|#\d|gh-\d|://|www\.|:[\w+-]+:`)
	escaped := regexp.MustCompile("\\\\[\\\\`*_\\[\\]<|~&#]")
	f.Fuzz(func(t *testing.T, text string) {
		out := markdownEscape(text)
		plain := strings.ReplaceAll(strings.ReplaceAll(out, "<span>$</span>", "$"), markdownBreak, "\u200b")
		if rest := escaped.ReplaceAllString(plain, ""); strings.ContainsAny(rest, "\\`*_[]<|~&#\n") {
			t.Errorf("%q is %q, with markup", text, out)
		}
		if strings.Count(out, "$") != strings.Count(out, "<span>$</span>") {
			t.Errorf("%q is %q, with mathematics", text, out)
		}
		plain = escaped.ReplaceAllStringFunc(plain, func(s string) string { return s[1:] })
		if active.MatchString(plain) {
			t.Errorf("%q is %q, where %q is active", text, out, active.FindString(plain))
		}
		if got := strings.ReplaceAll(plain, "\u200b", ""); got != oneLine(text) {
			t.Errorf("%q is shown as %q", text, got)
		}

		code := markdownCode(text)
		inner := strings.Trim(code, "`")
		fence := strings.Repeat("`", (len(code)-len(inner))/2)
		if code != "" && (strings.Contains(inner, fence) || strings.Contains(code, "\n")) {
			t.Errorf("%q is the code %q", text, code)
		}
	})
}

// A report of any size fits into a comment, says what it leaves out, and leaves
// out the least.
func TestMarkdownLimit(t *testing.T) {
	worst := strings.Repeat("$", 100000)
	path := func(n int) []Step { return make([]Step, n) }
	many := func(n int, f Finding) (all []Finding) {
		for range n {
			all = append(all, f)
		}
		return all
	}
	hostile := Finding{Message: worst, Advice: worst, Rule: worst, URL: "https://x/" + worst, Location: Location{File: worst, Start: Point{1, 1}}, Path: []Step{{worst, Location{File: worst}}}}
	tests := []struct {
		name   string
		report *Report
		want   []string
	}{
		{"many", &Report{Findings: many(5000, Finding{Message: "small", Rule: "r"})}, []string{"more findings not shown\n"}},
		{"the worst first", &Report{Findings: append(many(5000, Finding{Message: "small"}), Finding{Message: "big", Level: LevelError})}, []string{"\n\n- **error** big\n"}},
		{"long texts", &Report{Headline: worst, Findings: many(10, hostile), Failures: []string{worst, worst}, NotAnalysed: []NotAnalysed{{Package: worst}},
			Notes: []Note{{Kind: NoteBudget, Package: worst}}}, []string{"- **warning** `", "9 more findings not shown\n", "2 more reasons not shown\n"}},
		{"a long path", &Report{Findings: append(many(3, Finding{Message: "small"}), Finding{Path: path(60)})}, []string{"path of 60 steps", "10 earlier steps not shown\n", "  50. ", "small"}},
		{"paths that do not fit", &Report{Findings: many(300, Finding{Message: strings.Repeat("x", 80), Path: path(60)})}, []string{"</details>\n- **warning** x", "x\n- **warning** x"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			out := string(write(t, "markdown", test.report, Options{}))
			if len(out) > markdownLimit {
				t.Errorf("%d bytes", len(out))
			}
			for _, want := range test.want {
				if !strings.Contains(out, want) {
					t.Errorf("no %q in:\n%.2000s\n...\n%s", want, out, out[max(0, len(out)-500):])
				}
			}
			shown, more := strings.Count(out, "\n- **"), 0
			if m := regexp.MustCompile(`\n(\d+) more findings? not`).FindStringSubmatch(out); m != nil {
				fmt.Sscan(m[1], &more)
			}
			if shown+more != len(test.report.Findings) || more > 0 && strings.Contains(out, "<details>") {
				t.Errorf("%d findings are shown, %d more not, of %d", shown, more, len(test.report.Findings))
			}
			if strings.Count(out, "<details>") != strings.Count(out, "</details>") {
				t.Error("a path is cut off")
			}
		})
	}
}
