-- Diagnostics of connvet in Neovim, 0.7 or newer: it belongs to
-- ~/.config/nvim/plugin. The module of a Go file is checked when the file is opened
-- or saved; :lua vim.diagnostic.setqflist() lists all that was found.

local connvet = vim.api.nvim_create_namespace('connvet')
local job = 0 -- the last one started

-- A finding with the path on which the connection leaks.
local function diagnostic(f)
  local text = { f.message }
  for _, step in ipairs(f.path) do
    table.insert(text, ('%s:%d: %s'):format(step.location.file, step.location.start.line, step.message))
  end
  return {
    lnum = f.location.start.line - 1,
    col = f.location.start.column - 1,
    end_lnum = f.location['end'].line - 1,
    end_col = f.location['end'].column - 1,
    severity = vim.diagnostic.severity.WARN,
    source = 'connvet',
    code = f.rule,
    message = table.concat(text, '\n'),
  }
end

local function show(module, report)
  local found = {}
  for _, f in ipairs(report.findings) do
    local buf = vim.fn.bufadd(module .. '/' .. f.location.file)
    found[buf] = found[buf] or {}
    table.insert(found[buf], diagnostic(f))
  end
  vim.diagnostic.reset(connvet)
  for buf, list in pairs(found) do
    vim.diagnostic.set(connvet, buf, list)
  end
end

-- The directory of the go.mod that a file belongs to.
local function module_of(file)
  local dir = vim.fn.fnamemodify(file, ':h')
  while vim.fn.filereadable(dir .. '/go.mod') == 0 do
    local above = vim.fn.fnamemodify(dir, ':h')
    if above == dir then
      return nil
    end
    dir = above
  end
  return dir
end

local function check(args)
  local module = module_of(args.match)
  if not module or vim.fn.executable('connvet') == 0 then
    return
  end
  vim.fn.jobstop(job)
  job = vim.fn.jobstart({ 'connvet', '-json', './...' }, {
    cwd = module,
    stdout_buffered = true,
    on_stdout = function(id, lines)
      local ok, report = pcall(vim.json.decode, table.concat(lines, '\n'))
      if ok and id == job then
        show(module, report)
      end
    end,
  })
end

vim.api.nvim_create_autocmd({ 'BufReadPost', 'BufWritePost' }, { pattern = '*.go', callback = check })
