-- golangci-lint-langserver with a golangci-lint that has connvet, in Neovim 0.11 or
-- newer. The command is run in the directory of go.mod, where custom-gcl has to
-- be. A .golangci.yml in a directory above needs "relative-path-mode: gomod" in its
-- section "run", or nothing is shown.
vim.lsp.config('golangci_lint_ls', {
  cmd = { 'golangci-lint-langserver' },
  filetypes = { 'go', 'gomod' },
  root_markers = { 'go.mod', '.git' },
  init_options = {
    command = { './custom-gcl', 'run', '--output.json.path', 'stdout', '--show-stats=false', '--issues-exit-code=1' },
  },
})
vim.lsp.enable('golangci_lint_ls')
