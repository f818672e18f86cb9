package review

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// token is what the fakes know who may write by.
const token = "s3cret"

// A fakeGitHub is GitHub with one pull request, of a fork. It refuses what GitHub
// refuses: comments on lines that are not in the diff, and texts that are too long.
type fakeGitHub struct {
	t   *testing.T
	url string

	mu       sync.Mutex
	pull     *pull
	readOnly bool // the token may not write
	nextID   int
	comments []*comment
	reviews  []string // texts of
	checks   []*check
	requests []string // that write, and those for the pull request
}

// A comment is one of a review.
type comment struct {
	ID          int    `json:"id"`
	Path        string `json:"path"`
	Body        string `json:"body"`
	Line        int    `json:"line"`
	StartLine   int    `json:"start_line,omitempty"`
	Side        string `json:"side"`
	SubjectType string `json:"subject_type,omitempty"`
	CommitID    string `json:"commit_id,omitempty"`
	ReplyTo     int    `json:"in_reply_to_id,omitempty"`
}

// A check is a check run.
type check struct {
	Name        string
	HeadSHA     string `json:"head_sha"`
	Conclusion  string
	annotations []annotation
}

type annotation struct {
	Path    string `json:"path"`
	Line    int    `json:"start_line"`
	Message string `json:"message"`
	Details string `json:"raw_details"`
}

// newFakeGitHub serves until the test ends.
func newFakeGitHub(t *testing.T, p *pull) *fakeGitHub {
	t.Helper()
	g := &fakeGitHub{t: t, pull: p}
	mux := http.NewServeMux()
	handle := func(pattern string, f func(w http.ResponseWriter, q *http.Request)) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, q *http.Request) {
			g.mu.Lock()
			defer g.mu.Unlock()
			if got := q.Header.Get("Authorization"); got != "Bearer "+token {
				t.Errorf("%s %s: the token is %q", q.Method, q.URL, got)
			}
			if q.Method != http.MethodGet {
				g.requests = append(g.requests, q.Method+" "+q.URL.Path)
				if g.readOnly {
					refuse(w, http.StatusForbidden, "Resource not accessible by integration")
					return
				}
			}
			f(w, q)
		})
	}
	const repo = "/repos/shop/shop"
	handle("GET "+repo, func(w http.ResponseWriter, _ *http.Request) {
		answer(w, map[string]any{"html_url": "https://github.com/shop/shop"})
	})
	handle("GET "+repo+"/pulls", g.findPulls)
	handle("GET "+repo+"/pulls/7", g.getPull)
	handle("GET "+repo+"/pulls/7/files", g.getFiles)
	handle("GET "+repo+"/pulls/7/comments", func(w http.ResponseWriter, q *http.Request) {
		g.paged(w, q, len(g.comments), func(i int) any { return g.comments[i] })
	})
	handle("POST "+repo+"/pulls/7/comments", g.postComment)
	handle("POST "+repo+"/pulls/7/reviews", g.postReview)
	handle("DELETE "+repo+"/pulls/comments/{id}", g.deleteComment)
	handle("POST "+repo+"/check-runs", g.postCheck)
	handle("PATCH "+repo+"/check-runs/{id}", g.updateCheck)
	mux.HandleFunc("/", func(_ http.ResponseWriter, q *http.Request) { t.Errorf("unexpected request: %s %s", q.Method, q.URL) })
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	g.url = s.URL
	return g
}

func answer(w http.ResponseWriter, v any) { json.NewEncoder(w).Encode(v) }

func refuse(w http.ResponseWriter, code int, message string) {
	w.WriteHeader(code)
	answer(w, map[string]string{"message": message})
}

// paged answers with the part of a list that is asked for.
func (g *fakeGitHub) paged(w http.ResponseWriter, q *http.Request, n int, item func(i int) any) {
	page, size := 1, 30
	for name, v := range map[string]*int{"page": &page, "per_page": &size} {
		if s := q.FormValue(name); s != "" {
			*v, _ = strconv.Atoi(s)
		}
	}
	out := []any{}
	for i := (page - 1) * size; i < min(page*size, n); i++ {
		out = append(out, item(i))
	}
	if page*size < n {
		next := *q.URL
		values := url.Values{"page": {strconv.Itoa(page + 1)}, "per_page": {strconv.Itoa(size)}}
		next.RawQuery = values.Encode()
		w.Header().Set("Link", fmt.Sprintf("<%s%s>; rel=\"next\"", g.url, &next))
	}
	answer(w, out)
}

func (g *fakeGitHub) findPulls(w http.ResponseWriter, q *http.Request) {
	g.requests = append(g.requests, "GET "+q.URL.Path)
	if got := q.FormValue("head"); got != "alice:topic" || q.FormValue("state") != "open" {
		g.t.Errorf("pull requests of %q", got)
	}
	head := func(sha string) map[string]string { return map[string]string{"sha": sha} }
	answer(w, []map[string]any{{"number": 6, "head": head("0123")}, {"number": 7, "head": head(g.pull.head)}})
}

func (g *fakeGitHub) getPull(w http.ResponseWriter, q *http.Request) {
	if !strings.HasSuffix(q.Header.Get("Accept"), "diff") {
		g.t.Errorf("the pull request as %q", q.Header.Get("Accept"))
	}
	io.WriteString(w, g.pull.diff(g.t))
}

