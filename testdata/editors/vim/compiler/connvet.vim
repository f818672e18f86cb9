" Compiler file for connvet, which finds leaked database connections in Go.
" It belongs to ~/.vim/compiler or, in Neovim, ~/.config/nvim/compiler.
"
" ":compiler connvet" and ":make" check the module of the current file, wherever
" Vim was started; ":make -tests=false ./store/..." gives flags and packages. With
" ":compiler! connvet" all files have it.
"
" Findings are warnings. The steps of a path follow as entries of type I; to leave
" them out, write %-G in place of %I below. What "go vet -vettool" prints is
" understood, too.

if exists('current_compiler')
  finish
endif
let current_compiler = 'connvet'

if exists(':CompilerSet') != 2
  command -nargs=* CompilerSet setlocal <args>
endif

let s:dir = expand('%:p:h')
while !filereadable(s:dir . '/go.mod') && s:dir !=# fnamemodify(s:dir, ':h')
  let s:dir = fnamemodify(s:dir, ':h')
endwhile
let s:dir = shellescape(s:dir)

" connvet -C names files as seen from there, and %D has to know where that is.
let s:make = '(echo connvet: in ' . s:dir . ' && connvet -C ' . s:dir . ' $*)'
execute 'CompilerSet makeprg=' . escape(escape(s:make, '%#'), '\ "|')

CompilerSet errorformat=
      \%Dconnvet:\ in\ %f,
      \%Enot\ analysed:\ %.%#:\ %f:%l:%c:\ %m,
      \%E%\\w%\\+:\ %f:%l:%c:\ %m,
      \%I%*\\s%f:%l:%c:\ %m,
      \%I%f:%l:%c:\ %*\\s%m,
      \%W%f:%l:%c:\ %m,
      \%-G#\ %.%#,
      \%-G%*\\d\ finding%.%#
