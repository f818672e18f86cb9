package reviewdog

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-github/v74/github"
	"github.com/reviewdog/reviewdog/filter"
	githubservice "github.com/reviewdog/reviewdog/service/github"
	gitlabservice "github.com/reviewdog/reviewdog/service/gitlab"
	gitlab "gitlab.com/gitlab-org/api/client-go"

	"github.com/connvet/connvet/internal/report"
)

// fixes are the fixes that are suggested.
var fixes = []struct {
	name  string
	edits [][2]string
}{
	{"below the finding", [][2]string{{"\t_ = rows", "\tdefer rows.Close()\n\t_ = rows"}}},
	{"in several places", [][2]string{{"rows, err", "_, err"}, {"Query", "Exec"}, {"\t_ = rows", "\t_ = err"}}},
	{"with lines gone", [][2]string{{"\t_ = rows", ""}}},
}

// Whoever takes a suggestion, and where ever reviewdog was started, has the
// file that connvet -fix would make.
func TestPost(t *testing.T) {
	hosts := map[string]func(t *testing.T, dir string, input []byte, text string) string{"GitHub": onGitHub, "GitLab": onGitLab}
	for host, post := range hosts {
		for _, fix := range fixes {
			for eol, name := range map[string]string{"\n": "LF", "\r\n": "CRLF"} {
				for _, sub := range []string{".", "go/svc"} {
					t.Run(fmt.Sprintf("%s/%s/%s/in %s", host, fix.name, name, sub), func(t *testing.T) {
						text := strings.ReplaceAll(source, "\n", eol)
						root, r := write(t, text, ending(fix.edits, eol)...)
						plan := report.PlanFixes(r, func(string) string { return "" })
						if len(plan.Files) != 1 {
							t.Fatalf("the fix is not made: %+v", plan.Skipped)
						}
						dir := filepath.Join(root, filepath.FromSlash(sub))
						t.Chdir(dir) // connvet is started where reviewdog is
						if got, want := post(t, dir, rdjsonl(t, r, root), text), string(plan.Files[0].New); got != want {
							t.Errorf("got:\n%q\nwant:\n%q", got, want)
						}
					})
				}
			}
		}
	}
}

// ending returns edits whose lines end as those of the file.
func ending(edits [][2]string, eol string) [][2]string {
	edits = slices.Clone(edits)
	for i := range edits {
		edits[i][1] = strings.ReplaceAll(edits[i][1], "\n", eol)
	}
	return edits
}

// Without a filter also what has no place is posted, and nothing is refused.
func TestCheck(t *testing.T) {
	root, r := write(t, source)
	type annotation struct {
		Path    string `json:"path"`
		Start   int    `json:"start_line"`
		Level   string `json:"annotation_level"`
		Message string `json:"message"`
	}
	var got []annotation
	mux := http.NewServeMux()
	mux.HandleFunc("POST /repos/o/r/check-runs", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"id": 1}`) })
	mux.HandleFunc("PATCH /repos/o/r/check-runs/1", func(w http.ResponseWriter, q *http.Request) {
		var in struct {
			Output struct{ Annotations []annotation }
		}
		if err := json.NewDecoder(q.Body).Decode(&in); err != nil {
			t.Error(err)
		}
		got = append(got, in.Output.Annotations...)
		fmt.Fprint(w, `{}`)
	})
	check, err := githubservice.NewGitHubCheck(githubClient(t, mux), "o", "r", 1, "sha", "", "connvet")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(root)
	post(t, root, rdjsonl(t, r, root), source, filter.ModeNoFilter, check)
	want := []annotation{
		{"no-file", 1, "failure", "not analysed: example.com/svc/b (does not type-check)"},
		{file, 5, "warning", "rows is not closed on every path"},
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// onGitHub posts a review, and applies the suggestion of its only comment.
func onGitHub(t *testing.T, dir string, input []byte, text string) string {
	var review struct {
		Comments []struct {
			Path, Body string
			Line       int
			StartLine  int `json:"start_line"`
		}
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /repos/o/r/pulls/1/comments", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "[]") })
	mux.HandleFunc("GET /repos/o/r", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"html_url": "https://github.com/o/r"}`) })
	mux.HandleFunc("POST /repos/o/r/pulls/1/reviews", func(w http.ResponseWriter, q *http.Request) {
		if err := json.NewDecoder(q.Body).Decode(&review); err != nil {
			t.Error(err)
		}
		fmt.Fprint(w, "{}")
	})
	pr := githubservice.NewGitHubPullRequest(githubClient(t, mux), "o", "r", 1, "sha", "", "connvet")
	post(t, dir, input, text, filter.ModeAdded, pr)
	if len(review.Comments) != 1 || review.Comments[0].Path != file {
		t.Fatalf("the comments are %+v", review.Comments)
	}
	c := review.Comments[0]
	if !strings.Contains(c.Body, "https://github.com/o/r/blob/sha/"+file+"#L12-L12") {
		t.Errorf("the path is missing in:\n%s", c.Body)
	}
	if c.StartLine == 0 {
		c.StartLine = c.Line
	}
	return apply(t, text, c.StartLine, c.Line, c.Body)
}

