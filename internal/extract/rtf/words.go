package rtf

import (
	"regexp"
	"strconv"
	"strings"

	"marsa/corpus"
	"marsa/internal/extract"
)

// apply does what a control word says; number says whether n was there.
func (r *reader) apply(name string, n int, number bool) error {
	s := &r.state
	starred := s.starred
	s.starred = false
	if s.dest == skip {
		return nil
	}
	if r.destination(name, starred) || r.character(name, n, number) {
		return nil
	}
	if text, ok := signs[name]; ok {
		r.write(text)
		return nil
	}
	return r.structure(name, n, number)
}

// signs are control words that stand for characters.
var signs = map[string]string{
	"tab": "\t", "line": "\n", "lbr": "\n", "emdash": "—", "endash": "–", "emspace": " ", "enspace": " ", "qmspace": " ", "bullet": "•",
	"lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "zwj": "\u200D", "zwnj": "\u200C",
}

// destination turns to the destination that a word names. What may be skipped
// and is not known is.
func (r *reader) destination(name string, starred bool) bool {
	s := &r.state
	to := func(d destination) bool {
		s.dest, s.text = d, &strings.Builder{}
		return true
	}
	switch name {
	case "fonttbl":
		s.dest = fontTable
		return true
	case "stylesheet":
		return to(styleSheet)
	case "info":
		s.info = true
		return true
	case "title":
		if s.info {
			return to(infoTitle)
		}
	case "author":
		if s.info {
			return to(infoAuthor)
		}
	case "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf":
		return to(margin)
	case "footnote":
		return to(footnote)
	case "shptxt":
		return to(textBox)
	case "listtext", "pntext":
		return to(listMark)
	case "upr":
		s.only = "ud"
		return true
	case "shpinst", "ud", "moMath", "moMathPara", "fldrslt", "object", "result": // looked into
		return true
	case "pict", "shppict", "picprop", "objdata", "nonshppict", "shprslt", "colortbl", "filetbl", "fldinst", "nonesttables", "mmathPict",
		"xe", "tc", "txe", "rxe", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "bkmkstart", "bkmkend", "atnid",
		"atnauthor", "annotation", "themedata", "datastore", "keycode", "sn", "sv", "operator", "company", "keywords", "subject", "doccomm",
		"comment", "category", "manager", "creatim", "revtim", "printim", "buptim", "hlinkbase", "template", "userprops":
		s.dest = skip
		return true
	}
	if starred || strings.HasPrefix(name, "m") && strings.HasSuffix(name, "Pr") {
		s.dest = skip
		return true
	}
	return false
}

// character takes words about characters.
func (r *reader) character(name string, n int, number bool) bool {
	s := &r.state
	on := !number || n != 0
	switch name {
	case "uc":
		s.skipAfter = min(max(n, 0), 100)
	case "f":
		s.font = n
	case "af":
		s.right = n
	case "rtlch":
		s.rtl = true
	case "ltrch":
		s.rtl = false
	case "plain":
		s.hidden, s.deleted, s.rtl, s.right = false, false, false, -1
	case "v":
		s.hidden = on
	case "deleted":
		s.deleted = on
	case "fcharset":
		if s.dest == fontTable && len(r.d.fonts) < maxTable {
			r.d.fonts[s.font] = pageOf(n)
		}
	case "cpg":
		if s.dest == fontTable && len(r.d.fonts) < maxTable {
			r.d.fonts[s.font] = n
		}
	case "ansicpg":
		if n > 0 {
			r.d.ansi = n
		}
	case "mac":
		r.d.ansi = 10000
	case "pc":
		r.d.ansi = 437
	case "pca":
		r.d.ansi = 850
	case "deflang", "adeflang":
	default:
		return false
	}
	return true
}

// pageOf returns the code page of a character set of Windows; 0 is that of the
// document.
func pageOf(charset int) int {
	return map[int]int{
		2: symbolFont, 77: 10000, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255, 178: 1256,
		186: 1257, 204: 1251, 222: 874, 238: 1250, 254: 437, 255: 850,
	}[charset]
}

// structure takes words about paragraphs and tables.
func (r *reader) structure(name string, n int, number bool) error {
	s := &r.state
	if s.text != nil {
		switch name {
		case "par", "cell", "row", "nestcell", "nestrow", "sect", "page":
			s.text.WriteByte('\n')
		case "s":
			s.style = n
		case "outlinelevel":
			s.level = n + 1
		}
		return nil
	}
	if s.dest != body {
		return nil
	}
	switch name {
	case "pard":
		s.table, s.level, s.style, s.listLevel = false, -1, 0, 0
	case "s":
		s.style = n
	case "outlinelevel":
		s.level = n + 1
	case "ilvl":
		s.listLevel = n
	case "intbl":
		s.table = true
	case "par":
		return r.d.paragraph(s)
	case "cell":
		r.d.cell()
	case "nestcell", "nestrow":
		r.d.text.WriteByte('\t')
	case "row":
		return r.d.row()
	case "page", "sect", "pagebb":
		if name != "pagebb" {
			if err := r.d.paragraph(s); err != nil {
				return err
			}
		}
		r.d.out.Break()
	}
	return nil
}

func (d *document) setTitle(text string) {
	if d.meta.Title = extract.FileTitle(text); d.meta.Title != "" {
		d.meta.TitleFrom = corpus.FromFile
	}
}

var headingName = regexp.MustCompile(`(?i)^(?:heading|titre|überschrift|título|titolo|заголовок|عنوان) ?([1-9])$`)

// addStyle keeps what a style says of headings.
func (d *document) addStyle(number, level int, name string) {
	if len(d.styles) >= maxTable {
		return
	}
	name = extract.CleanLine(strings.TrimSuffix(strings.TrimSpace(name), ";"), 100)
	if m := headingName.FindStringSubmatch(name); m != nil {
		level, _ = strconv.Atoi(m[1]) // it is a digit
	}
	if level > 0 && level < 10 {
		d.styles[number] = level
	}
	if strings.EqualFold(name, "title") || strings.EqualFold(name, "titre") {
		d.titles[number] = true
	}
}
