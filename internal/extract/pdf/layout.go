package pdf

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"marsa/corpus"
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
		lines = append(lines, linesOf(frameOf(a), byAngle[a], len(lines))...)
	}
	return lines
}

// linesOf makes lines of the marks of one direction.
func linesOf(f frame, marks []mark, block int) []textLine {
	marks = dropDoubles(joinAccents(marks))
	ltr, right := directions(marks)
	pageRTL := right > ltr
	rs, breaks := arrange(rows(pieces(marks)), pageRTL, 0)
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
	s = norm.NFKC.String(s)
	if strings.ContainsFunc(s, unicode.IsSpace) {
		s = norm.NFKC.String(strings.Join(strings.Fields(s), ""))
	}
	if strings.ContainsRune(s, 'ـ') { // presentation forms of marks on a tatweel
		s = norm.NFKC.String(strings.ReplaceAll(s, "ـ", ""))
	}
	return s
}

// writer writes the text of a page and keeps where its words stand.
type writer struct {
	b     strings.Builder
	boxes []corpus.Box
	w, h  float64
}

// write joins the lines: a newline between lines, a blank line between
// paragraphs, and words that are broken at the end of a line made whole.
func (w *writer) write(lines []textLine) {
	leading := usualLeading(lines)
	hyphened := hyphenedWords(lines)
	for i := range lines {
		l := &lines[i]
		if i > 0 {
			w.b.WriteString(between(lines[i-1], *l, leading))
		}
		for j, wd := range l.words {
			if j > 0 {
				w.b.WriteByte(' ')
			}
			start := w.b.Len()
			last := j == len(l.words)-1
			if last && i+1 < len(lines) && joined(wd.text, &lines[i+1], *l, leading) {
				w.broken(wd, &lines[i+1], hyphened)
				break
			}
			w.b.WriteString(strings.ReplaceAll(wd.text, string(softHyphen), ""))
			w.box(start, w.b.Len(), wd.at)
		}
	}
}

// broken writes a word whose second half stands on the next line.
func (w *writer) broken(first word, next *textLine, hyphened map[string]bool) {
	second := next.words[0]
	next.words = next.words[1:]
	head, keep := first.text, ""
	_, size := utf8.DecodeLastRuneInString(head)
	head, hyphen := head[:len(head)-size], head[len(head)-size:]
	if hyphen != string(softHyphen) && utf8.RuneCountInString(head) == 1 { // "e-mail"
		keep = "-"
	}
	if hyphen != string(softHyphen) && hyphened[strings.ToLower(head+"-"+letters(second.text))] {
		keep = "-"
	}
	start := w.b.Len()
	whole := norm.NFKC.String(strings.ReplaceAll(head+keep+second.text, string(softHyphen), ""))
	w.b.WriteString(whole)
	middle := start + min(len(strings.ReplaceAll(head, string(softHyphen), ""))+len(keep), len(whole))
	w.box(start, middle, first.at)
	w.box(middle, w.b.Len(), second.at)
}

// box keeps where a stretch of the text stands, in shares of the page.
func (w *writer) box(start, end int, at rect) {
	if end <= start {
		return
	}
	at = at.cut(rect{0, 0, w.w, w.h})
	if at.empty() {
		return
	}
	w.boxes = append(w.boxes, corpus.Box{
		Start: start, End: end,
		X: float32(at.x0 / w.w), Y: float32(1 - at.y1/w.h),
		W: float32((at.x1 - at.x0) / w.w), H: float32((at.y1 - at.y0) / w.h),
	})
}

// joined says whether the last word of a line goes on in the next: a hyphen
// between two small letters, or a soft hyphen.
func joined(last string, next *textLine, l textLine, leading float64) bool {
	if len(next.words) == 0 || between(l, *next, leading) != "\n" {
		return false
	}
	r, size := utf8.DecodeLastRuneInString(last)
	before, _ := utf8.DecodeLastRuneInString(last[:len(last)-size])
	after, _ := utf8.DecodeRuneInString(next.words[0].text)
	switch r {
	case softHyphen:
		return unicode.IsLetter(before) && unicode.IsLetter(after)
	case '-', '‐':
		return unicode.IsLower(before) && unicode.IsLower(after)
	}
	return false
}

// hyphenedWords returns the words of a page that have a hyphen inside, so that
// "peut-être" broken at its own hyphen keeps it.
func hyphenedWords(lines []textLine) map[string]bool {
	found := map[string]bool{}
	for _, l := range lines {
		for _, wd := range l.words {
			s := strings.TrimFunc(wd.text, func(r rune) bool { return !unicode.IsLetter(r) })
			if i := strings.IndexByte(s, '-'); i > 0 {
				found[strings.ToLower(s)] = true
			}
		}
	}
	return found
}

// letters returns the letters and hyphens a word begins with.
func letters(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' })
	if end < 0 {
		return s
	}
	return s[:end]
}

// between returns what stands between two lines.
func between(a, b textLine, leading float64) string {
	down := a.v - b.v
	switch {
	case a.block != b.block && (down < 0 || down > 2*leading):
		if down < 0 && a.block+1 == b.block { // the next column goes on with the sentence
			return "\n"
		}
		return "\n\n"
	case down < -.5*a.size:
		return "\n\n"
	case down > 1.4*max(leading, min(a.size, b.size)):
		return "\n\n"
	}
	return "\n"
}

// usualLeading returns the distance between lines that most lines of a page have.
func usualLeading(lines []textLine) float64 {
	var all []float64
	for i := 1; i < len(lines); i++ {
		a, b := lines[i-1], lines[i]
		down := a.v - b.v
		if a.block == b.block && down > .9*min(a.size, b.size) && down < 2.5*b.size && a.size < 1.3*b.size && b.size < 1.3*a.size {
			all = append(all, down)
		}
	}
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[len(all)/5]
}
