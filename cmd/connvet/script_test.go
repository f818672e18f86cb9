package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/connvet/connvet/internal/driver/drivertest"
)

var update = flag.Bool("update", false, "rewrite the expected output in testdata")

func TestMain(m *testing.M) { drivertest.Main(m) }

// wantFile is the file of a script's archive that holds the expected output.
const wantFile = "want"

// TestScripts runs the scripts in testdata. A script is a txtar archive: its
// comment holds commands, one on a line, its files are the module to run them
// in, and the file "want" is what they print.
//
//	connvet ARGS            run the command
//	terminal connvet ARGS   run it with standard output on a terminal
//	cat FILE                print a file
//	env NAME=VALUE          set an environment variable of the commands to come
//	# ...                   a comment
func TestScripts(t *testing.T) {
	scripts, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(scripts) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, script := range scripts {
		t.Run(strings.TrimSuffix(filepath.Base(script), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(script)
			if err != nil {
				t.Fatal(err)
			}
			var want string
			module := &txtar.Archive{}
			for _, f := range archive.Files {
				if f.Name == wantFile {
					want = string(f.Data)
				} else {
					module.Files = append(module.Files, f)
				}
			}
			got := runScript(t, string(archive.Comment), drivertest.Module(t, string(txtar.Format(module))))
			if got == want {
				return
			}
			if !*update {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
				return
			}
			module.Comment = archive.Comment
			module.Files = append(module.Files, txtar.File{Name: wantFile, Data: []byte(got)})
			if err := os.WriteFile(script, txtar.Format(module), 0o666); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// runScript runs commands in a directory and returns what they print, without
// what differs between machines.
func runScript(t *testing.T, commands, dir string) string {
	t.Helper()
	cache := t.TempDir()
	environ := append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off")
	var out bytes.Buffer
	for line := range strings.Lines(commands) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		fmt.Fprintf(&out, "$ %s\n", line)
		args := strings.Fields(line)
		terminal := args[0] == "terminal"
		if terminal {
			args = args[1:]
		}
		for i := range args {
			args[i] = strings.ReplaceAll(args[i], "DIR", dir)
		}
		switch args[0] {
		case "env":
			environ = append(environ, args[1:]...)
			continue
		case "cat":
			data, err := os.ReadFile(filepath.Join(dir, args[1]))
			if err != nil {
				t.Fatal(err)
			}
			out.Write(data)
			continue
		}
		var stdout, stderr bytes.Buffer
		code := run(t.Context(), args[1:], &env{
			stdout:  &stdout,
			stderr:  &stderr,
			version: "v1.2.3",
			dir:     dir,
			environ: environ,
			tool:    os.Executable,
			cache:   func() (string, error) { return cache, nil },
			frames:  terminal,
			color:   terminal,
		})
		out.Write(stdout.Bytes())
		for line := range strings.Lines(stderr.String()) {
			fmt.Fprintf(&out, "stderr: %s", line)
		}
		fmt.Fprintf(&out, "exit %d\n", code)
	}
	tool, _ := os.Executable()
	text := strings.NewReplacer(
		dir, "DIR", filepath.ToSlash(dir), "DIR",
		tool, "TOOL", cache, "CACHE",
		"\x1b", "<ESC>",
	).Replace(out.String())
	return strings.NewReplacer(`DIR\`, "DIR/", `CACHE\connvet\models\`, "CACHE/connvet/models/").Replace(text)
}
