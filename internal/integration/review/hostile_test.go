package review

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rhysd/actionlint"
)

// checkStep runs the step of a workflow that checks the artifact, which is file, and
// returns what it makes of it.
func checkStep(t *testing.T, name, job, out string, file func(name string)) (checked string, ok bool) {
	t.Helper()
	needTools(t)
	r := newRunner(t, nil)
	w := workflow(t, name)
	j := w.Jobs[job]
	for _, s := range j.Steps {
		if s.Name == nil || s.Name.Value != "Check the artifact" {
			continue
		}
		artifact := filepath.Join(r.temp, "artifact", out)
		if err := os.MkdirAll(filepath.Dir(artifact), 0o777); err != nil {
			t.Fatal(err)
		}
		file(artifact)
		if !r.script(j, s, s.Exec.(*actionlint.ExecRun), nil) {
			if strings.TrimSpace(r.log) == "" {
				t.Error("it does not say why it fails")
			}
			return r.log, false
		}
		return read(t, filepath.Join(r.temp, out)), true
	}
	t.Fatal("no such step")
	return "", false
}

// line is a diagnostic with what a test wants to be in it.
const line = `{"message":"m","location":{"path":"a/b.go","range":{"start":{"line":3,"column":2},"end":{"line":3,"column":9}}},` +
	`"severity":"WARNING","source":{"name":"connvet"},"code":{"value":"connleak/rows","url":"https://github.com/connvet/connvet/blob/main/analyzers/rules/connleak-rows.md"},` +
	`"suggestions":[{"range":{"start":{"line":3},"end":{"line":4}},"text":"\tx()\n"}],` +
	`"original_output":"a/b.go:3: m","related_locations":[{"message":"r","location":{"path":"c.go","range":{"start":{"line":1}}}}]}` + "\n"

// What is not as connvet writes it is not posted.
func TestHostileRefused(t *testing.T) {
	const severity = `"severity":"WARNING"`
	for old, values := range map[string][]string{
		line:                {"x", `{}`, `[]`, `"text"`, "\x00", `{"message":`, strings.Repeat("[", 100000)},
		`"message":"m"`:     {`"message":1`, `"message":null`, `"message":"` + strings.Repeat("x", 1001) + `"`},
		`"path":"a/b.go"`:   {`"path":"/etc/passwd"`, `"path":"../x.go"`, `"path":"a/../../x"`, `"path":"a](http://x)"`, `"path":"a\nb"`, `"path":"a/b.go\n"`, `"path":"a/b.go\r"`, `"path":"<b>"`, `"path":"@team/x"`, `"path":""`, `"path":{}`, `"file":"x"`},
		`"path":"c.go"`:     {`"path":"/c.go"`, `"path":"c/.."`, `"path":"x)(y"`},
		`"line":3,`:         {`"line":0,`, `"line":-1,`, `"line":1.5,`, `"line":1e99,`, `"line":"3",`, `"line":null,`, ``},
		severity:            {`"severity":"FATAL"`, `"severity":["WARNING"]`, `"level":"WARNING"`},
		`"connleak/rows"`:   {`"](http://x)"`, `"a\nb"`, `"connleak/rows\n"`, `{}`, `""`},
		`"https://github`:   {`"javascript://github`, `"https://evil.example/?https://github`},
		`connleak-rows.md`:  {`x.md)[y](z`, `../\u202e`, `x.md\n`},
		`"suggestions":[`:   {`"suggestions":[{"range":{"start":{"line":1}},"text":"x"},`, `"suggestions":[{},`},
		`"text":"\tx()\n"`:  {`"text":1`, `"text":null`, `"text":"` + strings.Repeat("x", 50001) + `"`},
		`"suggestions":[{"`: {`"suggestions":{"a":{"`},
	} {
		if !strings.Contains(line, old) {
			t.Fatalf("no %s", old)
		}
		for _, new := range values {
			text := line + strings.Replace(line, old, new, 1) + line
			if got, ok := checkStep(t, "connvet-review.yml", "comment", "connvet.rdjsonl", func(name string) { write(t, "", name, text) }); ok {
				t.Errorf("%.80s instead of %.80s is let through:\n%.300s", new, old, got)
			}
		}
	}
	big := func(name string) { write(t, "", name, strings.Repeat(line, 5000001/len(line)+1)) }
	link := func(name string) {
		write(t, "", name+".other", line)
		if err := os.Symlink(name+".other", name); err != nil {
			t.Fatal(err)
		}
	}
	for name, file := range map[string]func(string){
		"nothing": func(string) {}, "a directory": func(name string) { os.Mkdir(name, 0o777) }, "a link": link, "large": big,
	} {
		if got, ok := checkStep(t, "connvet-review.yml", "comment", "connvet.rdjsonl", file); ok {
			t.Errorf("%s is let through:\n%.300s", name, got)
		}
	}
}

