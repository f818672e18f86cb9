" A linter for ALE: it belongs to ~/.vim/ale_linters/go or, in Neovim,
" ~/.config/nvim/ale_linters/go. It checks the package of a file when that is opened
" or saved; :ALEDetail shows the path of the finding under the cursor.

function! ale_linters#go#connvet#Handle(buffer, lines) abort
  let l:found = []
  for l:line in a:lines
    if l:line[0] !=# "\t"
      let l:found += map(ale#handlers#go#Handler(a:buffer, [l:line]), 'extend(v:val, {"type": "W", "detail": v:val.text})')
    elseif !empty(l:found)
      let l:found[-1].detail .= "\n" . l:line[1:]
    endif
  endfor
  return l:found
endfunction

call ale#linter#Define('go', {
\   'name': 'connvet',
\   'executable': 'connvet',
\   'cwd': '%s:h',
\   'command': '%e .',
\   'lint_file': 1,
\   'callback': 'ale_linters#go#connvet#Handle',
\})
