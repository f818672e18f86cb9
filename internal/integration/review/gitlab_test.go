package review

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"gopkg.in/yaml.v3"
)

// A note is one in a merge request.
type note struct {
	Body     string `json:"body"`
	Position struct {
		Path    string `json:"new_path"`
		Line    int    `json:"new_line"`
		OldPath string `json:"old_path,omitempty"`
		OldLine int    `json:"old_line,omitempty"`
		HeadSHA string `json:"head_sha"`
	} `json:"position"`
}

// newFakeGitLab serves a merge request, and returns where to, and its notes.
func newFakeGitLab(t *testing.T, p *pull) (url string, notes func() []note) {
	t.Helper()
	var mu sync.Mutex
	var all []note
	mux := http.NewServeMux()
	handle := func(pattern string, f func(q *http.Request) any) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, q *http.Request) {
			mu.Lock()
			defer mu.Unlock()
			if got := q.Header.Get("Private-Token"); got != token {
				t.Errorf("%s %s: the token is %q", q.Method, q.URL, got)
			}
			answer(w, f(q))
		})
	}
	const mr = "/api/v4/projects/shop%2Fshop/merge_requests/7"
	handle("GET "+mr, func(*http.Request) any { return map[string]any{"target_project_id": 3, "target_branch": "main"} })
	handle("GET /api/v4/projects/3/repository/branches/main", func(*http.Request) any {
		return map[string]any{"commit": map[string]string{"id": p.base}}
	})
	handle("GET "+mr+"/discussions", func(*http.Request) any {
		out := []any{}
		for _, n := range all {
			out = append(out, map[string]any{"notes": []note{n}})
		}
		return out
	})
	handle("POST "+mr+"/discussions", func(q *http.Request) any {
		var n note
		if err := json.NewDecoder(q.Body).Decode(&n); err != nil {
			t.Error(err)
		}
		all = append(all, n)
		return map[string]any{}
	})
	mux.HandleFunc("/", func(_ http.ResponseWriter, q *http.Request) { t.Errorf("unexpected request: %s %s", q.Method, q.URL) })
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s.URL + "/api/v4", func() []note {
		slices.SortFunc(all, func(a, b note) int { return strings.Compare(a.Position.Path, b.Position.Path) })
		return all
	}
}

// script returns the script of a job of the example.
func script(t *testing.T, job string) string {
	t.Helper()
	var jobs map[string]struct {
		Script    []string
		Variables map[string]string
		Artifacts struct{ Reports map[string]string }
	}
	if err := yaml.Unmarshal([]byte(read(t, filepath.Join(root, "testdata", "ci", "gitlab.yml"))), &jobs); err != nil {
		t.Fatal(err)
	}
	j := jobs[job]
	if j.Variables["GIT_DEPTH"] != "0" {
		t.Errorf("%s: a shallow clone", job)
	}
	var lines []string
	for _, line := range j.Script {
		if !strings.HasPrefix(line, "go install ") { // they are on PATH
			lines = append(lines, line)
		} else if v := must(t, ".", "go", "list", "-m", "-f", "{{.Version}}", "github.com/reviewdog/reviewdog"); strings.Contains(line, "reviewdog@") && !strings.HasSuffix(line, "@"+v) {
			t.Errorf("this is reviewdog %s: %s", v, line)
		}
	}
	return "set -eo pipefail\n" + strings.Join(lines, "\n")
}

func TestGitLab(t *testing.T) {
	p := newPull(t)
	url, notes := newFakeGitLab(t, p)
	dir := t.TempDir()
	must(t, dir, "git", "clone", "--quiet", p.dir, ".")
	mergeBase := p.git(t, "merge-base", p.base, p.head)
	env := environ("CI=true", "CI_API_V4_URL="+url, "CI_PROJECT_NAMESPACE=shop", "CI_PROJECT_NAME=shop", "CI_COMMIT_SHA="+p.head,
		"CI_MERGE_REQUEST_IID=7", "CI_MERGE_REQUEST_DIFF_BASE_SHA="+mergeBase)
	if code, _, stderr := command(t, dir, env, "", "bash", "-c", script(t, "connvet")); code != 0 {
		t.Fatalf("exit code %d\n%s", code, stderr)
	}
	var issues []struct {
		Location struct{ Path string }
	}
	if err := json.Unmarshal([]byte(read(t, filepath.Join(dir, "gl-code-quality-report.json"))), &issues); err != nil || len(issues) != 4 {
		t.Errorf("%v, %+v", err, issues)
	}

	for try := range 2 {
		code, _, stderr := command(t, dir, append(env, "REVIEWDOG_GITLAB_API_TOKEN="+token), "", "bash", "-c", script(t, "connvet-review"))
		if code != 0 {
			t.Fatalf("exit code %d\n%s", code, stderr)
		}
		all := notes()
		if len(all) != 2 { // what is in a file that has not changed is in the report
			t.Fatalf("%d: %d notes: %+v", try, len(all), all)
		}
		old, added := all[0].Position, all[1].Position
		if old.Path != "orders/orders.go" || old.Line != 15 || old.OldPath != old.Path || old.OldLine != 15 || old.HeadSHA != p.head {
			t.Errorf("%+v", old)
		}
		if added.Path != "users/users.go" || added.Line != 6 || added.OldLine != 0 {
			t.Errorf("%+v", added)
		}
		if !strings.Contains(all[1].Body, "```suggestion:-0+3\n") {
			t.Errorf("no suggestion in:\n%s", all[1].Body)
		}
	}

	// On the target branch there is nothing to compare with, and nobody to ask.
	must(t, dir, "git", "checkout", "--quiet", "--detach", p.base)
	env = environ("CI=true")
	if code, _, stderr := command(t, dir, env, "", "bash", "-c", script(t, "connvet")); code != 0 {
		t.Errorf("exit code %d\n%s", code, stderr)
	}
}
