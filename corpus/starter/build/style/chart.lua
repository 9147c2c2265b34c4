-- A table in a div of class chart becomes a bar chart: beside the value in the
-- second column of each row stands a bar, as long as its share of the greatest
-- value. The figures stay a table, which is read out and searched as one.
local lang = "en"

local function Meta(meta)
  if meta.lang then lang = pandoc.utils.stringify(meta.lang) end
end

-- In French a comma is the decimal sign and no-break spaces part thousands;
-- elsewhere a comma parts thousands.
local function number(cell)
  local text = pandoc.utils.stringify(cell.contents)
  if lang == "fr" then
    text = text:gsub("\u{A0}", ""):gsub("\u{202F}", ""):gsub(",", ".")
  else
    text = text:gsub(",", "")
  end
  return tonumber(text:match("^%s*([%d.]+)"))
end

local function bar(share)
  return pandoc.RawInline("html", string.format(
    '<span aria-hidden="true" style="display:inline-block;vertical-align:middle;width:%.1f%%;height:1em;margin-inline-end:.5em;background:#1f7a8c"></span>',
    share * 70))
end

local function Div(div)
  if not FORMAT:match("html") or not div.classes:includes("chart") then return nil end
  div.attributes.style = "break-inside:avoid"
  return div:walk({
    Table = function(tbl)
      tbl.colspecs = { { pandoc.AlignLeft, 0.44 }, { pandoc.AlignLeft, 0.56 } }
      local rows, most = tbl.bodies[1].body, 0
      for _, row in ipairs(rows) do most = math.max(most, number(row.cells[2])) end
      for _, row in ipairs(rows) do
        local cell = row.cells[2]
        cell.contents[1].content:insert(1, bar(number(cell) / most))
        cell.attr.attributes.style = "white-space:nowrap"
      end
      return tbl
    end,
  })
end

return { { Meta = Meta }, { Div = Div } }
