package analyzers

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/connvet/connvet/passes"
)

// Each rule has a page, and each page a rule.
func TestPages(t *testing.T) {
	for _, r := range Rules() {
		if !strings.HasPrefix(r.Doc, "# "+r.ID+": "+r.Title+"\n") || r.Title == "" {
			t.Errorf("%s: the page begins with %q", r.ID, strings.SplitN(r.Doc, "\n", 2)[0])
		}
		if !strings.HasSuffix(r.Doc, "\n") || strings.HasSuffix(r.Doc, "\n\n") {
			t.Errorf("%s: the page does not end with one newline", r.ID)
		}
		for _, line := range strings.Split(r.Doc, "\n") {
			if len(line) > 100 || strings.TrimRight(line, " \t") != line {
				t.Errorf("%s: the line is too long or ends with blanks: %q", r.ID, line)
			}
		}
	}
	files, err := fs.Glob(pages, "rules/*")
	if err != nil {
		t.Fatal(err)
	}
	var known []string
	for _, id := range passes.Rules() {
		known = append(known, "rules/"+path.Base(passes.RulePage(id)))
	}
	for _, f := range files {
		if !slices.Contains(known, f) {
			t.Errorf("%s belongs to no rule", f)
		}
	}
}

func TestLookup(t *testing.T) {
	tests := []struct {
		name string
		want string // ids, or the error
		err  bool
	}{
		{name: "connleak/rows", want: "connleak/rows"},
		{name: "connleak", want: "connleak/rows, connleak/row, connleak/stmt, connleak/tx, connleak/conn, connleak/db, connleak/batch, connleak/wrapper"},
		{name: "deferinloop", want: "deferinloop"},
		{name: "rows", err: true, want: `"rows" is a category, not a rule: say connleak/rows`},
		{name: "connleak/nosuch", err: true, want: `pass connleak has no rule "connleak/nosuch": it has connleak/rows,`},
		{name: "deferinloop/rows", err: true, want: `pass deferinloop has no rule "deferinloop/rows": it has deferinloop`},
		{name: "nosuch", err: true, want: `no rule or pass is called "nosuch": the passes are connleak, deferinloop`},
		{name: "", err: true, want: `no rule or pass is called ""`},
	}
	for _, test := range tests {
		rules, err := Lookup(test.name)
		if (err != nil) != test.err {
			t.Errorf("%q: error %v", test.name, err)
			continue
		}
		if err != nil {
			if !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("%q: error %q, want %q", test.name, err, test.want)
			}
		} else if got := ids(rules); got != test.want {
			t.Errorf("%q: %s, want %s", test.name, got, test.want)
		}
	}
}

func TestPasses(t *testing.T) {
	if got := strings.Join(Passes(), " "); got != "connleak deferinloop poolperrequest poollimit poolinventory" {
		t.Errorf("passes: %s", got)
	}
}