// A discussion is what is posted to GitLab.
type discussion struct {
	Body     string
	Position struct {
		Path string `json:"new_path"`
		Line int    `json:"new_line"`
	}
}

// onGitLab posts a discussion, and applies its suggestion.
func onGitLab(t *testing.T, dir string, input []byte, text string) string {
	var all []discussion
	mux := http.NewServeMux()
	answer := func(pattern, body string) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, body) })
	}
	const mr = "/api/v4/projects/o%2Fr/merge_requests/1"
	answer("GET "+mr+"/discussions", "[]")
	answer("GET "+mr, `{"target_project_id": 7, "target_branch": "main"}`)
	answer("GET /api/v4/projects/7/repository/branches/main", `{"commit": {"id": "base"}}`)
	mux.HandleFunc("POST "+mr+"/discussions", func(w http.ResponseWriter, q *http.Request) {
		var d discussion
		if err := json.NewDecoder(q.Body).Decode(&d); err != nil {
			t.Error(err)
		}
		all = append(all, d)
		fmt.Fprint(w, "{}")
	})
	client, err := gitlab.NewClient("", gitlab.WithBaseURL(serve(t, mux)))
	if err != nil {
		t.Fatal(err)
	}
	post(t, dir, input, text, filter.ModeAdded, gitlabservice.NewGitLabMergeRequestDiscussionCommenter(client, "o", "r", 1, "sha"))
	if len(all) != 1 || all[0].Position.Path != file {
		t.Fatalf("the discussions are %+v", all)
	}
	more := 0
	_, lines, _ := strings.Cut(all[0].Body, "suggestion:-0+")
	if _, err := fmt.Sscan(lines, &more); err != nil {
		t.Fatalf("no suggestion in:\n%s", all[0].Body)
	}
	return apply(t, text, all[0].Position.Line, all[0].Position.Line+more, all[0].Body)
}

// githubClient returns a client of a server that stands in for GitHub.
func githubClient(t *testing.T, mux *http.ServeMux) *github.Client {
	t.Helper()
	base, err := url.Parse(serve(t, mux) + "/")
	if err != nil {
		t.Fatal(err)
	}
	client := github.NewClient(nil)
	client.BaseURL = base
	return client
}

// serve serves until the test ends.
func serve(t *testing.T, mux *http.ServeMux) string {
	mux.HandleFunc("/", func(_ http.ResponseWriter, q *http.Request) { t.Errorf("unexpected request: %s %s", q.Method, q.URL) })
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s.URL
}

// apply returns the text with the lines from start to end replaced by the only
// suggestion of a comment. As code hosts do, it keeps the ends of lines.
func apply(t *testing.T, text string, start, end int, body string) string {
	t.Helper()
	eol := "\n"
	if strings.Contains(text, "\r\n") {
		eol = "\r\n"
	}
	fence, count := "", 0
	var suggested []string
	for line := range strings.SplitSeq(body, "\n") {
		ticks := line[:len(line)-len(strings.TrimLeft(line, "`"))]
		switch {
		case fence == "" && len(ticks) >= 3 && strings.HasPrefix(line[len(ticks):], "suggestion"):
			fence, count = ticks, count+1
		case fence == "":
		case line == fence:
			fence = ""
		default:
			suggested = append(suggested, strings.TrimSuffix(line, "\r"))
		}
	}
	if count != 1 || fence != "" || strings.Contains(body, "suggestion error") {
		t.Fatalf("not one suggestion in:\n%s", body)
	}
	lines := strings.Split(text, eol)
	return strings.Join(slices.Concat(lines[:start-1], suggested, lines[end:]), eol)
}
