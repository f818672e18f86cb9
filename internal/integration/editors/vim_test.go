package editors

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// An editor is a vim-like editor without a screen and without settings.
type editor struct {
	name string
	args []string
}

var (
	vim    = editor{"vim", []string{"-es", "-N", "-u", "NONE", "-i", "NONE"}}
	neovim = editor{"nvim", []string{"--headless", "-u", "NONE", "-i", "NONE"}}
)

// run has an editor that was started in a directory execute commands, and reads
// into result what they give to Result.
func (e editor) run(t *testing.T, dir string, env []string, commands string, result any) {
	t.Helper()
	need(t, e.name)
	script, out := filepath.Join(t.TempDir(), "script.vim"), filepath.Join(t.TempDir(), "result.json")
	write(t, script, `
function! Result(value)
  call writefile([json_encode(a:value)], $RESULT)
  qall!
endfunction
`+commands+"\n")
	// An error may leave it waiting for somebody to answer.
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, e.name, append(e.args, "-S", script)...)
	cmd.Dir, cmd.Env = dir, append(env, "PWD="+dir, "RESULT="+out)
	cmd.WaitDelay = time.Second
	log, err := cmd.CombinedOutput()
	data, readErr := os.ReadFile(out)
	if readErr != nil {
		t.Fatalf("%s: %v, %v\n%s", e.name, err, readErr, log)
	}
	if err := json.Unmarshal(data, result); err != nil {
		t.Fatalf("%s: %v\n%s", e.name, err, data)
	}
}

// quote returns a string in Vim's language.
func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// edit returns the command that opens a file.
func edit(name string) string { return "execute 'edit' fnameescape(" + quote(name) + ")\n" }

// An entry is one of a quickfix list.
type entry struct {
	File      string
	Line, Col int
	Type      string
	Text      string
}

// quickfix returns what ":make" makes of a module when one of its files is open in an
// editor that was started in a directory: entries that it jumps to, and lines that
// it only shows.
func quickfix(t *testing.T, e editor, cwd, module, file, setup string) (entries []entry, lines []string) {
	t.Helper()
	var list []struct {
		entry
		Valid int
	}
	e.run(t, cwd, environ(t), edit(filepath.Join(module, filepath.FromSlash(file)))+`
execute 'set runtimepath^=' . `+quote(snippets("vim"))+`
compiler connvet
`+setup+`
execute 'silent make' get(g:, 'args', '')
call Result(map(getqflist(), {_, e -> {'File': fnamemodify(bufname(e.bufnr), ':p'),
      \ 'Line': e.lnum, 'Col': e.col, 'Type': e.type, 'Text': e.text, 'Valid': e.valid}}))`, &list)
	for _, e := range list {
		if e.Valid == 0 {
			lines = append(lines, e.Text)
			continue
		}
		e.File = below(t, module, e.File)
		entries = append(entries, e.entry)
	}
	return entries, lines
}

// goldenEntries are the entries for the sample service: each finding, then its path.
func goldenEntries(t *testing.T) []entry {
	var all []entry
	for _, f := range golden(t) {
		all = append(all, entry{f.File, f.Line, f.Col, "W", f.Text + " [" + f.Rule + "]"})
		for _, s := range f.Path {
			all = append(all, entry{s.File, s.Line, s.Col, "I", s.Text})
		}
	}
	return all
}

func TestVim(t *testing.T)    { testQuickfix(t, vim) }
func TestNeovim(t *testing.T) { testQuickfix(t, neovim) }

func testQuickfix(t *testing.T, e editor) {
	need(t, e.name)
	t.Run("make", func(t *testing.T) { testMake(t, e) })
	t.Run("names", func(t *testing.T) { testNames(t, e) })
	t.Run("vet", func(t *testing.T) { testVet(t, e) })
	t.Run("broken", func(t *testing.T) { testBroken(t, e) })
	t.Run("clean", func(t *testing.T) { testClean(t, e) })
	t.Run("jump", func(t *testing.T) { testJump(t, e) })
}