func (g *fakeGitHub) getFiles(w http.ResponseWriter, q *http.Request) {
	files := slices.Sorted(maps.Keys(diffLines(g.pull.diff(g.t))))
	g.paged(w, q, len(files), func(i int) any { return map[string]string{"filename": files[i]} })
}

// check says why GitHub would refuse a comment, which is a request as a whole.
func (g *fakeGitHub) check(c *comment, line bool) string {
	hunks, ok := diffLines(g.pull.diff(g.t))[c.Path]
	switch {
	case !ok:
		return "pull_request_review_thread.path is invalid"
	case len([]rune(c.Body)) > 65536:
		return "body is too long (maximum is 65536 characters)"
	case !line:
		return ""
	case c.Side != "RIGHT" || hunks[c.Line] == 0:
		return "pull_request_review_thread.line must be part of the diff"
	case c.StartLine != 0 && (c.StartLine >= c.Line || hunks[c.StartLine] != hunks[c.Line]):
		return "pull_request_review_thread.start_line must precede the end line, and be part of the same hunk as the line"
	}
	return ""
}

func (g *fakeGitHub) add(c *comment) {
	g.nextID++
	c.ID = g.nextID
	g.comments = append(g.comments, c)
}

func (g *fakeGitHub) postReview(w http.ResponseWriter, q *http.Request) {
	var in struct {
		CommitID string `json:"commit_id"`
		Event    string
		Body     string
		Comments []*comment
	}
	g.decode(q, &in)
	if in.CommitID != g.pull.head || in.Event != "COMMENT" {
		g.t.Errorf("a review of %s with the event %q", in.CommitID, in.Event)
	}
	if len([]rune(in.Body)) > 65536 {
		refuse(w, http.StatusUnprocessableEntity, "body is too long (maximum is 65536 characters)")
		return
	}
	for _, c := range in.Comments {
		if reason := g.check(c, true); reason != "" {
			refuse(w, http.StatusUnprocessableEntity, reason)
			return
		}
	}
	g.reviews = append(g.reviews, in.Body)
	for _, c := range in.Comments {
		g.add(c)
	}
	answer(w, map[string]any{})
}

func (g *fakeGitHub) postComment(w http.ResponseWriter, q *http.Request) {
	c := new(comment)
	g.decode(q, c)
	if c.SubjectType != "file" || c.CommitID != g.pull.head {
		g.t.Errorf("a comment: %+v", c)
	}
	if reason := g.check(c, false); reason != "" {
		refuse(w, http.StatusUnprocessableEntity, reason)
		return
	}
	c.Line = 1
	g.add(c)
	answer(w, c)
}

func (g *fakeGitHub) deleteComment(w http.ResponseWriter, q *http.Request) {
	id, _ := strconv.Atoi(q.PathValue("id"))
	n := len(g.comments)
	g.comments = slices.DeleteFunc(g.comments, func(c *comment) bool { return c.ID == id })
	if len(g.comments) == n {
		g.t.Errorf("there is no comment %d to delete", id)
	}
	w.WriteHeader(http.StatusNoContent)
}

func (g *fakeGitHub) postCheck(w http.ResponseWriter, q *http.Request) {
	c := new(check)
	g.decode(q, c)
	if c.HeadSHA != g.pull.head {
		g.t.Errorf("a check of %s", c.HeadSHA)
	}
	g.checks = append(g.checks, c)
	answer(w, map[string]int{"id": len(g.checks)})
}

func (g *fakeGitHub) updateCheck(w http.ResponseWriter, q *http.Request) {
	var in struct {
		Conclusion string
		Output     struct {
			Summary     string
			Annotations []annotation
		}
	}
	g.decode(q, &in)
	if len(in.Output.Annotations) > 50 || len([]rune(in.Output.Summary)) > 65535 {
		refuse(w, http.StatusUnprocessableEntity, "Invalid request")
		return
	}
	id, _ := strconv.Atoi(path.Base(q.URL.Path))
	c := g.checks[id-1]
	c.annotations = append(c.annotations, in.Output.Annotations...)
	c.Conclusion = in.Conclusion
	answer(w, map[string]int{"id": id})
}

func (g *fakeGitHub) decode(q *http.Request, v any) {
	if err := json.NewDecoder(q.Body).Decode(v); err != nil {
		g.t.Errorf("%s %s: %v", q.Method, q.URL, err)
	}
}

// diffLines returns, for each file of a diff, the lines of its new text that are
// shown, and the hunks that they are in.
func diffLines(diff string) map[string]map[int]int {
	files := make(map[string]map[int]int)
	var lines map[int]int
	line, hunk := 0, 0
	for text := range strings.Lines(diff) {
		switch {
		case strings.HasPrefix(text, "+++ b/"):
			lines = make(map[int]int)
			files[strings.TrimSuffix(text[len("+++ b/"):], "\n")] = lines
		case strings.HasPrefix(text, "@@ "):
			_, to, _ := strings.Cut(text, "+")
			fmt.Sscan(strings.FieldsFunc(to, func(r rune) bool { return r == ',' || r == ' ' })[0], &line)
			hunk++
		case strings.HasPrefix(text, "+") && !strings.HasPrefix(text, "+++"), strings.HasPrefix(text, " "):
			lines[line] = hunk
			line++
		}
	}
	return files
}
