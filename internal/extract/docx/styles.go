package docx

import (
	"strconv"
	"strings"

	"marsa/internal/extract/ooxml"
)

// numRef is a place in a numbering; number "" is none.
type numRef struct {
	number string
	level  int // from 0
}

// properties are those of a paragraph or of a style.
type properties struct {
	style   string
	level   int // of a heading, 0 for text, -1 when nothing is said
	num     numRef
	hasNum  bool
	newPage bool
	section bool // ends a section of the document, on a new page
}

// properties reads a <pPr>.
func (d *document) properties(pr *properties) error {
	pr.level = -1
	return d.r.Children(func(e ooxml.Element) error {
		switch e.Name {
		case "pStyle":
			pr.style = e.Attr("val")
		case "outlineLvl":
			pr.level = outlineLevel(e.Attr("val"))
		case "pageBreakBefore":
			pr.newPage = e.On()
		case "sectPr":
			pr.section = true
			return d.r.Children(func(e ooxml.Element) error {
				if e.Name == "type" && e.Attr("val") == "continuous" {
					pr.section = false
				}
				return nil
			})
		case "numPr":
			pr.hasNum, pr.num.level = true, -1
			return d.r.Children(func(e ooxml.Element) error {
				switch e.Name {
				case "numId":
					pr.num.number = e.Attr("val")
				case "ilvl":
					pr.num.level = number(e.Attr("val"), 0, 8)
				}
				return nil
			})
		}
		return nil
	})
}

// outlineLevel is 1 to 9; Word writes 0 to 8, and 9 for text.
func outlineLevel(val string) int {
	n, err := strconv.Atoi(val)
	if err != nil || n < 0 || n > 8 {
		return 0
	}
	return n + 1
}

func number(s string, least, most int) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return least
	}
	return min(max(n, least), most)
}

// style is a style of paragraphs.
type style struct {
	properties
	name    string
	basedOn string
}

// styles are the styles of paragraphs by their id.
type styles struct {
	byID     map[string]style
	fallback string // the style of paragraphs that name none
}

// look is what a style makes of a paragraph.
type look struct {
	level int
	title bool
	num   numRef
}

func (d *document) readStyles() error {
	d.styles.byID = map[string]style{}
	return d.r.Children(func(e ooxml.Element) error {
		if e.Name != "style" || e.Attr("type") != "paragraph" && e.Attr("type") != "" {
			return nil
		}
		id := e.Attr("styleId")
		if v := e.Attr("default"); v != "" && v != "0" && v != "false" {
			d.styles.fallback = id
		}
		s := style{}
		s.level = -1
		err := d.r.Children(func(e ooxml.Element) error {
			switch e.Name {
			case "name":
				s.name = strings.ToLower(strings.TrimSpace(e.Attr("val")))
			case "basedOn":
				s.basedOn = e.Attr("val")
			case "pPr":
				return d.properties(&s.properties)
			}
			return nil
		})
		d.styles.byID[id] = s
		return err
	})
}

// resolve follows a style through those that it is based on; what is nearer
// counts.
func (s styles) resolve(id string) look {
	if id == "" {
		id = s.fallback
	}
	var l look
	level, numbered, numLevel := -1, false, -1
	for range 20 { // styles may be based on each other in a ring
		st, ok := s.byID[id]
		if !ok {
			if level < 0 {
				level = headingName(strings.ToLower(id))
			}
			break
		}
		l.title = l.title || st.name == "title"
		if level < 0 {
			if level = st.level; level < 0 {
				level = headingName(st.name)
			}
		}
		if st.hasNum {
			if numLevel < 0 {
				numLevel = st.num.level
			}
			if !numbered && st.num.number != "" {
				numbered, l.num.number = true, st.num.number
			}
		}
		id = st.basedOn
	}
	l.level, l.num.level = max(level, 0), max(numLevel, 0)
	return l
}

// headingName returns the level in the name of a heading style, -1 for others.
// Word keeps the English names whatever its language; other programs do not.
func headingName(name string) int {
	for _, word := range []string{"heading", "titre", "überschrift", "título", "titolo", "kop", "заголовок", "عنوان", "العنوان"} {
		rest, ok := strings.CutPrefix(name, word)
		rest = strings.TrimSpace(rest)
		if ok && len(rest) == 1 && rest[0] >= '1' && rest[0] <= '9' {
			return int(rest[0] - '0')
		}
	}
	return -1
}
