package tesseract

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"marsa/corpus"
	"marsa/internal/extract"
)

// Reading is the text of a picture.
type Reading struct {
	Text       string // in the form of extract.Clean
	Boxes      []corpus.Box
	Words      int
	Confidence float64 // mean over the words, 0 to 1, as the program judges itself
}

// Levels of tesseract's table: a row is about a page, a block, a paragraph, a
// line or a word.
const (
	levelPage = 1
	levelWord = 5
)

// row is a line of tesseract's table of tab-separated values.
type row struct {
	level, block, paragraph, line int
	x, y, w, h                    float64 // in pixels
	confidence                    float64 // 0 to 100
	text                          string
}

// parse reads tesseract's answer to "tsv": twelve columns, of which the first
// line has the names.
func parse(tsv []byte) (*Reading, error) {
	b := &builder{}
	first := true
	for line := range bytes.Lines(tsv) {
		if first {
			first = false
			if !bytes.HasPrefix(line, []byte("level\t")) {
				return nil, fmt.Errorf("tesseract answered %.40q: %w", line, extract.ErrDamaged)
			}
			continue
		}
		r, err := parseRow(strings.TrimRight(string(line), "\r\n"))
		if err != nil {
			return nil, err
		}
		b.add(r)
	}
	if first {
		return nil, fmt.Errorf("tesseract answered nothing: %w", extract.ErrDamaged)
	}
	return b.reading(), nil
}

func parseRow(line string) (row, error) {
	cells := strings.SplitN(line, "\t", 12)
	if len(cells) < 11 {
		return row{}, fmt.Errorf("tesseract answered %.80q: %w", line, extract.ErrDamaged)
	}
	var n [11]float64
	for i, c := range cells[:11] {
		v, err := strconv.ParseFloat(c, 64)
		if err != nil {
			return row{}, fmt.Errorf("tesseract answered %.80q: %w", line, extract.ErrDamaged)
		}
		n[i] = v
	}
	r := row{level: int(n[0]), block: int(n[2]), paragraph: int(n[3]), line: int(n[4]),
		x: n[6], y: n[7], w: n[8], h: n[9], confidence: n[10]}
	if len(cells) == 12 {
		r.text = extract.CleanLine(cells[11], 0)
	}
	return r, nil
}

// builder puts words together to a text.
type builder struct {
	text          []byte
	boxes         []corpus.Box
	last          row
	width, height float64
	confidence    float64
}

func (b *builder) add(r row) {
	switch {
	case r.level == levelPage:
		b.width, b.height = r.w, r.h
		return
	case r.level != levelWord || r.text == "":
		return
	}
	if b.goesOn(r) { // a word broken at the end of the line has two boxes
		b.text = b.text[:len(b.text)-1]
		b.boxes[len(b.boxes)-1].End--
	} else {
		b.text = append(b.text, b.between(r)...)
	}
	start := len(b.text)
	b.text = append(b.text, r.text...)
	b.boxes = append(b.boxes, corpus.Box{Start: start, End: len(b.text),
		X: share(r.x, b.width), Y: share(r.y, b.height), W: share(r.w, b.width), H: share(r.h, b.height)})
	b.confidence += min(max(r.confidence, 0), 100) / 100
	b.last = r
}

// goesOn says whether r is the rest of a word that the last line broke off with
// a hyphen.
func (b *builder) goesOn(r row) bool {
	head, broken := strings.CutSuffix(b.last.text, "-")
	if !broken || r.line == b.last.line || b.between(r) != "\n" {
		return false
	}
	end, _ := utf8.DecodeLastRuneInString(head)
	begin, _ := utf8.DecodeRuneInString(r.text)
	return unicode.IsLetter(end) && unicode.IsLower(begin)
}

// between is what stands between the last word and r.
func (b *builder) between(r row) string {
	switch {
	case len(b.text) == 0:
		return ""
	case r.block != b.last.block || r.paragraph != b.last.paragraph:
		return "\n\n"
	case r.line != b.last.line:
		return "\n"
	}
	return " "
}

func share(part, whole float64) float32 {
	if !(whole > 0) {
		return 0
	}
	return float32(min(max(part/whole, 0), 1))
}

func (b *builder) reading() *Reading {
	return &Reading{Text: string(b.text), Boxes: b.boxes, Words: len(b.boxes),
		Confidence: b.confidence / float64(max(1, len(b.boxes)))}
}
