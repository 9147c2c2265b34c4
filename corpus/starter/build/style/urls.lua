-- Addresses are printed in full: a line of their own in a list of sources, left
-- to right in every language, and broken only between words, so that a reader
-- of the file finds the same words again.
local function escape(s)
  return (s:gsub("&", "&amp;"):gsub("<", "&lt;"):gsub(">", "&gt;"):gsub('"', "&quot;"))
end

function Link(link)
  if not FORMAT:match("html") or not link.classes:includes("uri") then return nil end
  local shown = ""
  for piece in link.target:gmatch("[%w\128-\255]*[^%w\128-\255]*") do
    if piece ~= "" then shown = shown .. escape(piece) .. "<wbr>" end
  end
  return pandoc.RawInline("html",
    '<a class="uri" dir="ltr" href="' .. escape(link.target) .. '">' .. shown .. "</a>")
end
