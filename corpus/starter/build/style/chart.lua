-- A table in a div of class chart becomes a bar chart: beside the value in the
-- second column of each row stands a bar, as long as its share of the greatest
-- value. The figures stay a table, which is read out and searched as one.
local function number(cell)
  local digits = pandoc.utils.stringify(cell.contents):gsub(",", ""):match("^%s*([%d.]+)")
  return tonumber(digits)
end

local function bar(share)
  return pandoc.RawInline("html", string.format(
    '<span aria-hidden="true" style="display:inline-block;vertical-align:middle;width:%.1f%%;height:1em;margin-inline-end:.5em;background:#1f7a8c"></span>',
    share * 58))
end

function Div(div)
  if not FORMAT:match("html") or not div.classes:includes("chart") then return nil end
  div.attributes.style = "break-inside:avoid"
  return div:walk({
    Table = function(tbl)
      local rows, most = tbl.bodies[1].body, 0
      for _, row in ipairs(rows) do most = math.max(most, number(row.cells[2])) end
      for _, row in ipairs(rows) do
        local cell = row.cells[2]
        local inlines = cell.contents[1].content
        inlines:insert(1, bar(number(cell) / most))
      end
      return tbl
    end,
  })
end
