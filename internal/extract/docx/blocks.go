package docx

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"marsa/internal/extract/ooxml"
)

// pageBreak stands in the text of a paragraph where the author ends a page. XML
// cannot contain it, and cleaning takes it out.
const pageBreak = "\f"

const (
	// maxHeading is how many characters a heading may have. What is longer is
	// text in the wrong style.
	maxHeading = 300
	// longCell is the length in characters from which a cell of a table holds
	// prose, which is not read as a column.
	longCell = 1_000
)

// kind says how a paragraph stands to its neighbours.
type kind int

const (
	flow kind = iota
	item      // of a list
	row       // of a table
)

// paragraph is a paragraph or a row of a table.
type paragraph struct {
	text      string
	kind      kind
	first     bool // of its table
	level     int  // of a heading, else 0
	title     bool // has the style of a document's title
	newPage   bool // starts a page
	pageAfter bool // ends a page
	notes     []string
	boxes     []string // texts of its text boxes
}

// blocks reads the paragraphs and tables within the element that was given last.
func (d *document) blocks(give func(paragraph) error) error {
	chosen := false // of the alternatives the first counts
	return d.r.Children(func(e ooxml.Element) error {
		switch e.Name {
		case "p":
			p, err := d.paragraph()
			if err != nil {
				return err
			}
			return give(p)
		case "tbl":
			return d.table(give)
		case "Choice":
			if chosen {
				return nil
			}
			chosen = true
			return d.blocks(give)
		case "sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "AlternateContent", "txbxContent":
			return d.blocks(give)
		case "altChunk":
			d.meta.Warnings = append(d.meta.Warnings, "a file that is embedded in the text is not read")
		}
		return nil
	})
}

// table gives each row as one line with tabs between its cells. A row whose
// cells hold prose or headings is there for the layout: it is given as the
// paragraphs that it holds.
func (d *document) table(give func(paragraph) error) error {
	first := true
	return d.each("tr", func() error {
		var cells [][]paragraph
		err := d.each("tc", func() error {
			var cell []paragraph
			err := d.blocks(func(p paragraph) error {
				cell = append(cell, p)
				return nil
			})
			cells = append(cells, cell)
			return err
		})
		if err != nil {
			return err
		}
		if layout(cells) {
			for _, c := range cells {
				for _, p := range c {
					if err := give(p); err != nil {
						return err
					}
				}
			}
			return nil
		}
		line := join(cells)
		line.first, first = first, false
		return give(line)
	})
}

// each calls f for every child with a name, also within the elements that may
// stand around rows and cells.
func (d *document) each(name string, f func() error) error {
	return d.r.Children(func(e ooxml.Element) error {
		switch e.Name {
		case name:
			return f()
		case "sdt", "sdtContent", "customXml", "ins", "moveTo":
			return d.each(name, f)
		}
		return nil
	})
}

func layout(cells [][]paragraph) bool {
	for _, c := range cells {
		size := 0
		for _, p := range c {
			if p.level > 0 && p.level <= 3 {
				return true
			}
			size += utf8.RuneCountInString(p.text)
		}
		if size > longCell {
			return true
		}
	}
	return len(cells) == 1 && len(cells[0]) > 1
}

func join(cells [][]paragraph) paragraph {
	out := paragraph{kind: row}
	var texts []string
	for _, c := range cells {
		var parts []string
		for _, p := range c {
			parts = append(parts, strings.Fields(p.text)...)
			out.notes = append(out.notes, p.notes...)
			for _, b := range p.boxes {
				parts = append(parts, strings.Fields(b)...)
			}
		}
		texts = append(texts, strings.Join(parts, " "))
	}
	out.text = strings.Join(texts, "\t")
	return out
}

// paragraph reads a paragraph with what hangs on it.
func (d *document) paragraph() (paragraph, error) {
	var p paragraph
	pr := properties{level: -1}
	t := &inline{d: d, p: &p}
	err := t.children(func(e ooxml.Element) error {
		if e.Name == "pPr" {
			return d.properties(&pr)
		}
		return t.element(e)
	})
	if err != nil {
		return p, err
	}
	p.text = t.b.String()
	p.newPage, p.pageAfter = pr.newPage, pr.section
	d.dress(&p, &pr)
	return p, nil
}

