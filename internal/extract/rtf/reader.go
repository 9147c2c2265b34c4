package rtf

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"

	"marsa/internal/extract"
)

// destination is where the text of a group goes.
type destination int

const (
	body destination = iota
	skip
	fontTable
	styleSheet
	infoTitle
	infoAuthor
	margin
	footnote
	textBox
	listMark
)

// state is what a group says of its text. A group begins with that of the group
// around it.
type state struct {
	dest    destination
	text    *strings.Builder // of a destination that is not the body
	info    bool             // within the properties
	starred bool             // the next word names a destination that may be skipped
	only    string           // of the groups within, only the one with this destination is read

	skipAfter int // bytes that follow a \u for programs that do not know it
	font      int
	right     int  // font for text from the right
	rtl       bool // the text is from the right
	hidden    bool
	deleted   bool

	table     bool // the paragraph is in a table
	level     int  // of a heading; -1 when the style says
	style     int
	listLevel int
}

// reader goes through the file.
type reader struct {
	ctx     context.Context
	data    []byte
	at      int
	d       *document
	state   state
	stack   []state
	pending []byte // bytes of text in a code page
	drop    int    // bytes to be dropped after a \u
	high    rune   // the first half of a character
	steps   int
}

var errEnd = errors.New("end of the document")

// all reads the file. One that is cut off ends with an error, after what it has.
func (r *reader) all() error {
	r.state = state{skipAfter: 1, level: -1, right: -1}
	for r.at < len(r.data) {
		if r.steps++; r.steps%4096 == 0 && r.ctx.Err() != nil {
			return r.ctx.Err()
		}
		err := r.step()
		if errors.Is(err, errEnd) {
			return nil
		}
		if err != nil {
			return err
		}
	}
	r.flush()
	if len(r.stack) > 0 {
		r.d.meta.Warnings = append(r.d.meta.Warnings, "the file ends within the document; what comes before is read")
	}
	return nil
}

func (r *reader) step() error {
	switch c := r.data[r.at]; c {
	case '{':
		r.flush()
		r.at++
		if len(r.stack) >= maxDepth {
			return fmt.Errorf("groups nested deeper than %d: %w", maxDepth, extract.ErrDamaged)
		}
		r.stack = append(r.stack, r.state)
		if r.state.only != "" && !r.opens(r.state.only) {
			r.state.dest = skip
		}
		r.state.only = ""
		if r.state.dest == styleSheet { // a style
			r.state.text, r.state.style, r.state.level = &strings.Builder{}, 0, -1
		}
		r.drop = 0
	case '}':
		r.flush()
		r.at++
		r.drop = 0
		return r.leave()
	case '\\':
		return r.control()
	case '\r', '\n', 0:
		r.at++
	default:
		r.at++
		r.char(c)
	}
	return nil
}

