package review

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// analyse runs the job without secrets, and returns what it keeps.
func analyse(t *testing.T, p *pull) (r *runner, failed string) {
	t.Helper()
	r = newRunner(t, make(map[string]map[string]string))
	r.values["github.event.pull_request.base.sha"] = p.base
	r.values["github.event.pull_request.head.sha"] = p.head
	r.uses["actions/checkout@v6"] = func(with map[string]string) {
		if with["ref"] != p.head || with["fetch-depth"] != "0" || with["persist-credentials"] != "false" {
			t.Errorf("checkout with %v", with)
		}
		must(t, r.workspace, "git", "clone", "--quiet", "--no-checkout", p.dir, ".")
		must(t, r.workspace, "git", "checkout", "--quiet", "--detach", p.head)
	}
	return r, r.run(workflow(t, "connvet.yml"), "analyse")
}

// postComments runs the job that has the token.
func postComments(t *testing.T, g *fakeGitHub, artifacts map[string]map[string]string) (r *runner, failed string) {
	t.Helper()
	r = newRunner(t, artifacts)
	head := map[string]any{"head_sha": g.pull.head, "head_branch": "topic", "event": "pull_request", "id": 12, "pull_requests": []int{}}
	r.event = map[string]any{"workflow_run": head, "repository": map[string]any{"name": "shop", "owner": map[string]string{"login": "shop"}}}
	maps.Copy(r.values, map[string]string{
		"github.api_url":                                        g.url,
		"github.token":                                          token,
		"github.event.workflow_run.id":                          "12",
		"github.event.workflow_run.head_sha":                    g.pull.head,
		"github.event.workflow_run.head_branch":                 "topic",
		"github.event.workflow_run.head_repository.owner.login": "alice",
	})
	r.uses["reviewdog/action-setup@v1"] = func(with map[string]string) {
		if want := must(t, ".", "go", "list", "-m", "-f", "{{.Version}}", "github.com/reviewdog/reviewdog"); with["reviewdog_version"] != want {
			t.Errorf("the example has reviewdog %s, this is %s", with["reviewdog_version"], want)
		}
	}
	return r, r.run(workflow(t, "connvet-review.yml"), "comment")
}

// places lists where comments are.
func (g *fakeGitHub) places() []string {
	var out []string
	for _, c := range g.comments {
		place := fmt.Sprintf("%s:%d", c.Path, c.Line)
		if c.StartLine != 0 {
			place = fmt.Sprintf("%s:%d-%d", c.Path, c.StartLine, c.Line)
		}
		if c.SubjectType != "" {
			place = c.Path
		}
		out = append(out, place)
	}
	slices.Sort(out)
	return out
}

// wantComments checks where comments are.
func (g *fakeGitHub) wantComments(t *testing.T, want ...string) {
	t.Helper()
	if got := g.places(); !slices.Equal(got, want) {
		t.Errorf("comments on %q, want %q", got, want)
		for _, c := range g.comments {
			t.Logf("%+v", c)
		}
	}
}

