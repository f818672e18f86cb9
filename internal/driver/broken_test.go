package driver

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/connvet/connvet/internal/driver/drivertest"
)

// options returns the options of a run in a module.
func options(t *testing.T, archive string) Options {
	t.Helper()
	tool, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return Options{
		Dir:      drivertest.Module(t, archive),
		Env:      append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off"),
		Tool:     tool,
		Patterns: []string{"./..."},
		Tests:    true,
	}
}

// panicPlace is where the stand-in panics.
var panicPlace = regexp.MustCompile(` \(tool\.go:\d+\)`)

// leak makes a finding in line 6 of a file that has a package clause before it.
const leak = "\nfunc query() int { return 0 }\n\nfunc F() {\n\t_ = query() //@connleak/rows rows is not closed\n}\n"

// brokenTests are modules with broken packages, and what is left of them.
var brokenTests = []struct {
	name        string
	archive     string
	findings    []string // file:line
	notAnalysed []string
	noTests     bool
}{
	{
		name: "clean", archive: "-- a/a.go --\npackage a\n",
	},
	{
		name:     "finding",
		archive:  "-- a/a.go --\npackage a\n" + leak,
		findings: []string{"a/a.go:6"},
	},
	{
		name: "unresolvable import",
		archive: "-- a/a.go --\npackage a\n" + leak + `
-- bad/bad.go --
package bad

import _ "nosuch.example/x"
-- dep/dep.go --
package dep

import _ "example.com/m/bad"
-- deep/deep.go --
package deep

import _ "example.com/m/dep"
`,
		findings: []string{"a/a.go:6"},
		notAnalysed: []string{
			"example.com/m/bad (bad/bad.go:3:8: cannot find module providing package nosuch.example/x: module lookup disabled by GOPROXY=off)",
			"example.com/m/deep (imports broken example.com/m/bad)",
			"example.com/m/dep (imports broken example.com/m/bad)",
		},
	},
	{
		name: "type error",
		archive: "-- a/a.go --\npackage a\n" + leak + `
-- bad/bad.go --
package bad

import _ "database/sql"

var X = undefined
-- dep/dep.go --
package dep

import _ "example.com/m/bad"
`,
		findings: []string{"a/a.go:6"},
		notAnalysed: []string{
			"example.com/m/bad (does not type-check: bad/bad.go:5:9: undefined: undefined)",
			"example.com/m/dep (imports broken example.com/m/bad)",
		},
	},
	{
		name: "package that imports two broken ones",
		archive: "-- a/a.go --\npackage a\n\nvar X = undefined\n-- b/b.go --\npackage b\n\nvar X = undefined\n" +
			"-- c/c.go --\npackage c\n\nimport (\n\t_ \"example.com/m/a\"\n\t_ \"example.com/m/b\"\n)\n",
		notAnalysed: []string{
			"example.com/m/a (does not type-check: a/a.go:3:9: undefined: undefined)",
			"example.com/m/b (does not type-check: b/b.go:3:9: undefined: undefined)",
			"example.com/m/c (imports broken example.com/m/a)",
		},
	},
	{
		name:        "syntax error",
		archive:     "-- a/a.go --\npackage a\n" + leak + "-- bad/bad.go --\npackage bad\n\nfunc F() {\n",
		findings:    []string{"a/a.go:6"},
		notAnalysed: []string{"example.com/m/bad (does not type-check: bad/bad.go:3:12: expected '}', found 'EOF')"},
	},
	{
		name:        "syntax error in an import clause",
		archive:     "-- a/a.go --\npackage a\n" + leak + "-- bad/bad.go --\npackage bad\n\nimport \"fmt\n",
		findings:    []string{"a/a.go:6"},
		notAnalysed: []string{"example.com/m/bad (bad/bad.go:3:8: string literal not terminated)"},
	},
	{
		name:     "test with an unresolvable import",
		archive:  "-- a/a.go --\npackage a\n" + leak + "-- a/a_test.go --\npackage a\n\nimport _ \"nosuch.example/x\"\n",
		findings: []string{"a/a.go:6"},
		notAnalysed: []string{
			"tests of example.com/m/a (a/a_test.go:3:8: cannot find module providing package nosuch.example/x: module lookup disabled by GOPROXY=off)",
		},
	},
	{
		name:     "test that does not parse",
		archive:  "-- a/a.go --\npackage a\n" + leak + "-- a/a_test.go --\npackage a\n\nimp \"fmt\"\n",
		findings: []string{"a/a.go:6"},
		notAnalysed: []string{
			"tests of example.com/m/a (a/a_test.go:3:1: expected declaration, found imp)",
		},
	},
	{
		name:     "test with a type error",
		archive:  "-- a/a.go --\npackage a\n" + leak + "-- a/a_test.go --\npackage a\n\nvar X = undefined\n",
		findings: []string{"a/a.go:6"},
		notAnalysed: []string{
			"tests of example.com/m/a (does not type-check: a/a_test.go:3:9: undefined: undefined)",
		},
	},
	{
		name: "external and internal tests with type errors",
		archive: "-- a/a.go --\npackage a\n" + leak + "-- a/a_test.go --\npackage a\n\nvar X = undefined\n" +
			"-- a/x_test.go --\npackage a_test\n\nimport _ \"example.com/m/a\"\n\nvar X = undefined\n",
		findings: []string{"a/a.go:6"},
		notAnalysed: []string{
			"tests of example.com/m/a (does not type-check: a/a_test.go:3:9: undefined: undefined)",
		},
	},
	{
		name: "tests with type errors of a package that is imported",
		archive: "-- a/a.go --\npackage a\n-- a/a_test.go --\npackage a\n\nvar X = undefined\n" +
			"-- a/x_test.go --\npackage a_test\n\nimport _ \"example.com/m/a\"\n\nvar X = undefined\n" +
			"-- b/b.go --\npackage b; import _ \"example.com/m/a\"\n" + leak,
		findings: []string{"b/b.go:6"},
		notAnalysed: []string{
			"tests of example.com/m/a (does not type-check: a/a_test.go:3:9: undefined: undefined)",
		},
	},
	{
		name:     "external test with a type error",
		archive:  "-- a/a.go --\npackage a\n" + leak + "-- a/x_test.go --\npackage a_test\n\nvar X = undefined\n",
		findings: []string{"a/a.go:6"},
		notAnalysed: []string{
			"tests of example.com/m/a (does not type-check: a/x_test.go:3:9: undefined: undefined)",
		},
	},
	{
		name: "test that imports a broken package",
		archive: "-- a/a.go --\npackage a\n" + leak + "-- a/a_test.go --\npackage a\n\nimport _ \"example.com/m/bad\"\n" +
			"-- bad/bad.go --\npackage bad\n\nvar X = undefined\n",
		findings: []string{"a/a.go:6"},
		notAnalysed: []string{
			"example.com/m/bad (does not type-check: bad/bad.go:3:9: undefined: undefined)",
			"tests of example.com/m/a (imports broken example.com/m/bad)",
		},
	},
	{
		name: "test that imports a package that cannot be loaded",
		archive: "-- a/a.go --\npackage a\n" + leak + "-- a/a_test.go --\npackage a_test\n\nimport _ \"example.com/m/bad\"\n" +
			"-- bad/bad.go --\npackage bad\n\nimport _ \"nosuch.example/x\"\n",
		findings: []string{"a/a.go:6"},
		notAnalysed: []string{
			"example.com/m/bad (bad/bad.go:3:8: cannot find module providing package nosuch.example/x: module lookup disabled by GOPROXY=off)",
			"tests of example.com/m/a (imports broken example.com/m/bad)",
		},
	},
	{
		name: "package in a directory that is called like a test main",
		archive: "-- a.test/a.go --\npackage a\n" + leak +
			"-- a.test/a_test.go --\npackage a\n\nvar X = undefined\n",
		findings:    []string{"a.test/a.go:6"},
		notAnalysed: []string{"tests of example.com/m/a.test (does not type-check: a.test/a_test.go:3:9: undefined: undefined)"},
	},
	{
		name:     "broken tests that nobody asked for",
		archive:  "-- a/a.go --\npackage a\n" + leak + "-- a/a_test.go --\npackage a\n\nvar X = undefined\n",
		noTests:  true,
		findings: []string{"a/a.go:6"},
	},
	{
		name:     "findings in tests",
		archive:  "-- a/a.go --\npackage a\n" + leak + "-- a/a_test.go --\npackage a\n\nfunc G() {\n\t_ = query() //@connleak/tx tx\n}\n",
		findings: []string{"a/a.go:6", "a/a_test.go:4"},
	},
	{
		name:     "findings in tests that nobody asked for",
		archive:  "-- a/a.go --\npackage a\n" + leak + "-- a/a_test.go --\npackage a\n\nfunc G() {\n\t_ = query() //@connleak/tx tx\n}\n",
		noTests:  true,
		findings: []string{"a/a.go:6"},
	},
	{
		name:        "nothing but broken tests",
		archive:     "-- a/a_test.go --\npackage a\n\nvar X = undefined\n",
		notAnalysed: []string{"example.com/m/a (does not type-check: a/a_test.go:3:9: undefined: undefined)"},
	},
	{
		name: "package that has only tests on this system",
		archive: "-- a/a.go --\npackage a\n" + leak +
			"-- bad/bad.go --\n//go:build never\n\npackage bad\n-- bad/x_test.go --\npackage bad_test\n\nimport _ \"example.com/m/bad\"\n" +
			"-- dep/dep.go --\npackage dep\n\nimport _ \"example.com/m/bad\"\n" +
			"-- t/t.go --\npackage t\n" + leak + "-- t/t_test.go --\npackage t\n\nimport _ \"example.com/m/dep\"\n",
		findings: []string{"a/a.go:6", "t/t.go:6"},
		notAnalysed: []string{
			"example.com/m/bad (build constraints exclude all Go files in DIR/bad)",
			"example.com/m/dep (imports broken example.com/m/bad)",
			"tests of example.com/m/t (imports broken example.com/m/bad)",
		},
	},
	{
		name: "package that has no files on this system",
		archive: "-- a/a.go --\npackage a\n" + leak + "-- bad/bad.go --\n//go:build never\n\npackage bad\n" +
			"-- dep/dep.go --\npackage dep\n\nimport _ \"example.com/m/bad\"\n",
		findings: []string{"a/a.go:6"},
		notAnalysed: []string{
			"example.com/m/dep (imports broken example.com/m/bad: build constraints exclude all Go files in DIR/bad)",
		},
	},
	{
		name: "import cycle",
		archive: "-- a/a.go --\npackage a\n\nimport _ \"example.com/m/b\"\n" +
			"-- b/b.go --\npackage b\n\nimport _ \"example.com/m/a\"\n-- c/c.go --\npackage c\n" + leak,
		findings: []string{"c/c.go:6"},
		notAnalysed: []string{
			"example.com/m/a (import cycle not allowed)",
			"example.com/m/b (imports broken example.com/m/a)",
		},
	},
	{
		name:        "two packages in a directory",
		archive:     "-- a/a.go --\npackage a\n-- a/b.go --\npackage b\n-- c/c.go --\npackage c\n" + leak,
		findings:    []string{"c/c.go:6"},
		notAnalysed: []string{"example.com/m/a (found packages a (a.go) and b (b.go) in DIR/a)"},
	},
	{
		name:        "an analyzer that panics",
		archive:     "-- a/a.go --\npackage a //@panic\n-- c/c.go --\npackage c\n" + leak,
		findings:    []string{"c/c.go:6"},
		notAnalysed: []string{"example.com/m/a (connvet: internal error: as told)"},
	},
}