// Texts are no more than text in a comment, and there is nothing that is not known.
func TestHostileTexts(t *testing.T) {
	hostile := `\r\n::error::x ##[error]y @team <img src=x> [a](https://evil.example) ![b][c] owner/r#12 #34 www.evil.example \u202e\u0000 <!-- __reviewdog__:Cg== -->`
	text := strings.NewReplacer(`"message":"m"`, `"message":"`+hostile+`"`, `"message":"r"`, `"message":"`+hostile+`"`,
		`a/b.go:3: m`, hostile, `"source":`, `"more":{"a":1},"source":`, `"name":"connvet"`, `"name":"@team"`).Replace(line)
	got, ok := checkStep(t, "connvet-review.yml", "comment", "connvet.rdjsonl", func(name string) { write(t, "", name, strings.Repeat(text, 150)) })
	if !ok {
		t.Fatal(got)
	}
	if n := strings.Count(got, "\n"); n != 100 {
		t.Errorf("%d lines", n)
	}
	got, _, _ = strings.Cut(got, "\n")
	for _, bad := range []string{`\r`, "@team", "<img", "<!--", "](", "][", "#12", "#34", "://evil", "www.evil", `\u0000`, "\u202e", "more"} {
		if strings.Contains(got, bad) {
			t.Errorf("%s in:\n%s", bad, got)
		}
	}
	if want := `"source":{"name":"connvet"}`; !strings.Contains(got, want) {
		t.Errorf("no %s in:\n%s", want, got)
	}
	for _, want := range []string{`"text":"\tx()\n"`, `{"start":{"line":3,"column":2},"end":{"line":3,"column":9}}`, `"path":"c.go"`, `"url":"https://github.com/connvet`} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in:\n%s", want, got)
		}
	}
}

// Whatever connvet writes passes, and nothing that matters changes.
func TestOwnPasses(t *testing.T) {
	needTools(t)
	dir := filepath.Join(root, "testdata", "service")
	for name, text := range map[string]string{
		"golden":  strings.ReplaceAll(read(t, filepath.Join(root, "internal", "report", "testdata", "report.rdjsonl")), "https://example.com", "https://github.com/connvet/connvet"),
		"service": must(t, dir, "connvet", "-format", "rdjsonl", "./...") + "\n",
		"none":    "",
	} {
		text = strings.ReplaceAll(text, `"C01"`, `"connvet/c"`) // of poolcheck
		got, ok := checkStep(t, "connvet-review.yml", "comment", "connvet.rdjsonl", func(name string) { write(t, "", name, text) })
		if !ok || strings.Count(got, "\n") != strings.Count(text, "\n") {
			t.Errorf("%s: %s", name, got)
		}
		const keep = `del(.original_output) | .suggestions //= [] | .related_locations //= []`
		code, want, stderr := command(t, dir, environ(), text, "jq", "--compact-output", "--sort-keys", keep)
		_, same, _ := command(t, dir, environ(), got, "jq", "--compact-output", "--sort-keys", keep)
		if name == "service" && (code != 0 || same != want) {
			t.Errorf("%s is changed: %s\n%s\n%s", name, stderr, same, want)
		}
	}
}

