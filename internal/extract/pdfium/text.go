package pdfium

import (
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/responses"

	"marsa/corpus"
	"marsa/internal/extract"
)

// Text returns the text of a page, counted from 0, in marsa's normal form.
func (f *File) Text(page int) (string, error) {
	r, err := f.pdfium.GetPageText(&requests.GetPageText{Page: f.page(page)})
	if err != nil {
		return "", fmt.Errorf("read page %d: %w", page+1, err)
	}
	w := &writer{whole: r.Text}
	for _, c := range r.Text {
		w.char(c, area{})
	}
	w.flush()
	return w.b.String(), nil
}

// Words returns what Text does, with the places of the words, and from these a
// blank line between paragraphs. It takes several times as long.
func (f *File) Words(page int) (string, []corpus.Box, error) {
	r, err := f.pdfium.GetPageTextStructured(&requests.GetPageTextStructured{
		Page: f.page(page), Mode: requests.GetPageTextStructuredModeChars,
	})
	if err != nil {
		return "", nil, fmt.Errorf("read page %d: %w", page+1, err)
	}
	var whole strings.Builder
	for _, c := range r.Chars {
		whole.WriteString(c.Text)
	}
	w := &writer{whole: whole.String(), onPage: func(a area) (corpus.Box, bool) { return f.place(page, a) }}
	for _, c := range r.Chars {
		a := areaOf(c.PointPosition)
		for _, r := range c.Text {
			w.char(r, a)
		}
	}
	w.flush()
	text, boxes := paragraphs(w.b.String(), w.boxes)
	return text, boxes, nil
}

// area is a rectangle in the coordinates of the file.
type area struct{ x0, y0, x1, y1 float64 }

func areaOf(p responses.CharPosition) area {
	return area{min(p.Left, p.Right), min(p.Top, p.Bottom), max(p.Left, p.Right), max(p.Top, p.Bottom)}
}

func (a area) empty() bool { return a.x1 <= a.x0 || a.y1 <= a.y0 }

func (a area) join(b area) area {
	switch {
	case a.empty():
		return b
	case b.empty():
		return a
	}
	return area{min(a.x0, b.x0), min(a.y0, b.y0), max(a.x1, b.x1), max(a.y1, b.y1)}
}

// device is the size at which pdfium is asked where a point of the page is seen:
// it answers in whole numbers.
const device = 1 << 20

// place turns an area of the file into a box on the page as it is seen, with its
// rotation and its visible part.
func (f *File) place(page int, a area) (corpus.Box, bool) {
	x0, y0, err := f.see(page, a.x0, a.y0)
	if err != nil {
		return corpus.Box{}, false
	}
	x1, y1, err := f.see(page, a.x1, a.y1)
	if err != nil {
		return corpus.Box{}, false
	}
	left, top := max(0, min(x0, x1)), max(0, min(y0, y1))
	right, bottom := min(1, max(x0, x1)), min(1, max(y0, y1))
	b := corpus.Box{X: float32(left), Y: float32(top), W: float32(right - left), H: float32(bottom - top)}
	return b, b.W > 0 && b.H > 0
}

func (f *File) see(page int, x, y float64) (float64, float64, error) {
	if math.IsNaN(x+y) || math.IsInf(x+y, 0) {
		return 0, 0, extract.ErrDamaged
	}
	r, err := f.pdfium.FPDF_PageToDevice(&requests.FPDF_PageToDevice{
		Page: f.page(page), SizeX: device, SizeY: device, PageX: x, PageY: y,
	})
	if err != nil {
		return 0, 0, err
	}
	return float64(r.DeviceX) / device, float64(r.DeviceY) / device, nil
}

// writer makes words of pdfium's characters.
type writer struct {
	whole  string // the text as pdfium gives it
	onPage func(area) (corpus.Box, bool)

	b     strings.Builder
	boxes []corpus.Box
	word  strings.Builder
	parts []part // of the word; more than one when it was broken at the end of a line
	gap   byte   // that comes before the next word
}

// part is how far a word goes on one line, and where it stands.
type part struct {
	end int // in the word, before it is cleaned
	at  area
}

// broken says whether r is what pdfium leaves of the hyphen at which a word is
// broken at the end of a line.
func broken(r rune) bool { return r == 0x02 || r == 0xFFFE }

func (w *writer) char(r rune, at area) {
	switch {
	case r == '\n' || r == '\r':
		w.flush()
		if w.b.Len() > 0 {
			w.gap = '\n'
		}
	case r != unicode.ReplacementChar && unicode.IsSpace(r):
		w.flush()
		if w.b.Len() > 0 && w.gap == 0 {
			w.gap = ' '
		}
	case broken(r):
		w.word.WriteRune(r)
		w.parts = append(w.parts, part{end: w.word.Len()})
	default:
		w.word.WriteRune(r)
		if len(w.parts) == 0 || w.brokenBefore() {
			w.parts = append(w.parts, part{})
		}
		p := &w.parts[len(w.parts)-1]
		p.end, p.at = w.word.Len(), p.at.join(at)
	}
}

// brokenBefore says whether the last part is only the mark of a break.
func (w *writer) brokenBefore() bool {
	p := w.parts[len(w.parts)-1]
	return p.at.empty() && p.end > 0 && broken(last(w.word.String()[:p.end]))
}

func last(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// flush writes the word that has come together.
func (w *writer) flush() {
	raw := w.word.String()
	parts := w.parts
	w.word.Reset()
	w.parts = w.parts[:0]
	text := strings.ReplaceAll(extract.Clean(w.mend(raw)), " ", "") // NFKC makes blanks of some signs
	if text == "" {
		return
	}
	if w.gap != 0 {
		w.b.WriteByte(w.gap)
		w.gap = 0
	}
	start := w.b.Len()
	w.b.WriteString(text)
	if w.onPage == nil {
		return
	}
	at := start
	for i, p := range parts {
		end := start + min(len(extract.Clean(w.mend(raw[:p.end]))), len(text))
		if i == len(parts)-1 {
			end = w.b.Len()
		}
		if b, ok := w.onPage(p.at); ok && !p.at.empty() && end > at {
			b.Start, b.End = at, end
			w.boxes = append(w.boxes, b)
		}
		at = max(at, end)
	}
}

// mend takes out of a word the marks at which it was broken; the hyphen comes
// back where the page has the word with it elsewhere ("peut-être").
func (w *writer) mend(word string) string {
	i := strings.IndexFunc(word, broken)
	if i < 0 {
		return word
	}
	_, n := utf8.DecodeRuneInString(word[i:])
	head, tail := word[:i], word[i+n:]
	whole := strings.TrimFunc(head+"-"+tail, func(r rune) bool { return !unicode.IsLetter(r) })
	if !strings.Contains(whole, "-") || !strings.Contains(w.whole, whole) {
		return head + w.mend(tail)
	}
	return head + "-" + w.mend(tail)
}
