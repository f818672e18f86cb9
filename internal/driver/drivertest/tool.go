package drivertest

import (
	"encoding/json"
	"fmt"
	"go/token"
	"os"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/connvet/connvet/internal/unit"
	"github.com/connvet/connvet/internal/unit/vetcfg"
)

// EnvLog names an environment variable, and that a file to which the vettool
// appends a line for each package that it is started for.
const EnvLog = "CONNVET_TEST_LOG"

// Main is to be called by TestMain. If the test binary was started as a
// vettool it becomes one, else it runs the tests.
func Main(m *testing.M) {
	if unit.IsUnitInvocation(os.Args[1:]) {
		log(os.Args[len(os.Args)-1])
		unit.Main(unit.Config{Name: "connvet", Analyzers: []*analysis.Analyzer{config, connleak, deferinloop}})
	}
	os.Exit(m.Run())
}

// log logs the package that a *.cfg file describes.
func log(filename string) {
	name := os.Getenv(EnvLog)
	if name == "" || !strings.HasSuffix(filename, ".cfg") {
		return
	}
	var cfg vetcfg.Config
	data, err := os.ReadFile(filename)
	if err == nil {
		err = json.Unmarshal(data, &cfg)
	}
	if err != nil {
		panic(err)
	}
	file, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	if err != nil {
		panic(err)
	}
	defer file.Close()
	if _, err := file.WriteString(cfg.ID + "\n"); err != nil {
		panic(err)
	}
}

var (
	connleak    = &analysis.Analyzer{Name: "connleak", Doc: "connleak: a stand-in", Run: report}
	deferinloop = &analysis.Analyzer{Name: "deferinloop", Doc: "deferinloop: a stand-in", Run: report}
	config      = &analysis.Analyzer{Name: "connvet", Doc: "connvet: a stand-in", Run: configure}

	strict, generated, notes bool
	models, explain          string
)

func init() {
	config.Flags.BoolVar(&strict, "strict", false, "")
	config.Flags.BoolVar(&generated, "generated", false, "")
	config.Flags.BoolVar(&notes, "notes", false, "")
	config.Flags.StringVar(&models, "models", "", "")
	config.Flags.StringVar(&explain, "explain", "", "")
}

// configure is the Run of the config analyzer.
func configure(pass *analysis.Pass) (any, error) {
	for _, d := range directives(pass) {
		switch {
		case d.verb == "settings":
			text := fmt.Sprintf("strict=%t generated=%t notes=%t", strict, generated, notes)
			if models != "" {
				data, err := os.ReadFile(models)
				text += fmt.Sprintf(" models=%q %v", data, err)
			}
			pass.Report(analysis.Diagnostic{Pos: d.start, Category: "ignore", Message: text + " [connvet/ignore]"})
		case d.verb == "panic":
			panic("as told")
		case explain == fmt.Sprintf("%s:%d", d.position.Filename, d.position.Line):
			pass.Report(analysis.Diagnostic{Pos: d.start, Category: "explain", Message: "born here\n\treleased nowhere"})
		}
	}
	return report(pass)
}

// report is the Run of the other analyzers.
func report(pass *analysis.Pass) (any, error) {
	var all []*analysis.Diagnostic
	made := make(map[*analysis.Diagnostic]bool)
	for _, d := range directives(pass) {
		name, category, _ := strings.Cut(d.verb, "/")
		if name == pass.Analyzer.Name {
			all = append(all, &analysis.Diagnostic{
				Pos: d.start, End: d.end, Category: category,
				Message: d.arg + " [" + d.verb + "]",
			})
			continue
		}
		if len(all) == 0 || !d.mine(pass.Analyzer.Name) {
			continue
		}
		last := all[len(all)-1]
		switch d.verb {
		case "step":
			last.Related = append(last.Related, analysis.RelatedInformation{Pos: d.start, End: d.end, Message: d.arg})
		case "insert", "replace":
			fix, done := d.fix()
			last.SuggestedFixes = append(last.SuggestedFixes, fix)
			made[last] = made[last] || done
		}
	}
	for _, d := range all {
		if !made[d] {
			pass.Report(*d)
		}
	}
	return nil, nil
}

// A directive is one comment.
type directive struct {
	verb, arg  string
	analyzer   string    // of the diagnostic that it belongs to
	start, end token.Pos // of the expression
	position   token.Position
	eol        token.Pos // the end of its line
	offset     int       // of its line

	fileStart token.Pos
	text      string // of the file
}

// mine reports whether the directive adds to a diagnostic of an analyzer.
func (d *directive) mine(analyzer string) bool { return d.analyzer == analyzer }

// fix makes the fix that an insert or replace directive describes, and tells
// whether it has been made.
func (d *directive) fix() (fix analysis.SuggestedFix, done bool) {
	args := strings.Split(d.arg, " => ")
	message := args[0]
	if d.verb == "insert" {
		text := strings.ReplaceAll(args[1], `\n`, "\n")
		return analysis.SuggestedFix{Message: message, TextEdits: []analysis.TextEdit{
			{Pos: d.eol, End: d.eol, NewText: []byte("\n" + text)},
		}}, strings.Contains(d.text, "\n"+text) || strings.Contains(d.text, "\t"+text)
	}
	i := strings.Index(d.text, args[1])
	if i > d.offset { // what is left is the directive
		return analysis.SuggestedFix{}, true
	}
	pos := d.fileStart + token.Pos(i)
	return analysis.SuggestedFix{Message: message, TextEdits: []analysis.TextEdit{
		{Pos: pos, End: pos + token.Pos(len(args[1])), NewText: []byte(args[2])},
	}}, false
}

// directives returns the directives of a package.
func directives(pass *analysis.Pass) []*directive {
	var all []*directive
	analyzer := ""
	for _, f := range pass.Files {
		file := pass.Fset.File(f.FileStart)
		data, err := pass.ReadFile(file.Name())
		if err != nil {
			continue
		}
		offset := 0
		for line := range strings.Lines(string(data)) {
			if code, text, ok := strings.Cut(line, "//@"); ok && offset+len(line) <= file.Size() {
				d := newDirective(file, string(data), offset, code, strings.TrimSpace(text))
				if name, _, ok := strings.Cut(d.verb, "/"); ok || name == "deferinloop" {
					analyzer = name
				}
				d.analyzer = analyzer
				all = append(all, d)
			}
			offset += len(line)
		}
	}
	return all
}

// newDirective parses a directive after the code of a line.
func newDirective(file *token.File, data string, offset int, code, text string) *directive {
	d := &directive{text: data, offset: offset, fileStart: file.Pos(0)}
	d.verb, d.arg, _ = strings.Cut(text, " ")
	from, to := len(code)-len(strings.TrimLeft(code, " \t")), len(strings.TrimRight(code, " \t"))
	if i := strings.Index(code, "= "); i >= 0 {
		from = i + len("= ")
	}
	d.start, d.end = file.Pos(offset+from), file.Pos(offset+max(from, to))
	d.position = file.Position(d.start)
	d.eol = file.Pos(offset + strings.IndexByte(data[offset:]+"\n", '\n'))
	return d
}