// All is told of what is new, and once.
func TestGitHub(t *testing.T) {
	p := newPull(t)
	g := newFakeGitHub(t, p)

	analysis, failed := analyse(t, p)
	if failed != "Summary" { // it is the one that tells
		t.Errorf("%q failed:\n%s", failed, analysis.log)
	}
	for _, want := range []string{"3 findings", "`users/users.go:6`", "`orders/orders.go:15`", "`report.go:6`"} {
		if !strings.Contains(analysis.summary, want) {
			t.Errorf("no %s in the summary:\n%s", want, analysis.summary)
		}
	}
	if strings.Contains(analysis.summary, "orders.go:6`") || len(analysis.summary) > 65535 {
		t.Errorf("the summary is:\n%s", analysis.summary)
	}

	for try := range 2 {
		r, failed := postComments(t, g, analysis.artifacts)
		if failed != "" {
			t.Fatalf("%q failed:\n%s", failed, r.log)
		}
		g.wantComments(t, "orders/orders.go", "users/users.go:6-9")
		if len(g.reviews) != 1 || g.reviews[0] != "" {
			t.Errorf("%d: the reviews are %q", try, g.reviews)
		}
		if len(g.checks) != try+1 { // of which GitHub shows the last
			t.Fatalf("%d: %d checks", try, len(g.checks))
		}
		c := g.checks[try]
		if len(c.annotations) != 1 || c.annotations[0].Path != "report.go" || c.annotations[0].Line != 6 || c.Conclusion != "neutral" {
			t.Errorf("the check is %+v", c)
		}
		if !strings.Contains(c.annotations[0].Details, "report.go:11: returns here with rows still open") {
			t.Errorf("the details are %q", c.annotations[0].Details)
		}
	}
	for _, body := range []string{g.comments[0].Body, g.comments[1].Body} {
		for _, want := range []string{
			"is not closed on every path", "[connleak/rows](https://github.com/connvet/connvet/blob/main/analyzers/rules/connleak-rows.md)",
			"https://github.com/shop/shop/blob/" + p.head,
		} {
			if !strings.Contains(body, want) {
				t.Errorf("no %s in:\n%s", want, body)
			}
		}
	}

	t.Run("suggestion", func(t *testing.T) {
		i := slices.IndexFunc(g.comments, func(c *comment) bool { return c.Path == "users/users.go" })
		c := g.comments[i]
		got := apply(t, added, c.StartLine, c.Line, c.Body)
		dir := t.TempDir()
		must(t, dir, "git", "clone", "--quiet", p.dir, ".")
		if code, out, stderr := command(t, dir, environ(), "", "connvet", "-since", p.base+"...", "-fix", "./..."); code != 0 {
			t.Fatalf("-fix: exit code %d\n%s%s", code, out, stderr)
		}
		if want := read(t, filepath.Join(dir, "users", "users.go")); got != want || got == added {
			t.Errorf("got:\n%s\nwant:\n%s", got, want)
		}
	})

	t.Run("shifted", func(t *testing.T) {
		write(t, p.dir, "users/users.go", strings.Replace(added, "\n", "\n\n// More lines.\n", 1))
		p.head = p.commit(t)
		a, _ := analyse(t, p)
		if r, failed := postComments(t, g, a.artifacts); failed != "" {
			t.Fatalf("%q failed:\n%s", failed, r.log)
		}
		g.wantComments(t, "orders/orders.go", "users/users.go:8-11")
	})

	t.Run("answered", func(t *testing.T) {
		i := slices.IndexFunc(g.comments, func(c *comment) bool { return c.Path == "users/users.go" })
		g.add(&comment{Path: "users/users.go", Line: 11, Body: "Why?", ReplyTo: g.comments[i].ID})
		write(t, p.dir, "users/users.go", added)
		p.head = p.commit(t)
		a, _ := analyse(t, p)
		if r, failed := postComments(t, g, a.artifacts); failed != "" {
			t.Fatalf("%q failed:\n%s", failed, r.log)
		}
		// What somebody has answered to stays, and so is said again.
		g.wantComments(t, "orders/orders.go", "users/users.go:11", "users/users.go:6-9", "users/users.go:8-11")
		g.comments = slices.DeleteFunc(g.comments, func(c *comment) bool { return c.Line == 11 })
	})

	t.Run("fixed", func(t *testing.T) {
		must(t, p.dir, "connvet", "-since", p.base+"...", "-fix", "./...")
		p.head = p.commit(t)
		checks := len(g.checks)
		a, failed := analyse(t, p)
		if failed != "" || !strings.Contains(a.summary, "nothing new") {
			t.Errorf("%q failed:\n%s", failed, a.summary)
		}
		if r, failed := postComments(t, g, a.artifacts); failed != "" {
			t.Fatalf("%q failed:\n%s", failed, r.log)
		}
		g.wantComments(t)
		if len(g.checks) != checks {
			t.Errorf("a check: %+v", g.checks[checks:])
		}
	})
}

// Nothing is posted for what is no longer the pull request's head.
func TestGitHubStale(t *testing.T) {
	p := newPull(t)
	g := newFakeGitHub(t, p)
	a, _ := analyse(t, p)
	stale := *p
	stale.head = "0123456789012345678901234567890123456789"
	g.pull = &stale
	r := newRunner(t, a.artifacts)
	maps.Copy(r.values, map[string]string{
		"github.api_url": g.url, "github.token": token,
		"github.event.workflow_run.head_sha": p.head, "github.event.workflow_run.head_branch": "topic",
		"github.event.workflow_run.head_repository.owner.login": "alice",
	})
	if failed := r.run(workflow(t, "connvet-review.yml"), "comment"); failed != "" {
		t.Errorf("%q failed:\n%s", failed, r.log)
	}
	if want := []string{"GET /repos/shop/shop/pulls"}; !slices.Equal(g.requests, want) {
		t.Errorf("the requests are %q", g.requests)
	}
}

// apply returns a text with the lines from start to end replaced by the only
// suggestion of a comment.
func apply(t *testing.T, text string, start, end int, body string) string {
	t.Helper()
	_, rest, found := strings.Cut(body, "```suggestion")
	_, rest, _ = strings.Cut(rest, "\n")
	suggested, _, closed := strings.Cut(rest, "\n```")
	if !found || !closed || strings.Contains(body, "suggestion error") {
		t.Fatalf("no suggestion in:\n%s", body)
	}
	lines := strings.Split(text, "\n")
	return strings.Join(slices.Concat(lines[:start-1], []string{suggested}, lines[end:]), "\n")
}
