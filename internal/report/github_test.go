package report

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

func TestGitHub(t *testing.T) {
	golden(t, "report.github", write(t, "github", richSample(t), Options{}))
	if got := write(t, "github", &Report{}, Options{}); len(got) != 0 {
		t.Errorf("an empty report is %q", got)
	}
}

func TestGitHubEscape(t *testing.T) {
	tests := []struct{ text, data, property string }{
		{"plain text", "plain text", "plain text"},
		{"100%", "100%25", "100%25"},
		{"%0A", "%250A", "%250A"},
		{"a\r\nb", "a%0D%0Ab", "a%0D%0Ab"},
		{"a:b,c::d", "a:b,c::d", "a%3Ab%2Cc%3A%3Ad"},
		{"größe=😀;]", "größe=😀;]", "größe=😀;]"},
	}
	for _, test := range tests {
		if data, property := githubData.Replace(test.text), githubProperty.Replace(test.text); data != test.data || property != test.property {
			t.Errorf("%q is %q and %q, want %q and %q", test.text, data, property, test.data, test.property)
		}
	}
}

// A command is what the runner of GitHub Actions makes of a line.
type command struct {
	name       string
	properties map[string]string
	text       string
}

// parseCommands reads output as the runner does (ActionCommand.TryParseV2): what
// is not a command is only in the log.
func parseCommands(t *testing.T, out []byte) []command {
	t.Helper()
	data := strings.NewReplacer("%0D", "\r", "%0A", "\n", "%25", "%")
	property := strings.NewReplacer("%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",", "%25", "%")
	var all []command
	for line := range strings.Lines(string(out)) {
		head, text, ok := strings.Cut(strings.TrimPrefix(line, "::"), "::")
		if !strings.HasPrefix(line, "::") || !ok || !strings.HasSuffix(text, "\n") {
			t.Errorf("no command: %q", line)
			continue
		}
		c := command{properties: make(map[string]string), text: data.Replace(strings.TrimSuffix(text, "\n"))}
		var properties string
		c.name, properties, _ = strings.Cut(head, " ")
		for pair := range strings.SplitSeq(properties, ",") {
			name, value, _ := strings.Cut(pair, "=")
			c.properties[name] = property.Replace(value)
		}
		all = append(all, c)
	}
	return all
}

func TestGitHubHostile(t *testing.T) {
	r := hostileReport()
	all := parseCommands(t, write(t, "github", r, Options{}))
	if want := len(withIncomplete(r, "").Findings); len(all) != want {
		t.Errorf("%d commands of %d", len(all), want)
	}
	names := regexp.MustCompile(`^(error|warning|notice)$`)
	for _, c := range all {
		if !names.MatchString(c.name) || c.properties["title"] == "" {
			t.Errorf("command %q with %q", c.name, c.properties)
		}
		for name, value := range c.properties {
			if name == "file" {
				continue // may be called anything
			}
			if strings.ContainsAny(value, "\x00\r\n\u202e") {
				t.Errorf("%s is %q", name, value)
			}
		}
		if strings.ContainsAny(c.text, "\x00\r\u202e") || len(utf16Units(c.text)) > githubMaxMessage {
			t.Errorf("the text is %.200q", c.text)
		}
	}
}

func TestGitHubFinding(t *testing.T) {
	sources := sourcesOf(t, map[string]string{"a,b.go": "\tä := 1\nx\n"})
	tests := []struct {
		finding Finding
		want    string
	}{
		{Finding{Message: "m"}, "::warning title=poolcheck::m"},
		{Finding{Rule: "r", Level: LevelError, Message: "m.", Advice: "do"}, "::error title=r::m. do"},
		{Finding{Rule: "r", Level: LevelNote, Message: "100%", Location: Location{File: "gone.go"}}, "::notice file=gone.go,title=r::100%25"},
		{Finding{Rule: "a:b", Message: "m", Location: Location{"a,b.go", Point{1, 5}, Point{1, 7}}}, "::warning file=a%2Cb.go,line=1,endLine=1,col=4,title=a%3Ab::m"},
		{Finding{Rule: "r", Message: "m", Location: Location{"a,b.go", Point{1, 5}, Point{2, 1}}}, "::warning file=a%2Cb.go,line=1,endLine=2,title=r::m"},
		{Finding{Rule: "r", Message: "m", Location: Location{"gone.go", Point{7, 5}, Point{7, 6}}}, "::warning file=gone.go,line=7,endLine=7,title=r::m"},
		{
			Finding{Rule: "r", Message: "m", Fixes: []Fix{{Message: "close it"}, {Message: "no"}}, Path: []Step{{"a\nb", Location{"x.go", Point{3, 1}, Point{}}}, {"c", Location{File: "y.go"}}, {"d", Location{}}}},
			"::warning title=r::m%0Afix: close it%0Ax.go:3: a b%0Ay.go: c%0Ad",
		},
	}
	for _, test := range tests {
		r := &Report{Findings: []Finding{test.finding}, Sources: sources}
		if got := string(write(t, "github", r, Options{Tool: "poolcheck"})); got != test.want+"\n" {
			t.Errorf("got  %swant %s", got, test.want)
		}
	}
}

// A path that is too long keeps its end, and the message.
func TestGitHubPath(t *testing.T) {
	for _, text := range []string{strings.Repeat("x", 90), strings.Repeat("😀", 90)} {
		f := Finding{Rule: "r", Message: "m"}
		for i := range 100 {
			f.Path = append(f.Path, Step{fmt.Sprint(text, i), Location{}})
		}
		got := parseCommands(t, write(t, "github", &Report{Findings: []Finding{f}}, Options{}))[0].text
		lines := strings.Split(got, "\n")
		if n := len(utf16Units(got)); n > githubMaxMessage || n < githubMaxMessage-300 {
			t.Errorf("%d characters", n)
		}
		if want := Count(100-(len(lines)-2), "earlier step") + " not shown"; lines[0] != "m" || lines[1] != want || lines[len(lines)-1] != text+"99" {
			t.Errorf("it begins %q, want %q; it ends with %q", lines[:2], want, lines[len(lines)-1])
		}
	}
}

// Those that are shown are the worst, and it is said that there are more.
func TestGitHubLimits(t *testing.T) {
	tests := []struct {
		errors, warnings, notes int
		more                    string
	}{
		{0, 0, 0, ""},
		{10, 10, 10, ""},
		{11, 0, 0, "1 more finding not"},
		{0, 12, 3, "2 more findings not"},
		{0, 0, 11, "2 more findings not"},
		{11, 11, 10, "3 more findings not"},
		{500, 500, 500, "1471 more findings not"},
	}
	for _, test := range tests {
		r := &Report{}
		for level, n := range map[Level]int{LevelNote: test.notes, LevelWarning: test.warnings, LevelError: test.errors} {
			for range n {
				r.Findings = append(r.Findings, Finding{Level: level, Message: "m"})
			}
		}
		shown, hidden, more := make(map[string]int), 0, ""
		for _, c := range parseCommands(t, write(t, "github", r, Options{})) {
			shown[c.name]++
			if shown[c.name] > githubMaxShown {
				hidden++
			}
			if c.text != "m" {
				more = c.text
				if shown[c.name] != 1 {
					t.Errorf("%+v: it is not said at first", test)
				}
			}
		}
		if !strings.HasPrefix(more, test.more) || test.more == "" && more != "" {
			t.Errorf("%+v: %q", test, more)
		}
		if n := 0; more != "" {
			if fmt.Sscan(more, &n); n != hidden {
				t.Errorf("%+v: %d are not shown: %q", test, hidden, more)
			}
		}
	}
	// What is not analysed comes before everything else.
	r := &Report{Findings: []Finding{{Message: "w"}, {Message: "e", Level: LevelError}}, NotAnalysed: []NotAnalysed{{"p", false, "broken"}}, Failures: []string{"no server"}}
	want := "::error title=connvet/not-complete::not complete: no server\n::error title=connvet/not-analysed::not analysed: p (broken)\n::error title=connvet::e\n::warning title=connvet::w\n"
	if got := string(write(t, "github", r, Options{})); got != want {
		t.Errorf("got:\n%swant:\n%s", got, want)
	}
}
