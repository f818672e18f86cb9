package review

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// What is here is why the examples are as they are. If one of these tests fails
// with another version of reviewdog, an example may have become simpler.

// reviewdog runs reviewdog as a step of a workflow of the pull request itself: with
// the event that it knows, and in GitHub Actions.
func reviewdog(t *testing.T, g *fakeGitHub, rdjsonl string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	const event = `{"pull_request": {"number": 7, "head": {"sha": %q, "repo": {"owner": {"id": 2}}}, "base": {"repo": {"owner": {"id": 1}}}},
		"repository": {"name": "shop", "owner": {"login": "shop"}}}`
	dir := t.TempDir()
	write(t, dir, "event.json", fmt.Sprintf(event, g.pull.head))
	env := environ("CI=true", "GITHUB_ACTIONS=true", "GITHUB_EVENT_NAME=pull_request", "GITHUB_EVENT_PATH="+filepath.Join(dir, "event.json"),
		"GITHUB_API_URL="+g.url, "REVIEWDOG_GITHUB_API_TOKEN="+token)
	all := append([]string{"-f=rdjsonl", "-name=connvet", "-reporter=github-pr-review"}, args...)
	return command(t, g.pull.dir, env, rdjsonl, "reviewdog", all...)
}

// many returns a pull request that adds files, and diagnostics: n in new lines, one
// each in lines of files that have not changed there, and in others.
func many(t *testing.T, n, changed, others int) (*pull, string) {
	t.Helper()
	needTools(t)
	p := &pull{dir: t.TempDir()}
	var out strings.Builder
	at := func(name string, line int) {
		out.WriteString(strings.NewReplacer("a/b.go", name, `"line":3`, fmt.Sprintf(`"line":%d`, line), `"line":4`, fmt.Sprintf(`"line":%d`, line+1)).Replace(line0))
	}
	p.git(t, "init", "--quiet", "--initial-branch=main")
	for i := range changed {
		write(t, p.dir, fmt.Sprintf("changed%d.go", i), strings.Repeat("// A line.\n", 50))
	}
	write(t, p.dir, "README", "")
	p.base = p.commit(t)
	p.git(t, "checkout", "--quiet", "-b", "topic")
	for i := range changed {
		name := fmt.Sprintf("changed%d.go", i)
		write(t, p.dir, name, strings.Repeat("// A line.\n", 50)+"// Another.\n")
		at(name, 7)
	}
	write(t, p.dir, "new.go", strings.Repeat("// A line.\n", n+2))
	for i := range n {
		at("new.go", i+1)
	}
	for i := range others {
		at(fmt.Sprintf("other%d.go", i), 1)
	}
	p.head = p.commit(t)
	return p, out.String()
}

// line0 is line without what else it mentions.
var line0 = strings.Replace(line, `,"related_locations":[{"message":"r","location":{"path":"c.go","range":{"start":{"line":1}}}}]`, "", 1)

// In a job of a fork's pull request reviewdog says that it reports what it cannot
// post in another way, does not, and succeeds.
func TestReviewdogFork(t *testing.T) {
	p := newPull(t)
	g := newFakeGitHub(t, p)
	g.readOnly = true
	code, stdout, stderr := reviewdog(t, g, p.rdjsonl(t), "-fail-level=none")
	if code != 0 || !strings.Contains(stderr, "so reviewdog will report results via logging command") {
		t.Errorf("exit code %d\n%s", code, stderr)
	}
	if strings.Contains(stdout, "::warning") || strings.Contains(stderr, "::warning") {
		t.Errorf("it annotates:\n%s%s", stdout, stderr)
	}
	// Where the examples run it, it fails if it cannot post.
	a, _ := analyse(t, p)
	if r, failed := postComments(t, g, a.artifacts); failed != "Comment" || !strings.Contains(r.log, "403") {
		t.Errorf("%q failed:\n%s", failed, r.log)
	}
}

// With its default filter reviewdog says nothing of a leak whose cause is a line that
// is gone.
func TestReviewdogFilter(t *testing.T) {
	p := newPull(t)
	g := newFakeGitHub(t, p)
	if code, _, stderr := reviewdog(t, g, p.rdjsonl(t)); code != 0 {
		t.Errorf("exit code %d\n%s", code, stderr)
	}
	g.wantComments(t, "users/users.go:6-9")
}

// Without a filter, ten findings in files that have not changed make reviewdog post
// nothing, in GitHub Actions. Nothing is posted of these files elsewhere.
func TestReviewdogOthers(t *testing.T) {
	for others, comments := range map[int]int{9: 2, 10: 0} {
		p, rdjsonl := many(t, 2, 0, others)
		g := newFakeGitHub(t, p)
		code, _, stderr := reviewdog(t, g, rdjsonl, "-filter-mode=nofilter")
		if (code == 0) != (comments > 0) || len(g.comments) != comments {
			t.Errorf("%d: exit code %d, %d comments\n%s", others, code, len(g.comments), stderr)
		}
		if r, failed := postComments(t, g, artifact(rdjsonl)); failed != "" || len(g.comments) != 2 || len(g.checks) != 1 || len(g.checks[0].annotations) != others {
			t.Errorf("%d: %q failed, %d comments, checks %+v\n%s", others, failed, len(g.comments), g.checks, r.log)
		}
	}
}

// What is more than reviewdog posts at once is in the text of the review, and when
// it runs again it posts some more of it.
func TestReviewdogMany(t *testing.T) {
	p, rdjsonl := many(t, 40, 20, 0)
	g := newFakeGitHub(t, p)
	for try, comments := range []int{30 + 10, 40 + 20, 40 + 20} {
		if r, failed := postComments(t, g, artifact(rdjsonl)); failed != "" {
			t.Fatalf("%q failed:\n%s", failed, r.log)
		}
		if len(g.comments) != comments {
			t.Errorf("%d: %d comments, want %d", try, len(g.comments), comments)
		}
	}
	if len(g.reviews) != 2 || strings.Count(g.reviews[0], "<hr>") != 20 || strings.Count(g.reviews[1], "<hr>") != 0 {
		t.Errorf("%d reviews: %q", len(g.reviews), g.reviews)
	}
}

// A hundred findings are not too much for it.
func TestReviewdogLong(t *testing.T) {
	p, rdjsonl := many(t, 200, 0, 60)
	long := strings.ReplaceAll(rdjsonl, `"message":"m"`, `"message":"`+strings.Repeat("long ", 60)+`"`)
	g := newFakeGitHub(t, p)
	if code, _, stderr := reviewdog(t, g, long); code == 0 || !strings.Contains(stderr, "body is too long") || len(g.comments) != 0 {
		t.Errorf("exit code %d, %d comments\n%s", code, len(g.comments), stderr)
	}
	r, failed := postComments(t, g, artifact(long))
	if failed != "" || len(g.comments) != 30 || !strings.Contains(r.log, "only the first 100 findings are posted") {
		t.Errorf("%q failed, %d comments\n%s", failed, len(g.comments), r.log)
	}
}

// artifact returns an artifact of the first job.
func artifact(rdjsonl string) map[string]map[string]string {
	return map[string]map[string]string{"connvet": {"connvet.rdjsonl": rdjsonl}}
}