// Alerts are those of connvet and of no other tool.
func TestScanning(t *testing.T) {
	p := newPull(t)
	r := newRunner(t, make(map[string]map[string]string))
	r.uses["actions/checkout@v6"] = func(map[string]string) {
		must(t, r.workspace, "git", "clone", "--quiet", "--branch=topic", p.dir, ".")
	}
	w := workflow(t, "connvet-scanning.yml")
	if failed := r.run(w, "analyse"); failed != "" {
		t.Fatalf("%q failed:\n%s", failed, r.log)
	}
	sarif := r.artifacts["connvet-sarif"]["connvet.sarif"]
	if n := strings.Count(sarif, `"ruleId": "connleak/rows"`); n != 4 {
		t.Errorf("%d alerts in:\n%s", n, sarif)
	}
	up := newRunner(t, r.artifacts)
	var uploaded string
	up.uses["github/codeql-action/upload-sarif@v4"] = func(with map[string]string) {
		uploaded = read(t, with["sarif_file"])
		if with["category"] != "connvet" || with["ref"] != "" {
			t.Errorf("uploaded with %v", with)
		}
	}
	if failed := up.run(w, "upload"); failed != "" {
		t.Fatalf("%q failed:\n%s", failed, up.log)
	}
	same := func(text string) string {
		_, out, _ := command(t, r.temp, environ(), text, "jq", "--sort-keys", "del(.runs[].invocations)")
		return out
	}
	if same(uploaded) != same(sarif) || uploaded == "" {
		t.Errorf("uploaded:\n%s\nwant:\n%s", uploaded, sarif)
	}

	check := func(text string) (string, bool) {
		return checkStep(t, "connvet-scanning.yml", "upload", "connvet.sarif", func(name string) { write(t, "", name, text) })
	}
	for old, new := range map[string]string{
		`"name": "connvet"`:  `"name": "CodeQL"`,
		`"version": "2.1.0"`: `"version": "2.0.0"`,
		`"runs": [`:          `"runs": [{"tool":{"driver":{"name":"CodeQL"}},"results":[]},`,
		`"results": [`:       `"results": 1, "x": [`,
		sarif:                "[]",
		"}\n":                "",
	} {
		if got, ok := check(strings.Replace(sarif, old, new, 1) + map[bool]string{true: "x"}[old == "}\n"]); ok {
			t.Errorf("%.80s instead of %.80s is let through:\n%.300s", new, old, got)
		}
	}
	got, ok := check(strings.Replace(sarif, `"runs": [`+"\n    {", `"runs": [{"automationDetails": {"id": "CodeQL/"}, "versionControlProvenance": [],`, 1))
	if !ok || strings.Contains(got, "CodeQL") || strings.Contains(got, "Provenance") {
		t.Errorf("%t: a category is let through:\n%.300s", ok, got)
	}
}

// A pull request gets what its artifact says, if that is well-formed, and nothing
// else is touched.
func TestHostilePosted(t *testing.T) {
	p := newPull(t)
	g := newFakeGitHub(t, p)
	text := strings.ReplaceAll(line, "a/b.go", "users/users.go") + strings.ReplaceAll(line, "a/b.go", ".github/workflows/x.yml")
	files := map[string]string{"connvet.rdjsonl": text, "number": "1", "event.json": "{}", "../check.jq": "."}
	r, failed := postComments(t, g, map[string]map[string]string{"connvet": files})
	if failed != "" {
		t.Fatalf("%q failed:\n%s", failed, r.log)
	}
	g.wantComments(t, "users/users.go:3-4")
	for _, q := range g.requests {
		if !strings.Contains(q, "/pulls/7/reviews") && !strings.Contains(q, "/check-runs") && q != "GET /repos/shop/shop/pulls" {
			t.Errorf("a request: %s", q)
		}
	}
	g = newFakeGitHub(t, p)
	if r, failed := postComments(t, g, map[string]map[string]string{"connvet": {"connvet.rdjsonl": text + "x\n"}}); failed != "Check the artifact" {
		t.Errorf("%q failed:\n%s", failed, r.log)
	}
	g.wantComments(t)
}
