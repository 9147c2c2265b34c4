package pdf

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// word is a word of a line with the place it takes on the page.
type word struct {
	text string
	at   rect
}

// textLine is a line in reading order.
type textLine struct {
	words []word
	v     float64
	u0    float64
	size  float64
	block int // lines of one block stand under each other in one column
}

// layOut puts the glyphs of a page into lines in reading order: the direction
// that most glyphs have first, then what is turned.
func (p *page) layOut() []textLine {
	byAngle := map[int16][]mark{}
	for _, g := range p.glyphs {
		m := frameOf(g.angle).place(g)
		m.text, m.space = clean(g.text)
		if m.text != "" {
			byAngle[g.angle] = append(byAngle[g.angle], m)
		}
	}
	angles := make([]int16, 0, len(byAngle))
	for a := range byAngle {
		angles = append(angles, a)
	}
	slices.SortFunc(angles, func(a, b int16) int {
		return cmp.Or(cmp.Compare(len(byAngle[b]), len(byAngle[a])), cmp.Compare(a, b))
	})
	var lines []textLine
	for _, a := range angles {
		lines = append(lines, p.linesOf(frameOf(a), byAngle[a], len(lines))...)
	}
	return lines
}

// linesOf makes lines of the marks of one direction.
func (p *page) linesOf(f frame, marks []mark, block int) []textLine {
	marks = joinInitials(dropDoubles(joinAccents(marks)))
	ltr, right := directions(marks)
	pageRTL := right > ltr
	rs, breaks := arrange(rows(pieces(marks)), rulingsOf(f, p.rules), pageRTL, 0)
	var lines []textLine
	var items [][]item
	for i, r := range rs {
		for len(breaks) > 0 && breaks[0] <= i {
			breaks = breaks[1:]
			block++
		}
		parts := cutRow(r)
		if pageRTL {
			slices.Reverse(parts)
		}
		for _, part := range parts {
			l := measure(part)
			l.block = block
			lines, items = append(lines, l), append(items, order(part, pageRTL))
		}
	}
	mirror(items)
	for i := range lines {
		partNotes(items[i], lines[i].v, lines[i].size)
		lines[i].words = words(f, items[i])
	}
	return slices.DeleteFunc(lines, func(l textLine) bool { return len(l.words) == 0 })
}

// cutRow cuts a row where the jump is too wide for one line.
func cutRow(r row) [][]mark {
	var parts [][]mark
	end := 0.0
	for i, p := range r.pieces {
		if i == 0 || p.u0-end > lineJump*r.size {
			parts = append(parts, nil)
			end = p.u1
		}
		parts[len(parts)-1] = append(parts[len(parts)-1], p.marks...)
		end = max(end, p.u1)
	}
	return parts
}

// measure finds the base line and the size of the type of a line.
func measure(marks []mark) textLine {
	l := textLine{v: marks[0].v, u0: marks[0].u0}
	for _, m := range marks {
		if m.size > l.size && !m.space {
			l.size, l.v = m.size, m.v
		}
		l.u0 = min(l.u0, m.u0)
	}
	return l
}

// words parts a line where its gaps are.
func words(f frame, items []item) []word {
	var out []word
	var text strings.Builder
	var at rect
	flush := func() {
		if s := normal(text.String()); s != "" {
			out = append(out, word{s, at})
		}
		text.Reset()
	}
	for _, it := range items {
		if it.gap {
			flush()
		}
		for i, part := range strings.Split(it.text, " ") { // a glyph may stand for several words
			if i > 0 {
				flush()
			}
			if part == "" {
				continue
			}
			if text.Len() == 0 {
				at = f.rect(it.mark)
			}
			at = at.join(f.rect(it.mark))
			text.WriteString(part)
		}
	}
	flush()
	return out
}

// normal is the form in which a word is kept: NFKC, in which some signs fall
// apart into a space and a mark, without the space.
func normal(s string) string {
	s = norm.NFKC.String(strings.ReplaceAll(s, noText, ""))
	if strings.ContainsFunc(s, unicode.IsSpace) {
		s = norm.NFKC.String(strings.Join(strings.Fields(s), ""))
	}
	if strings.ContainsRune(s, 'ـ') { // presentation forms of marks on a tatweel
		s = norm.NFKC.String(strings.ReplaceAll(s, "ـ", ""))
	}
	return s
}
