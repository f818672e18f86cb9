package editors

import (
	"path/filepath"
	"strings"
	"testing"
)

// ale is where Debian's package has ALE.
const ale = "/usr/share/vim-ale"

func TestALE(t *testing.T) {
	need(t, "vim", ale)
	dir := service(t)
	// ALE takes files below the directory for temporary ones for copies of the file
	// that is open.
	env := append(environ(t), "TMPDIR="+t.TempDir())
	var got struct {
		List   []entry
		Detail string
	}
	vim.run(t, t.TempDir(), env, `
execute 'set runtimepath^=' . `+quote(snippets("ale"))+`
execute 'set runtimepath+=`+ale+`'
filetype on
let g:ale_linters = {'go': ['connvet']}
runtime plugin/ale.vim
`+edit(filepath.Join(dir, "store", "sweep.go"))+`
ALELint
for i in range(600)
  if !empty(getloclist(0))
    break
  endif
  sleep 100m
endfor
call Result({'List': map(getloclist(0), {_, e -> {'File': fnamemodify(bufname(e.bufnr), ':p'),
      \ 'Line': e.lnum, 'Col': e.col, 'Type': e.type, 'Text': e.text}}),
      \ 'Detail': filter(copy(g:ale_buffer_info[bufnr('')].loclist), 'v:val.bufnr == bufnr("")')[0].detail})`, &got)

	var want []entry
	var detail []string
	for _, f := range golden(t) {
		if !strings.HasPrefix(f.File, "store/") {
			continue
		}
		want = append(want, entry{f.File, f.Line, f.Col, "W", f.Text + " [" + f.Rule + "]"})
		if f.File == "store/sweep.go" {
			detail = append(detail, f.Text+" ["+f.Rule+"]")
			for _, s := range f.Path {
				detail = append(detail, strings.TrimPrefix(s.String(), "store/"))
			}
		}
	}
	for i := range got.List {
		got.List[i].File = below(t, dir, got.List[i].File)
	}
	equal(t, sorted(got.List), sorted(want))
	equal(t, strings.Split(got.Detail, "\n"), detail)
}
