package pdf

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"marsa/corpus"
)

// writer writes the text of a page and keeps where its words stand.
type writer struct {
	b     strings.Builder
	boxes []corpus.Box
	w, h  float64
}

// write joins the lines: a newline between lines, a blank line between
// paragraphs, and words that are broken at the end of a line made whole.
func (w *writer) write(lines []textLine) {
	usual := usualLeadings(lines)
	hyphened := hyphenedWords(lines)
	for i := range lines {
		l := &lines[i]
		if i > 0 {
			w.b.WriteString(between(lines[i-1], *l, usual))
		}
		for j, wd := range l.words {
			if j > 0 {
				w.b.WriteByte(' ')
			}
			start := w.b.Len()
			last := j == len(l.words)-1
			if last && i+1 < len(lines) && joined(wd.text, &lines[i+1], *l, usual) {
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
func joined(last string, next *textLine, l textLine, usual leadings) bool {
	if len(next.words) == 0 || between(l, *next, usual) != "\n" {
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
func between(a, b textLine, usual leadings) string {
	down := a.v - b.v
	em := min(a.size, b.size)
	leading := usual.of(em)
	switch {
	case a.block != b.block && (down < 0 || down > 2*leading):
		if down < 0 && a.block+1 == b.block { // the next column or cell goes on with the sentence
			return "\n"
		}
		return "\n\n"
	case down < -.5*a.size:
		return "\n\n"
	case down > max(1.3*leading, 1.4*em):
		return "\n\n"
	}
	return "\n"
}

// usualLeadings returns the distances between lines that most lines of a page
// have, for each size of type: a small table does not make the text around it
// look wide.
func usualLeadings(lines []textLine) leadings {
	bySize := map[int][]float64{}
	for i := 1; i < len(lines); i++ {
		a, b := lines[i-1], lines[i]
		down := a.v - b.v
		if a.block == b.block && down > .9*min(a.size, b.size) && down < 2.5*b.size && a.size < 1.3*b.size && b.size < 1.3*a.size {
			key := sizeKey(min(a.size, b.size))
			bySize[key] = append(bySize[key], down)
		}
	}
	return lowFifth(bySize)
}
