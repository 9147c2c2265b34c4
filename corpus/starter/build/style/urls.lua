-- Addresses are printed in full: a line of their own in a list of sources, left
-- to right in every language, and broken only before a separator: a line that
-- ends in a hyphen reads as a word cut in two.
local function escape(s)
  return (s:gsub("&", "&amp;"):gsub("<", "&lt;"):gsub(">", "&gt;"):gsub('"', "&quot;"))
end

function Link(link)
  if not FORMAT:match("html") or not link.classes:includes("uri") then return nil end
  local shown = ""
  for piece in link.target:gmatch("[^%w\128-\255]*[%w\128-\255]*") do
    if piece ~= "" then shown = shown .. "<wbr><span>" .. escape(piece) .. "</span>" end
  end
  return pandoc.RawInline("html",
    '<a class="uri" dir="ltr" href="' .. escape(link.target) .. '">' .. shown .. "</a>")
end
