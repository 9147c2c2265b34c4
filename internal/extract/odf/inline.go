package odf

import (
	"strconv"
	"strings"

	"marsa/internal/extract"
	"marsa/internal/extract/ooxml"
)

// inline collects the text of a paragraph.
type inline struct {
	d *document
	p *paragraph
	b strings.Builder

	image bool // there is a picture
}

// all reads everything within the element that was given last. White space in
// the file is one blank, blanks that count are elements.
func (t *inline) all() error {
	return t.d.r.Content(t.element, func(s string) {
		for _, r := range s {
			switch r {
			case ' ', '\t', '\n', '\r':
				if text := t.b.String(); text == "" || strings.HasSuffix(text, " ") {
					continue
				}
				r = ' '
			}
			t.b.WriteRune(r)
		}
	})
}

func (t *inline) element(e ooxml.Element) error {
	switch e.Name {
	case "s":
		n := 1
		if e.Attr("c") != "" {
			n = repeated(e, "c")
		}
		t.b.WriteString(strings.Repeat(" ", n))
	case "tab":
		t.b.WriteByte('\t')
	case "line-break":
		t.b.WriteByte('\n')
	case "note":
		return t.note()
	case "soft-page-break":
	case "span":
		if t.d.resolve(e.Attr("style-name")).hidden {
			return nil
		}
		return t.all()
	case "frame", "custom-shape", "g", "rect", "ellipse", "line", "connector", "path", "polygon", "polyline", "caption":
		return t.shape(e)
	case "annotation", "annotation-end", "ruby-text", "hidden-text", "tracked-changes", "title", "desc", "image", "forms", "script",
		"event-listeners", "glue-point", "enhanced-geometry", "object-ole", "plugin", "notes":
	default: // links, fields, marks
		return t.all()
	}
	return nil
}

func (t *inline) note() error {
	citation, text := "", ""
	err := t.d.r.Children(func(e ooxml.Element) error {
		switch e.Name {
		case "note-citation":
			var err error
			citation, err = t.d.r.Text()
			return err
		case "note-body":
			var lines []string
			err := t.d.blocks(func(p paragraph) error {
				lines = append(lines, p.text)
				return nil
			})
			text = strings.TrimSpace(strings.Join(lines, "\n"))
			return err
		}
		return nil
	})
	t.d.noted++
	if citation = extract.CleanLine(citation, 20); citation == "" {
		citation = strconv.Itoa(t.d.noted)
	}
	if text != "" {
		t.p.notes = append(t.p.notes, "["+citation+"] "+text)
	}
	return err
}

// shape reads what is written in a drawing, which is set apart from the text that
// it hangs on: text boxes, tables, formulas.
func (t *inline) shape(e ooxml.Element) error {
	var lines []string
	give := func(p paragraph) error {
		if strings.TrimSpace(p.text) != "" {
			lines = append(lines, p.text)
		}
		lines = append(lines, p.boxes...)
		t.p.notes = append(t.p.notes, p.notes...)
		return nil
	}
	formula := ""
	var inside func(e ooxml.Element) error
	inside = func(e ooxml.Element) error {
		switch e.Name {
		case "text-box":
			return t.d.blocks(give)
		case "p", "h":
			p, err := t.d.paragraph(e)
			if err != nil {
				return err
			}
			p.level = 0
			return give(p)
		case "list":
			return t.d.list(e, "", 0, give)
		case "table":
			return t.d.table(give)
		case "image":
			t.image = true
		case "object":
			text, err := t.d.object(e)
			formula += text
			return err
		case "a", "frame", "custom-shape", "g", "rect", "ellipse", "line", "connector", "path", "polygon", "polyline", "caption":
			return t.d.r.Children(inside)
		}
		return nil
	}
	err := t.d.r.Children(inside)
	t.b.WriteString(formula)
	if text := strings.TrimSpace(strings.Join(lines, "\n")); text != "" {
		t.p.boxes = append(t.p.boxes, text)
	}
	return err
}

// object reads a formula, which is a document of its own in the file, or stands
// in the text. Other objects are not looked at.
func (d *document) object(e ooxml.Element) (string, error) {
	var b strings.Builder
	if part := strings.TrimPrefix(e.Attr("href"), "./"); part != "" {
		if part += "/content.xml"; !d.pack.Has(part) {
			return "", nil
		}
		r, err := d.pack.Open(part)
		if err != nil {
			return "", err
		}
		defer r.Close()
		err = r.Walk(func(e ooxml.Element) error {
			if e.Name != "math" {
				return nil
			}
			return math(r, &b)
		})
		return b.String(), err
	}
	err := d.r.Children(func(e ooxml.Element) error {
		if e.Name == "math" {
			return math(d.r, &b)
		}
		return nil
	})
	return b.String(), err
}

// math writes the signs of a formula one after the other.
func math(r *ooxml.Reader, b *strings.Builder) error {
	return r.Content(func(e ooxml.Element) error {
		if e.Name == "annotation" {
			return nil
		}
		return math(r, b)
	}, func(s string) { b.WriteString(strings.TrimSpace(s)) })
}
