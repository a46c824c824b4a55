-- What a person does in Neovim, with what they see written as JSON to $SLIPWAY_SEEN.
local seen = {}

local function messages()
  local list = {}
  for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
    table.insert(list, { line = diagnostic.lnum, code = diagnostic.code or diagnostic.user_data.lsp.code, message = diagnostic.message })
  end
  return list
end

local function ask(method, params)
  for _, answer in pairs(vim.lsp.buf_request_sync(0, method, params, 10000) or {}) do
    if answer.error then error(method .. ': ' .. vim.inspect(answer.error)) end
    return answer.result
  end
end

local function at(text)
  local found = vim.fn.searchpos(text, 'cw')
  vim.api.nvim_win_set_cursor(0, { found[1], found[2] - 1 })
  return vim.lsp.util.make_position_params()
end

local ok, fault = pcall(function()
  assert(vim.wait(60000, function() return #vim.diagnostic.get(0) > 0 end), 'No diagnostic was pushed.')
  seen.before = messages()

  seen.hover = ask('textDocument/hover', at('selector')).contents
  local labels = {}
  for _, item in ipairs(ask('textDocument/completion', at('targetPort')).items) do table.insert(labels, item.label) end
  seen.completion = labels

  local params = at('kart')
  params.range = { start = params.position, ['end'] = params.position }
  params.context = { diagnostics = vim.lsp.diagnostic.get_line_diagnostics() }
  for _, action in ipairs(ask('textDocument/codeAction', params)) do
    if action.kind == 'quickfix' and action.edit and not seen.fix then
      seen.fix = action.title
      vim.lsp.util.apply_workspace_edit(action.edit, 'utf-16')
    end
  end
  assert(vim.wait(60000, function() return #vim.diagnostic.get(0) < #seen.before end), 'The diagnostic stayed.')
  seen.after = messages()
  seen.text = vim.api.nvim_buf_get_lines(0, 0, -1, false)
end)
if not ok then seen.fault = tostring(fault) end

local file = io.open(os.getenv('SLIPWAY_SEEN'), 'w')
file:write(vim.json and vim.json.encode(seen) or vim.fn.json_encode(seen))
file:close()
vim.cmd('qall!')
