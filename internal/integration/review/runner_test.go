package review

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rhysd/actionlint"
)

// A runner runs jobs of workflows as GitHub Actions does, as far as the examples
// need it.
type runner struct {
	t         *testing.T
	workspace string
	temp      string
	values    map[string]string            // what expressions stand for
	artifacts map[string]map[string]string // texts of files, by artifact and name
	uses      map[string]func(with map[string]string)
	env       []string
	event     any

	summary string
	log     string
}

// newRunner returns a runner with a workspace that is empty, and no token.
func newRunner(t *testing.T, artifacts map[string]map[string]string) *runner {
	r := &runner{t: t, workspace: t.TempDir(), temp: t.TempDir(), artifacts: artifacts}
	r.values = map[string]string{"runner.temp": r.temp, "github.repository": "shop/shop", "github.repository_owner": "shop", "github.event.repository.name": "shop"}
	r.uses = map[string]func(map[string]string){
		"actions/setup-go@v6":          func(map[string]string) {},
		"actions/upload-artifact@v7":   r.upload,
		"actions/download-artifact@v8": r.download,
	}
	return r
}

// upload keeps a file.
func (r *runner) upload(with map[string]string) {
	text, err := os.ReadFile(with["path"])
	if err != nil {
		r.t.Error(err)
	}
	r.artifacts[with["name"]] = map[string]string{filepath.Base(with["path"]): string(text)}
}

// download writes what was kept.
func (r *runner) download(with map[string]string) {
	files, ok := r.artifacts[with["name"]]
	if !ok {
		r.t.Errorf("there is no artifact %q", with["name"])
	}
	for name, text := range files {
		write(r.t, with["path"], name, text)
	}
}

// workflow reads a workflow of the examples.
func workflow(t *testing.T, name string) *actionlint.Workflow {
	t.Helper()
	w, errs := actionlint.Parse([]byte(read(t, filepath.Join(root, "testdata", "ci", "github", name))))
	for _, err := range errs {
		t.Fatal(err)
	}
	return w
}

// run runs the steps of a job, and returns the name of the first that fails, or "".
// Those that come after it are run only if they say so.
func (r *runner) run(w *actionlint.Workflow, job string) (failed string) {
	r.t.Helper()
	j := w.Jobs[job]
	env := r.environ(w.Env, j.Env)
	for _, s := range j.Steps {
		name := ""
		if s.Name != nil {
			name = s.Name.Value
		}
		if !r.condition(s.If, failed == "") {
			continue
		}
		switch exec := s.Exec.(type) {
		case *actionlint.ExecAction:
			use := r.uses[exec.Uses.Value]
			if use == nil {
				r.t.Fatalf("what is %s?", exec.Uses.Value)
			}
			with := make(map[string]string)
			for key, in := range exec.Inputs {
				with[key] = r.expand(in.Value.Value)
			}
			use(with)
		case *actionlint.ExecRun:
			if !r.script(j, s, exec, append(env, r.environ(s.Env)...)) && failed == "" {
				failed = name
			}
		}
	}
	return failed
}

// script runs the script of a step, and reports whether it succeeds.
func (r *runner) script(j *actionlint.Job, s *actionlint.Step, e *actionlint.ExecRun, env []string) bool {
	r.t.Helper()
	text := e.Run.Value
	if strings.HasPrefix(text, "go install github.com/connvet/connvet/cmd/connvet@") {
		return true // it is on PATH
	}
	if strings.Contains(text, "${{") {
		r.t.Errorf("an expression is part of a script, where it would be run:\n%s", text)
	}
	args := []string{"-e"} // what GitHub does if nothing else is said
	shell := e.Shell
	if shell == nil && j.Defaults != nil && j.Defaults.Run != nil {
		shell = j.Defaults.Run.Shell
	}
	if shell != nil && shell.Value == "bash" {
		args = []string{"--noprofile", "--norc", "-eo", "pipefail"}
	}
	write(r.t, r.temp, "script.sh", text)
	write(r.t, r.temp, "output", "")
	event, err := json.Marshal(r.event)
	if err != nil {
		r.t.Fatal(err)
	}
	write(r.t, r.temp, "event.json", string(event))
	all := environ(
		"CI=true", "GITHUB_ACTIONS=true", "GITHUB_EVENT_PATH="+filepath.Join(r.temp, "event.json"), "GITHUB_API_URL="+r.values["github.api_url"],
		"GITHUB_REPOSITORY=shop/shop", "GITHUB_SHA=0000", "RUNNER_TEMP="+r.temp, "GITHUB_WORKSPACE="+r.workspace,
		"GITHUB_OUTPUT="+filepath.Join(r.temp, "output"), "GITHUB_STEP_SUMMARY="+filepath.Join(r.temp, "summary.md"))
	code, stdout, stderr := command(r.t, r.workspace, append(all, env...), "", "bash", append(args, filepath.Join(r.temp, "script.sh"))...)
	r.log += stdout + stderr
	if strings.Contains(r.log, token) {
		r.t.Error("the token is in the log")
	}
	for line := range strings.Lines(read(r.t, filepath.Join(r.temp, "output"))) {
		key, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
		r.values["steps."+s.ID.Value+".outputs."+key] = value
	}
	if summary, err := os.ReadFile(filepath.Join(r.temp, "summary.md")); err == nil {
		r.summary = string(summary)
	}
	return code == 0
}

// environ returns the environment that steps or jobs ask for.
func (r *runner) environ(all ...*actionlint.Env) []string {
	var out []string
	for _, env := range all {
		if env == nil {
			continue
		}
		for _, v := range env.Vars {
			out = append(out, v.Name.Value+"="+r.expand(v.Value.Value))
		}
	}
	return out
}

var expression = regexp.MustCompile(`\$\{\{ *(.*?) *\}\}`)

// expand replaces expressions.
func (r *runner) expand(s string) string {
	return expression.ReplaceAllStringFunc(s, func(m string) string {
		name := expression.FindStringSubmatch(m)[1]
		value, ok := r.values[name]
		if !ok {
			r.t.Errorf("what is %s?", name)
		}
		return value
	})
}

// condition reports whether a step is run; ok says whether all went well so far.
func (r *runner) condition(s *actionlint.String, ok bool) bool {
	switch {
	case s == nil:
		return ok
	case s.Value == "${{ !cancelled() }}":
		return true
	case regexp.MustCompile(`^steps\.\w+\.outputs\.\w+$`).MatchString(s.Value):
		return ok && r.values[s.Value] != ""
	}
	r.t.Errorf("what is %q?", s.Value)
	return false
}
