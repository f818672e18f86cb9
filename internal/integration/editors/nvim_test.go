package editors

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// A diagnostic is one of Neovim's: lines and columns count from 0.
type diagnostic struct {
	File     string
	Lnum     int
	Col      int
	EndCol   int
	Severity int // 2: warning
	Code     string
	Message  string
}

// diagnostics is a function that lists all that Neovim knows.
const diagnostics = `
function! Diagnostics()
  return map(luaeval('vim.diagnostic.get()'), {_, d -> {'File': fnamemodify(bufname(d.bufnr), ':p'),
        \ 'Lnum': d.lnum, 'Col': d.col, 'EndCol': d.end_col, 'Severity': d.severity, 'Code': d.code, 'Message': d.message}})
endfunction
`

// withPlugin is the editor with the file for Neovim. It has no settings otherwise.
func withPlugin() editor {
	return editor{"nvim", []string{"--headless", "-i", "NONE", "-u", filepath.Join(snippets("nvim"), "plugin", "connvet.lua")}}
}

// TestDiagnostics opens a file. There are diagnostics for all files of the module.
func TestDiagnostics(t *testing.T) {
	dir := service(t)
	var got []diagnostic
	withPlugin().run(t, t.TempDir(), environ(t), diagnostics+edit(filepath.Join(dir, "store", "products.go"))+`
call wait(60000, {-> !empty(Diagnostics())}, 20)
call Result(Diagnostics())`, &got)
	var want []diagnostic
	for _, f := range golden(t) {
		text := []string{f.Text}
		for _, s := range f.Path {
			text = append(text, fmt.Sprintf("%s:%d: %s", s.File, s.Line, s.Text))
		}
		want = append(want, diagnostic{f.File, f.Line - 1, f.Col - 1, 0, 2, f.Rule, strings.Join(text, "\n")})
	}
	for i := range got {
		got[i].File, got[i].EndCol = below(t, dir, got[i].File), 0
	}
	equal(t, sorted(got), sorted(want))
}

// TestDiagnosticsFixed fixes what was found and saves the file.
func TestDiagnosticsFixed(t *testing.T) {
	dir := module(t, leak)
	var got struct{ Before, After []diagnostic }
	withPlugin().run(t, t.TempDir(), environ(t), diagnostics+edit(filepath.Join(dir, "store.go"))+`
call wait(60000, {-> !empty(Diagnostics())}, 20)
let before = Diagnostics()
call append(9, "\tdefer rows.Close()")
silent write
call wait(60000, {-> empty(Diagnostics())}, 20)
call Result({'Before': before, 'After': Diagnostics()})`, &got)
	line := strings.Split(leak, "\n")[5]
	start := strings.Index(line, "db.Query") // in bytes
	if len(got.Before) != 1 || got.Before[0].Lnum != 5 || got.Before[0].Col != start || got.Before[0].EndCol != len(line) {
		t.Errorf("before: %+v", got.Before)
	}
	equal(t, got.After, nil)
	if text := read(t, filepath.Join(dir, "store.go")); text != fixed {
		t.Errorf("saved:\n%s", text)
	}
}
