package report

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"strings"
)

// What GitHub Actions shows of what one step says.
const (
	githubMaxShown   = 10   // annotations of a kind
	githubMaxMessage = 4096 // UTF-16 code units
)

// githubCommands are the commands of levels.
var githubCommands = map[Level]string{LevelError: "error", LevelWarning: "warning", LevelNote: "notice"}

// writeGitHub writes a report as workflow commands, of which GitHub Actions
// makes annotations. The worst come first: of each kind only so many are shown,
// and all are in the log. What kept the analysis from being complete are
// errors, as the command's exit code is. A finding without a file is an
// annotation of the workflow.
func writeGitHub(w io.Writer, r *Report, o Options) error {
	r = withIncomplete(r, o.tool())
	g := &githubWriter{options: o, sources: r.Sources}
	shown := make(map[Level]int)
	for _, f := range r.Findings {
		shown[f.Level.known()]++
	}
	if more := notShown(shown); more > 0 { // before other notices, or it would not be shown itself
		g.command(githubCommands[LevelNote], []string{"title", o.tool()}, []string{
			Count(more, "more finding") + " not shown: GitHub shows " + Count(githubMaxShown, "annotation") + " of a kind, the log has all",
		})
	}
	for _, i := range bySeverity(r.Findings) {
		g.finding(r.Findings[i])
	}
	_, err := w.Write(g.out.Bytes())
	return err
}

// notShown counts the annotations above the limits. A notice that says so takes
// the place of another.
func notShown(levels map[Level]int) int {
	more := max(0, levels[LevelError]-githubMaxShown) + max(0, levels[LevelWarning]-githubMaxShown)
	if more == 0 && levels[LevelNote] <= githubMaxShown {
		return 0
	}
	return more + max(0, levels[LevelNote]-(githubMaxShown-1))
}

// A githubWriter builds the commands of one report.
type githubWriter struct {
	options Options
	sources *Sources
	out     bytes.Buffer
}

// finding adds the command of a finding.
func (g *githubWriter) finding(f Finding) {
	names := namer{g.options.Root, g.sources}
	var properties []string
	if f.Location.File != "" {
		properties = append(properties, "file", names.name(f.Location.File))
	}
	if f.Location.Start.Line > 0 {
		r := newRegion(f.Location, g.sources)
		properties = append(properties, "line", fmt.Sprint(r.StartLine), "endLine", fmt.Sprint(r.EndLine))
		if r.StartColumn > 0 && r.StartLine == r.EndLine { // of several lines it takes no columns
			properties = append(properties, "col", fmt.Sprint(r.StartColumn))
		}
	}
	properties = append(properties, "title", oneLine(cmp.Or(f.Rule, g.options.tool())))

	lines := []string{clip(oneLine(sentences(f.Message, f.Advice)), 2*markdownText)}
	if len(f.Fixes) > 0 && f.Fixes[0].Message != "" {
		lines = append(lines, "fix: "+clip(oneLine(f.Fixes[0].Message), markdownText))
	}
	room := githubMaxMessage - len(utf16Units(strings.Join(lines, "\n"))) - len("\n999999999 earlier steps not shown")
	var path []string
	for i := len(f.Path) - 1; i >= 0; i-- {
		line := names.line(f.Path[i])
		if room -= len(utf16Units(line)) + len("\n"); room < 0 {
			path = append(path, Count(i+1, "earlier step")+" not shown")
			break
		}
		path = append(path, line)
	}
	for i := len(path) - 1; i >= 0; i-- {
		lines = append(lines, path[i])
	}
	g.command(githubCommands[f.Level.known()], properties, lines)
}

// command adds a command with properties, which are names and values, and lines
// of text.
func (g *githubWriter) command(name string, properties, lines []string) {
	g.out.WriteString("::" + name)
	for i := 0; i < len(properties); i += 2 {
		sep := ","
		if i == 0 {
			sep = " "
		}
		g.out.WriteString(sep + properties[i] + "=" + githubProperty.Replace(properties[i+1]))
	}
	g.out.WriteString("::" + githubData.Replace(strings.Join(lines, "\n")) + "\n")
}

// How values and the text of a command are written.
var (
	githubData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)