// testMake starts the editor in different directories: the module is that of the
// file.
func testMake(t *testing.T, e editor) {
	dir := service(t)
	for _, cwd := range []string{dir, filepath.Join(dir, "store"), t.TempDir()} {
		got, lines := quickfix(t, e, cwd, dir, "store/products.go", "")
		equal(t, got, goldenEntries(t))
		equal(t, lines, []string{"connvet: in " + dir})
	}

	got, _ := quickfix(t, e, t.TempDir(), dir, "store/products.go", `let &l:errorformat = substitute(&l:errorformat, '%I', '%-G', 'g')`)
	equal(t, got, slices.DeleteFunc(goldenEntries(t), func(e entry) bool { return e.Type == "I" }))
	got, _ = quickfix(t, e, t.TempDir(), dir, "store/products.go", `let args = '-rules poolperrequest ./cmd/...'`)
	equal(t, got, goldenEntries(t)[:3])
}

// testNames has a directory whose name means something to shells and to Vim.
func testNames(t *testing.T, e editor) {
	dir := filepath.Join(t.TempDir(), `a b,c;d%#!'e$f`)
	if err := os.CopyFS(dir, os.DirFS(service(t))); err != nil {
		t.Skip(err) // the system has no such names
	}
	got, _ := quickfix(t, e, t.TempDir(), dir, "store/products.go", "")
	equal(t, got, goldenEntries(t))
}

// testVet reads what go vet prints. It does the packages in any order, and puts the
// steps of a path in that of their lines.
func testVet(t *testing.T, e editor) {
	dir := service(t)
	got, lines := quickfix(t, e, dir, dir, "store/products.go", `let &l:makeprg = 'go vet -vettool=`+connvet(t)+` ./...'`)
	equal(t, sorted(got), sorted(goldenEntries(t)))
	equal(t, lines, nil)

	// go vet repeats what it once said in a directory, so this is another.
	dir = service(t)
	breakHandlers(t, dir)
	got, lines = quickfix(t, e, dir, dir, "store/products.go", `let &l:makeprg = 'go vet -vettool=`+connvet(t)+` ./handlers'`)
	if len(got) != 1 || !got[0].broken() {
		t.Errorf("does not compile: got %+v", got)
	}
	equal(t, lines, nil)
}

// breakHandlers makes a package of the sample service one that does not compile.
func breakHandlers(t *testing.T, dir string) {
	name := filepath.Join(dir, "handlers", "handlers.go")
	write(t, name, read(t, name)+"\nvar number int = \"text\"\n")
}

// broken reports whether an entry is about the error in the package.
func (e entry) broken() bool {
	return e.File == "handlers/handlers.go" && e.Col == 18 && e.Type == "E" && strings.HasPrefix(e.Text, "cannot use")
}

// testBroken has a package that does not compile: that is the last entry, and what
// imports it is only named.
func testBroken(t *testing.T, e editor) {
	dir := service(t)
	breakHandlers(t, dir)
	got, lines := quickfix(t, e, dir, dir, "store/products.go", "")
	want := slices.DeleteFunc(goldenEntries(t), func(e entry) bool { return !strings.HasPrefix(e.File, "store/") })
	last := got[len(got)-1]
	equal(t, got[:len(got)-1], want)
	if !last.broken() {
		t.Errorf("got %+v", last)
	}
	equal(t, lines, []string{"connvet: in " + dir, "not analysed: example.com/shop/cmd/shopd (imports broken example.com/shop/handlers)"})
}

func testClean(t *testing.T, e editor) {
	dir := module(t, fixed)
	got, lines := quickfix(t, e, dir, dir, "store.go", "")
	equal(t, got, nil)
	equal(t, lines, []string{"connvet: in " + dir})
}

// testJump goes to the finding, and to the steps of its path.
func testJump(t *testing.T, e editor) {
	dir := module(t, leak)
	var got []string
	e.run(t, t.TempDir(), environ(t), edit(filepath.Join(dir, "store.go"))+`
execute 'set encoding=utf-8 runtimepath^=' . `+quote(snippets("vim"))+`
compiler connvet
silent make
let at = []
for i in range(len(getqflist()))
  call add(at, line('.') . ': ' . strpart(getline('.'), col('.') - 1))
  silent! cnext
endfor
call Result(at)`, &got)
	equal(t, got, []string{
		`6: db.Query("SELECT 1")`, // the finding
		`6: db.Query("SELECT 1")`,
		`7: err != nil {`,
		`10: return rows.Next(), nil`,
		`10: return rows.Next(), nil`, // there is no other
	})
}