// opens says whether the group that begins here has a destination.
func (r *reader) opens(name string) bool {
	return strings.HasPrefix(string(r.data[r.at:min(len(r.data), r.at+len(name)+3)]), `\*\`+name)
}

// leave ends a group.
func (r *reader) leave() error {
	if len(r.stack) == 0 {
		return errEnd
	}
	inner := r.state
	r.state = r.stack[len(r.stack)-1]
	r.stack = r.stack[:len(r.stack)-1]
	if inner.text != nil && inner.text != r.state.text {
		r.end(inner)
	}
	if len(r.stack) == 0 {
		return errEnd
	}
	return nil
}

// end takes the text of a destination.
func (r *reader) end(s state) {
	text := s.text.String()
	switch s.dest {
	case infoTitle:
		r.d.setTitle(text)
	case infoAuthor:
		r.d.meta.Authors = extract.FileAuthors(text)
	case margin:
		for line := range strings.SplitSeq(text, "\n") {
			r.d.margin(line)
		}
	case footnote:
		r.d.note(text)
	case textBox:
		r.d.box(text)
	case listMark:
		if r.state.table { // of one of the paragraphs of a cell
			r.write(strings.TrimSpace(text) + " ")
		} else {
			r.d.mark = text
		}
	case styleSheet:
		r.d.addStyle(s.style, s.level, text)
	}
}

// char takes a byte of text.
func (r *reader) char(c byte) {
	if r.drop > 0 {
		r.drop--
		return
	}
	if r.state.dest != skip {
		r.pending = append(r.pending, c)
	}
}

// flush decodes the bytes so far.
func (r *reader) flush() {
	if len(r.pending) == 0 {
		return
	}
	b := r.pending
	r.pending = r.pending[:0]
	r.high = 0
	r.write(r.decode(b))
}

// symbolFont marks a font whose characters are pictures.
const symbolFont = -1

func (r *reader) decode(b []byte) string {
	font := r.state.font
	if r.state.rtl && r.state.right >= 0 {
		font = r.state.right
	}
	page, ok := r.d.fonts[font]
	if !ok || page == 0 {
		page = r.d.ansi
	}
	if page == symbolFont {
		page = 1252
		if high(b) {
			return symbols(b)
		}
	}
	return extract.DecodePage(page, b)
}

func high(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 {
			return true
		}
	}
	return false
}

// symbols keeps the bullets of a font of symbols.
func symbols(b []byte) string {
	out := ""
	for _, c := range b {
		switch {
		case c == 0xB7, c == 0xA7:
			out += "•"
		case c < 0x80:
			out += string(rune(c))
		}
	}
	return out
}

// write takes text that is decoded.
func (r *reader) write(s string) {
	st := &r.state
	switch {
	case st.dest == skip, st.hidden, st.deleted:
	case st.dest == fontTable:
	case st.text != nil:
		st.text.WriteString(s)
	default:
		r.d.text.WriteString(s)
	}
}

// unicode takes a character by its number in UTF-16.
func (r *reader) unicode(n int) {
	r.flush()
	c := rune(n)
	if c < 0 {
		c += 1 << 16
	}
	r.drop = r.state.skipAfter
	switch {
	case c >= 0xD800 && c < 0xDC00:
		r.high = c
		return
	case r.high != 0:
		c = utf16.DecodeRune(r.high, c)
		r.high = 0
	case c >= 0xF020 && c <= 0xF0FF: // of a font of symbols
		if c != 0xF0B7 && c != 0xF0A7 {
			return
		}
		c = '•'
	}
	if c >= ' ' {
		r.write(string(c))
	}
}

// control reads a control word or symbol.
func (r *reader) control() error {
	r.at++
	if r.at >= len(r.data) {
		return nil
	}
	c := r.data[r.at]
	if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
		return r.word()
	}
	r.at++
	switch c {
	case '\'':
		if r.at+2 <= len(r.data) {
			if n, err := strconv.ParseUint(string(r.data[r.at:r.at+2]), 16, 8); err == nil {
				r.at += 2
				r.char(byte(n))
			}
		}
		return nil
	case '\\', '{', '}':
		r.char(c)
		return nil
	case '*':
		r.state.starred = true
		return nil
	}
	r.flush()
	if r.drop > 0 {
		r.drop--
		return nil
	}
	switch c {
	case '~':
		r.write("\u00A0")
	case '_':
		r.write("-")
	case '\r', '\n':
		return r.apply("par", 0, false)
	case '\t':
		r.write("\t")
	}
	return nil
}

// word reads a control word with its number.
func (r *reader) word() error {
	start := r.at
	for r.at < len(r.data) && (r.data[r.at] >= 'a' && r.data[r.at] <= 'z' || r.data[r.at] >= 'A' && r.data[r.at] <= 'Z') {
		r.at++
	}
	name := string(r.data[start:min(r.at, start+40)])
	start = r.at
	if r.at < len(r.data) && r.data[r.at] == '-' {
		r.at++
	}
	for r.at < len(r.data) && r.data[r.at] >= '0' && r.data[r.at] <= '9' {
		r.at++
	}
	n, err := strconv.Atoi(string(r.data[start:min(r.at, start+11)]))
	if r.at < len(r.data) && r.data[r.at] == ' ' {
		r.at++
	}
	if name == "bin" {
		r.at = min(len(r.data), r.at+max(n, 0))
		return nil
	}
	if name == "u" && err == nil {
		if r.state.dest != skip {
			r.unicode(n)
		}
		return nil
	}
	r.flush()
	return r.apply(name, n, err == nil)
}
