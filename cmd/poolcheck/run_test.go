package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/connvet/connvet/internal/schematest"
)

// An outcome is what a run of the command came to.
type outcome struct {
	code           int
	stdout, stderr string
}

// poolcheck runs the command in a world with some environment variables and
// standard input.
func poolcheckIn(ctx context.Context, environ map[string]string, stdin string, args ...string) outcome {
	var stdout, stderr bytes.Buffer
	e := &env{
		stdin: strings.NewReader(stdin), stdout: &stdout, stderr: &stderr, version: "v1.2.3",
		getenv: func(name string) string { return environ[name] },
	}
	code := run(ctx, args, e)
	return outcome{code, stdout.String(), stderr.String()}
}

// poolcheckOn runs the command on a server, without a window.
func poolcheckOn(t *testing.T, dsn string, args ...string) outcome {
	t.Helper()
	return poolcheckIn(t.Context(), map[string]string{"POOLCHECK_DSN": dsn}, "", append([]string{"-window", "0"}, args...)...)
}

// A DSN may come with the line end, and the mark, of a file of Windows.
func TestReadDSN(t *testing.T) {
	const dsn = "root:pässword@tcp(db:3306)/"
	file := filepath.Join(t.TempDir(), "dsn")
	for _, text := range []string{dsn, dsn + "\n", dsn + "\r\n", "\uFEFF" + dsn + "\r\n"} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		e := &env{stdin: strings.NewReader(text)}
		for _, s := range []source{{file: file}, {file: "-"}} {
			if got, err := s.read(e); got != dsn || err != nil {
				t.Errorf("%q from %s: %q, %v", text, s, got, err)
			}
		}
	}
}

func TestBeside(t *testing.T) {
	abs, err := filepath.Abs("dsn")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ dir, name, want string }{
		{"conf", "db/dsn", filepath.Join("conf", "db", "dsn")},
		{".", "../dsn", filepath.Join("..", "dsn")},
		{"conf", abs, abs},
		{filepath.Dir(abs), "dsn", abs},
	} {
		if got := beside(test.dir, test.name); got != test.want {
			t.Errorf("beside(%q, %q) = %q, want %q", test.dir, test.name, got, test.want)
		}
	}
}

const secret = "hunter2-S3cr3t"

// What is wrong with a command line is told in one line that repeats nothing
// which may be a DSN.
func TestUsage(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	manifest := "../../testdata/service.pools.json"
	tests := []struct {
		name string
		args []string
		dsn  string
		want string
	}{
		{"nothing", nil, "", "no pool to check"},
		{"no server", []string{"-max-open", "3"}, "", "no server to ask"},
		{"DSN as an argument", []string{"-max-open", "3", "root:" + secret + "@tcp(db)/"}, "", "an argument that is no flag"},
		{"DSN as a flag", []string{"-dsn", "root:" + secret + "@tcp(db)/"}, "", "visible to everybody"},
		{"DSN as a flag with =", []string{"-dsn=root:" + secret + "@tcp(db)/"}, "", "visible to everybody"},
		{"DSN that looks like a flag", []string{"-root:" + secret + "@tcp(db)/"}, "", "a flag that poolcheck does not have"},
		{"unknown flag", []string{"-instance", "3"}, "", "there is no flag -instance"},
		{"no number", []string{"-instances", secret}, "", "invalid value for flag -instances"},
		{"no instances", []string{"-instances", "0", "-max-open", "3"}, "", "-instances: want at least 1"},
		{"no surge", []string{"-surge", secret}, "", "invalid value for flag -surge: want a number of instances"},
		{"no setting", []string{"-set", secret}, "", "invalid value for flag -set: want NAME=VALUE"},
		{"no size", []string{"-ram", secret}, "", "invalid value for flag -ram"},
		{"no format", []string{"-max-open", "3", "-format", "xml"}, "", "-format: want one of text, json, sarif, rdjsonl, github, gitlab, markdown"},
		{"no preset", []string{"-max-open", "3", "-assume", "azure-flex:gp3"}, "", "-assume: "},
		{"fast watch", []string{"-max-open", "3", "-watch", "1ms"}, "", "-watch: want a duration of at least 100ms"},
		{"watch as JSON", []string{"-max-open", "3", "-watch", "1s", "-json"}, "", "it does not go with -format json"},
		{"watch without a server", []string{"-max-open", "3", "-watch", "1s", "-assume", "rds:16GiB"}, "", "-watch needs a server"},
		{"no manifest", []string{"-manifest", filepath.Join(dir, "none.json")}, "", "none.json"},
		{"bad manifest", []string{"-manifest", file("bad.json", `{"schema":"dbpools/v0"}`)}, "x@tcp(db)/", `bad.json: schema: want "dbpools/v1"`},
		{"misspelt setting", []string{"-manifest", manifest, "-set", "DB_MAX=3"}, "x@tcp(db)/", "-set DB_MAX: no setting of the manifest has that name"},
		{"no such program", []string{"-manifest", manifest, "-main", "x"}, "x@tcp(db)/", "no pool of the manifest belongs to x"},
		{"setting without a manifest", []string{"-max-open", "3", "-set", "A=3"}, "", "there is none"},
		{"flags and a file", []string{"-deployment", "x.yaml", "-instances", "3"}, "", "-instances and -deployment do not go together"},
		{"bad deployment", []string{"-deployment", file("bad.yaml", "services:\n  api:\n    instance: 3\n")}, "", "bad.yaml: line 3"},
		{"two inputs", []string{"-manifest", "-", "-dsn-file", "-"}, "", "cannot both be standard input"},
		{"URL", []string{"-max-open", "3"}, "mysql://root:" + secret + "@db/orders", "it is a URL"},
		{"no slash", []string{"-max-open", "3"}, "root:" + secret + "@tcp(db:3306)", "the slash before the database name is missing"},
		{"no network", []string{"-max-open", "3"}, "root:x@" + secret + "/orders", "its network is neither tcp nor unix"},
		{"other network", []string{"-max-open", "3"}, "root:x@" + secret + "(db)/orders", "its network is neither tcp nor unix"},
		{"open brace", []string{"-max-open", "3"}, "root:" + secret + "@tcp(db:3306/orders", "the address has no closing brace"},
		{"unknown TLS", []string{"-max-open", "3"}, "root:" + secret + "@tcp(db)/?tls=" + secret, "tls names a configuration"},
		{"bad parameter", []string{"-max-open", "3"}, "root:" + secret + "@tcp(db)/?timeout=" + secret, "it cannot be read"},
		{"empty file", []string{"-max-open", "3", "-dsn-file", file("empty", "\n")}, "", "there is no DSN"},
		{"no file", []string{"-max-open", "3", "-dsn-file", filepath.Join(dir, "none")}, "", "no such file"},
		{"unknown rule", []string{"explain", "C99"}, "", "there is no such rule"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := poolcheckIn(t.Context(), map[string]string{"POOLCHECK_DSN": test.dsn}, "", test.args...)
			if got.code != exitUsage || got.stdout != "" || !strings.Contains(got.stderr, test.want) {
				t.Errorf("exit code %d, want %d\n%s%s\nwant %s", got.code, exitUsage, got.stdout, got.stderr, test.want)
			}
			if lines := strings.Count(got.stderr, "\n"); lines != 2 {
				t.Errorf("%d lines on standard error, want one and where to look:\n%s", lines, got.stderr)
			}
			if strings.Contains(got.stderr, secret) {
				t.Errorf("the secret is shown: %s", got.stderr)
			}
		})
	}
}