// dress gives a paragraph what its style and its numbering make of it.
func (d *document) dress(p *paragraph, pr *properties) {
	st := d.styles.resolve(pr.style)
	if pr.level >= 0 {
		st.level = pr.level
	}
	if !pr.hasNum {
		pr.num = st.num
	} else if pr.num.level < 0 {
		pr.num.level = max(st.num.level, 0)
	}
	if strings.TrimSpace(p.text) == "" {
		return
	}
	p.title = st.title
	if st.level >= 1 && st.level <= 6 && utf8.RuneCountInString(p.text) <= maxHeading {
		p.level = st.level
	}
	if mark := d.numbering.next(pr.num); mark != "" {
		p.text = mark + " " + p.text
		if p.level == 0 {
			p.kind = item
			p.text = strings.Repeat("  ", pr.num.level) + p.text
		}
	}
}

// inline collects the text of a paragraph.
type inline struct {
	d *document
	p *paragraph
	b strings.Builder
}

func (t *inline) children(f func(ooxml.Element) error) error { return t.d.r.Children(f) }

// all reads everything within the element that was given last.
func (t *inline) all() error {
	chosen, hidden := false, false
	return t.children(func(e ooxml.Element) error {
		switch e.Name {
		case "rPr":
			return t.children(func(e ooxml.Element) error {
				hidden = hidden || e.Name == "vanish" && e.On()
				return nil
			})
		case "Choice":
			if chosen {
				return nil
			}
			chosen = true
		}
		if hidden {
			return nil
		}
		return t.element(e)
	})
}

// element reads an element within a paragraph. What is not known is looked
// into: text stands in <t> only.
func (t *inline) element(e ooxml.Element) error {
	switch e.Name {
	case "t":
		s, err := t.d.r.Text()
		t.b.WriteString(s)
		return err
	case "tab", "ptab":
		t.b.WriteByte('\t')
	case "br":
		if e.Attr("type") == "page" {
			t.b.WriteString(pageBreak)
		} else {
			t.b.WriteByte('\n')
		}
	case "cr":
		t.b.WriteByte('\n')
	case "noBreakHyphen":
		t.b.WriteByte('-')
	case "sym":
		t.b.WriteString(symbol(e.Attr("char")))
	case "footnoteReference", "endnoteReference":
		t.note(strings.TrimSuffix(e.Name, "Reference") + e.Attr("id"))
	case "txbxContent":
		return t.box()
	case "del", "moveFrom", "Fallback", "instrText", "delText", "delInstrText", "rt", "pPr", "sectPr", "docPr", "binData":
	case "p": // of a drawing
		err := t.all()
		t.b.WriteByte('\n')
		return err
	default:
		return t.all()
	}
	return nil
}

func (t *inline) note(id string) {
	text, ok := t.d.notes[id]
	if !ok || text == "" {
		return
	}
	delete(t.d.notes, id)
	t.d.noted++
	t.p.notes = append(t.p.notes, "["+strconv.Itoa(t.d.noted)+"] "+text)
}

// box reads a text box, which is set apart from the text that it hangs on.
func (t *inline) box() error {
	var lines []string
	err := t.d.blocks(func(p paragraph) error {
		lines = append(lines, strings.ReplaceAll(p.text, pageBreak, "\n"))
		lines = append(lines, p.boxes...)
		t.p.notes = append(t.p.notes, p.notes...)
		return nil
	})
	if text := strings.TrimSpace(strings.Join(lines, "\n")); text != "" {
		t.p.boxes = append(t.p.boxes, text)
	}
	return err
}

// symbol returns the character of a symbol. Those of symbol fonts stand in the
// private area and mean nothing without the font.
func symbol(hex string) string {
	n, err := strconv.ParseUint(hex, 16, 32)
	r := rune(n)
	switch {
	case err != nil, n > unicode.MaxRune:
		return ""
	case r == 0xF0B7, r == 0xF0A7:
		return "•"
	case r >= 0xE000 && r <= 0xF8FF:
		return ""
	}
	return string(r)
}

func letters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}
