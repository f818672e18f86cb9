package driver

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/connvet/connvet/internal/driver/drivertest"
	"github.com/connvet/connvet/internal/report"
)

// logged makes the tool keep a log and returns a function that reads what is new.
func logged(t *testing.T, o *Options) func() string {
	name := filepath.Join(t.TempDir(), "log")
	o.Env = append(o.Env, drivertest.EnvLog+"="+name)
	read := 0
	return func() string {
		data, _ := os.ReadFile(name)
		news := string(data[read:])
		read = len(data)
		return news
	}
}

// text returns a report as JSON.
func text(t *testing.T, r *report.Report) string {
	t.Helper()
	var out bytes.Buffer
	format, _ := report.LookupFormat("json")
	if err := format.Write(&out, r, report.Options{}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// A second run says the same and analyses nothing, although the directory for
// temporary files and the overlay in it are others.
func TestRunAgain(t *testing.T) {
	o := options(t, "-- a/a.go --\npackage a; import _ \"example.com/m/broken\"\n"+leak+
		"-- b/b.go --\npackage b; import _ \"example.com/m/a\"\n"+leak+
		"-- broken/broken.go --\npackage broken\n-- broken/broken_test.go --\npackage broken\n\nvar X = undefined\n")
	o.ToolFlags = []string{"-connvet.notes"}
	news := logged(t, &o)
	first := ""
	for i := range 3 {
		tmp := t.TempDir()
		t.Setenv("TMPDIR", tmp)
		o.Env = append(o.Env, "TMPDIR="+tmp)
		result, err := Run(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		got := text(t, result.Report)
		if strings.Contains(got, filepath.ToSlash(tmp)) {
			t.Errorf("the report names the directory for temporary files:\n%s", got)
		}
		if left, err := os.ReadDir(tmp); err != nil || len(left) > 0 {
			t.Errorf("in the directory for temporary files there are %v, %v", left, err)
		}
		units := news()
		if i == 0 {
			first = got
			if len(result.Report.Findings) != 2 || len(result.Report.NotAnalysed) != 1 || !strings.Contains(units, "example.com/m/b\n") {
				t.Errorf("analysed:\n%s\n%s", units, got)
			}
			continue
		}
		if got != first {
			t.Errorf("run %d says:\n%s\nthe first run said:\n%s", i, got, first)
		}
		// The broken test fails each time before it is hidden.
		if units := strings.TrimPrefix(units, "example.com/m/broken\n"); units != "" {
			t.Errorf("run %d analysed:\n%s", i, units)
		}
	}
}

// An overlay is what a program has made for a moment: next time the same
// contents are elsewhere.
func TestOverlayMoves(t *testing.T) {
	o := options(t, "-- a/a.go --\npackage a\n-- b/b.go --\npackage b\n")
	o.BuildFlags = []string{"-overlay=overlay.json"}
	news := logged(t, &o)
	first, last := "", ""
	for i, name := range []string{"one.txt", "two.txt", "two.txt"} {
		file := filepath.Join(t.TempDir(), name)
		if last != "" && i == 2 {
			file = last
		}
		overlay, err := json.Marshal(overlay{map[string]string{"a/a.go": file}})
		if err != nil {
			t.Fatal(err)
		}
		for name, text := range map[string]string{file: "package a\n" + leak, filepath.Join(o.Dir, "overlay.json"): string(overlay)} {
			if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		result, err := Run(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		r := result.Report
		if len(r.Findings) != 1 || r.Findings[0].Location.String() != "a/a.go:6:6" {
			t.Errorf("run %d: %s", i, text(t, r))
		}
		if first == "" {
			first = text(t, r)
		}
		if got := text(t, r); got != first {
			t.Errorf("run %d says:\n%s\nthe first run said:\n%s", i, got, first)
		}
		if units := news(); (units == "") != (i == 2) {
			t.Errorf("run %d analysed:\n%s", i, units)
		}
		last = file
		if i == 0 {
			os.Remove(file)
		}
	}
}

// Only what is read elsewhere needs results of its own: what is deleted is not
// in the package.
func TestOverlayKey(t *testing.T) {
	key := func(replace map[string]string) string { return overlay{replace}.key() }
	if got := key(map[string]string{"/m/a.go": ""}); got != "" {
		t.Errorf("a deleted file has the key %q", got)
	}
	one := key(map[string]string{"/m/a.go": "/tmp/1.go", "/m/b.go": "/tmp/2.go", "/m/c.go": ""})
	for _, other := range []map[string]string{
		{"/m/a.go": "/tmp/2.go", "/m/b.go": "/tmp/1.go"},
		{"/m/a.go": "/tmp/1.go"},
		{"/m/a.go": "/tmp/1.go", "/m/b.go": "/tmp/3.go"},
	} {
		if got := key(other); got == one || got == "" {
			t.Errorf("%v has the key %q", other, got)
		}
	}
}