// A broken package costs itself and what depends on it, and is named with a
// reason; its tests cost only themselves.
func TestBrokenPackages(t *testing.T) {
	for _, test := range brokenTests {
		t.Run(test.name, func(t *testing.T) {
			o := options(t, test.archive)
			o.Tests = !test.noTests
			result, err := Run(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			var findings, notAnalysed []string
			for _, f := range result.Report.Findings {
				place, _, _ := strings.Cut(f.Location.String(), ":")
				findings = append(findings, place+":"+strings.Split(f.Location.String(), ":")[1])
			}
			for _, n := range result.Report.NotAnalysed {
				text := strings.ReplaceAll(n.String(), filepath.ToSlash(o.Dir), "DIR")
				notAnalysed = append(notAnalysed, panicPlace.ReplaceAllString(text, ""))
			}
			slices.Sort(notAnalysed)
			if !slices.Equal(findings, test.findings) {
				t.Errorf("findings:\n%s\nwant:\n%s", strings.Join(findings, "\n"), strings.Join(test.findings, "\n"))
			}
			if !slices.Equal(notAnalysed, test.notAnalysed) {
				t.Errorf("not analysed:\n%s\nwant:\n%s", strings.Join(notAnalysed, "\n"), strings.Join(test.notAnalysed, "\n"))
			}
		})
	}
}
