package editors

import (
	"encoding/json"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

// parse reads a file for VS Code.
func parse(t *testing.T, name string, v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(read(t, filepath.Join(snippets("vscode"), name))), v); err != nil {
		t.Fatal(err)
	}
}

// A task is what tasks.json is about.
type task struct {
	Command        string
	Args           []string
	ProblemMatcher struct {
		FileLocation []string
		Pattern      struct {
			Regexp                            string
			File, Line, Column, Message, Code int
		}
	}
}

func readTask(t *testing.T) task {
	t.Helper()
	var tasks struct{ Tasks []task }
	parse(t, "tasks.json", &tasks)
	if len(tasks.Tasks) != 1 || tasks.Tasks[0].Command != "connvet" {
		t.Fatalf("%+v", tasks)
	}
	return tasks.Tasks[0]
}

// match returns what the problem matcher of a task finds in its output.
func (task task) match(t *testing.T, out string) []finding {
	t.Helper()
	p := task.ProblemMatcher.Pattern
	re := regexp.MustCompile(p.Regexp)
	var found []finding
	for line := range strings.SplitSeq(out, "\n") {
		if m := re.FindStringSubmatch(line); m != nil {
			found = append(found, finding{File: m[p.File], Line: atoi(t, m[p.Line]), Col: atoi(t, m[p.Column]), Text: m[p.Message], Rule: m[p.Code]})
		}
	}
	return found
}

// withoutPaths returns the findings without their paths, which are no problems.
func withoutPaths(found []finding) []finding {
	for i := range found {
		found[i].Path = nil
	}
	return found
}

// TestTask applies the problem matcher to what the task prints.
func TestTask(t *testing.T) {
	task, dir := readTask(t), service(t)
	cmd := exec.CommandContext(t.Context(), connvet(t), task.Args...)
	cmd.Dir, cmd.Env = dir, environ(t)
	out, err := cmd.Output()
	if cmd.ProcessState.ExitCode() != 3 {
		t.Fatalf("%v\n%s", err, out)
	}
	equal(t, task.match(t, string(out)), withoutPaths(golden(t)))
}

// control matches what VS Code takes out of the output of a terminal.
var control = regexp.MustCompile(`\x1b\[[0-9;]*[A-Za-z]|\r$`)

// TestTaskTerminal does it on a terminal, which is where VS Code runs tasks: connvet
// prints colours and source lines.
func TestTaskTerminal(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("this script has other flags")
	}
	need(t, "script")
	task, dir := readTask(t), service(t)
	cmd := exec.CommandContext(t.Context(), "script", "-qec", connvet(t)+" "+strings.Join(task.Args, " "), "/dev/null")
	cmd.Dir, cmd.Env = dir, append(environ(t), "TERM=xterm-256color")
	out, err := cmd.Output()
	if cmd.ProcessState.ExitCode() != 3 || !strings.Contains(string(out), "\x1b[") {
		t.Fatalf("%v\n%s", err, out)
	}
	var lines []string
	for line := range strings.SplitSeq(string(out), "\n") {
		line = control.ReplaceAllString(line, "")
		lines = append(lines, line[strings.LastIndexByte(line, '\r')+1:])
	}
	equal(t, task.match(t, strings.Join(lines, "\n")), withoutPaths(golden(t)))
}

// toolRE is how the Go extension reads the output of the tool in go.lintTool. A line
// that begins with a tab is more text of the one before (runTool, in
// extension/src/diagnostics/diagnostics.ts of golang/vscode-go).
var toolRE = regexp.MustCompile(`^([^:]*: )?((.:)?[^:]*):(\d+)(:(\d+)?)?:(?:\w+:)? (.*)$`)

// TestLintTool reads the output as the Go extension does.
func TestLintTool(t *testing.T) {
	var settings map[string]string
	parse(t, "settings.json", &settings)
	if settings["go.lintTool"] != "connvet" || settings["go.lintOnSave"] != "workspace" {
		t.Errorf("%v", settings)
	}
	dir := service(t)
	cmd := exec.CommandContext(t.Context(), connvet(t), "./...")
	cmd.Dir, cmd.Env = dir, environ(t)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	stdout, err := cmd.Output()
	// It takes nothing from a tool that fails and prints an error.
	if cmd.ProcessState.ExitCode() != 3 || stderr.Len() > 0 {
		t.Fatalf("%v\n%s", err, &stderr)
	}
	var got []entry
	for line := range strings.SplitSeq(string(stdout), "\n") {
		if strings.HasPrefix(line, "\t") {
			got[len(got)-1].Text += "\n" + line
		} else if m := toolRE.FindStringSubmatch(line); m != nil {
			got = append(got, entry{File: m[2], Line: atoi(t, m[4]), Col: atoi(t, m[6]), Text: m[7]})
		}
	}
	var want []entry
	for _, f := range golden(t) {
		text := f.Text + " [" + f.Rule + "]"
		for _, s := range f.Path {
			text += "\n\t" + s.String()
		}
		want = append(want, entry{File: f.File, Line: f.Line, Col: f.Col, Text: text})
	}
	equal(t, got, want)
}

// TestREADME looks for the settings in the README, which also links to the files.
func TestREADME(t *testing.T) {
	readme := read(t, filepath.Join(root, "README.md"))
	for _, name := range []string{"settings.json", "golangci.json"} {
		text := read(t, filepath.Join(snippets("vscode"), name))
		text = strings.TrimSuffix(strings.TrimPrefix(text, "{\n"), "}\n")
		if !strings.Contains(readme, "```json\n"+text+"```\n") {
			t.Errorf("the README does not have\n%s", text)
		}
	}
	links := regexp.MustCompile(`\]\((testdata/editors/[^)]*)\)`).FindAllStringSubmatch(readme, -1)
	if len(links) != 5 {
		t.Errorf("%d links", len(links))
	}
	for _, link := range links {
		read(t, filepath.Join(root, filepath.FromSlash(link[1])))
	}
}
