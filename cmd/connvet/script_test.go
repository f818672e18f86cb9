package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
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
//	real connvet ARGS       run it with the analyzers that users get, not stand-ins
//	crlf FILE               end its lines as on Windows
//	cat FILE                print a file; <CR> is a carriage return
//	env NAME=VALUE          set an environment variable of the commands to come
//	# ...                   a comment
func TestScripts(t *testing.T) {
	scripts, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(scripts) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	tool := sync.OnceValues(func() (string, error) { return buildTool(t), nil })
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
			got := runScript(t, string(archive.Comment), drivertest.Module(t, string(txtar.Format(module))), tool)
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

// A script is a run of commands in a directory.
type script struct {
	dir     string
	cache   string
	environ []string
	tool    func() (string, error) // the command as users get it
	out     bytes.Buffer
}

// runScript runs commands in a directory and returns what they print, without
// what differs between machines.
func runScript(t *testing.T, commands, dir string, tool func() (string, error)) string {
	t.Helper()
	s := &script{dir: dir, cache: t.TempDir(), tool: tool}
	s.environ = append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off")
	for line := range strings.Lines(commands) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		fmt.Fprintf(&s.out, "$ %s\n", line)
		s.run(t, strings.Fields(strings.ReplaceAll(line, "DIR", dir)))
	}
	self, _ := os.Executable()
	text := strings.NewReplacer(
		dir, "DIR", filepath.ToSlash(dir), "DIR",
		self, "TOOL", s.cache, "CACHE",
		"\x1b", "<ESC>", "\r", "<CR>", "%PATH%", "$PATH",
	).Replace(s.out.String())
	return strings.NewReplacer(`DIR\`, "DIR/", `CACHE\connvet\models\`, "CACHE/connvet/models/").Replace(text)
}

// run runs one command.
func (s *script) run(t *testing.T, args []string) {
	t.Helper()
	terminal, tool := false, os.Executable
	for {
		switch args[0] {
		case "terminal":
			terminal = true
		case "real":
			tool = s.tool
		case "env":
			s.environ = append(s.environ, args[1:]...)
			return
		case "crlf":
			name := filepath.Join(s.dir, args[1])
			data, err := os.ReadFile(name)
			if err == nil {
				err = os.WriteFile(name, bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n")), 0o666)
			}
			if err != nil {
				t.Fatal(err)
			}
			return
		case "cat":
			data, err := os.ReadFile(filepath.Join(s.dir, args[1]))
			if err != nil {
				t.Fatal(err)
			}
			s.out.Write(data)
			return
		default:
			s.connvet(t, args[1:], terminal, tool)
			return
		}
		args = args[1:]
	}
}

// connvet runs the command; tool is its vettool.
func (s *script) connvet(t *testing.T, args []string, terminal bool, tool func() (string, error)) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code := run(t.Context(), args, &env{
		stdout:  &stdout,
		stderr:  &stderr,
		version: "v1.2.3",
		dir:     s.dir,
		environ: s.environ,
		tool:    tool,
		cache:   func() (string, error) { return s.cache, nil },
		frames:  terminal,
		color:   terminal,
	})
	s.out.Write(stdout.Bytes())
	for line := range strings.Lines(stderr.String()) {
		fmt.Fprintf(&s.out, "stderr: %s", line)
	}
	fmt.Fprintf(&s.out, "exit %d\n", code)
}