// Without a server the answer comes from a table.
func TestAssume(t *testing.T) {
	tests := []struct {
		name string
		args []string
		code int
		want string
	}{
		{"fits", []string{"-max-open", "20", "-instances", "6"}, exitFits, "fits: the services may open at most 120 of 683 connections"},
		{"does not fit", []string{"-max-open", "120", "-instances", "6"}, exitMisfit, "does not fit: the services may open 720 connections, the server allows 683"},
		{"unbounded", []string{"-max-open", "0"}, exitMisfit, "db.SetMaxOpenConns(683)"},
		{"strict", []string{"-max-open", "100", "-instances", "6", "-strict"}, exitMisfit, "fits: the services may open at most 600 of 683 connections"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := poolcheckIn(t.Context(), nil, "", append([]string{"-assume", "azure-flex:gp2"}, test.args...)...)
			if got.code != test.code || !strings.Contains(got.stdout, test.want) || !strings.Contains(got.stdout, "assumed azure-flex:gp2") {
				t.Errorf("exit code %d, want %d\n%s%s\nwant %s", got.code, test.code, got.stdout, got.stderr, test.want)
			}
		})
	}
}

// A server that does not answer leaves the table's figures.
func TestAssumeWhenUnreachable(t *testing.T) {
	got := poolcheckOn(t, "root@tcp(127.0.0.1:1)/", "-assume", "azure-flex:gp2", "-max-open", "20")
	if got.code != exitFits || !strings.Contains(got.stdout, "cannot reach the server") || !strings.Contains(got.stderr, "cannot reach the server") {
		t.Errorf("exit code %d\n%s%s", got.code, got.stdout, got.stderr)
	}
}

func TestExplain(t *testing.T) {
	got := poolcheckIn(t.Context(), nil, "", "explain")
	if lines := strings.Count(got.stdout, "\n"); got.code != exitFits || lines != 35 {
		t.Errorf("%d rules\n%s", lines, got.stdout)
	}
	for _, name := range []string{"C12", "c12", "lifetime", "C12-lifetime"} {
		if got := poolcheckIn(t.Context(), nil, "", "explain", name); got.code != exitFits || !strings.HasPrefix(got.stdout, "C12 lifetime\n") {
			t.Errorf("%s: %s%s", name, got.stdout, got.stderr)
		}
	}
}

func TestHelp(t *testing.T) {
	for _, args := range [][]string{{"help"}, {"-h"}, {"-help"}} {
		if got := poolcheckIn(t.Context(), nil, "", args...); got.code != exitFits || !strings.Contains(got.stdout, "usage: poolcheck") {
			t.Errorf("%q: %d\n%s%s", args, got.code, got.stdout, got.stderr)
		}
	}
}

// validate checks JSON output against its schema.
func validate(t *testing.T, output string) {
	t.Helper()
	data, err := os.ReadFile("poolcheck-v1.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := schematest.Validate(schematest.Compile(t, data), []byte(output)); err != nil {
		t.Errorf("%v\n%s", err, output)
	}
}

func TestJSON(t *testing.T) {
	got := poolcheckIn(t.Context(), nil, "", "-assume", "azure-flex:gp2", "-json", "-manifest", "../../testdata/service.pools.json", "-instances", "60")
	if got.code != exitMisfit {
		t.Errorf("exit code %d: %s", got.code, got.stderr)
	}
	validate(t, got.stdout)
	for _, want := range []string{`"file": "cmd/shopd/connect.go"`, `"paste": "db.SetMaxOpenConns(11)"`, `"status": "error"`} {
		if !strings.Contains(got.stdout, want) {
			t.Errorf("no %s in\n%s", want, got.stdout)
		}
	}
}
