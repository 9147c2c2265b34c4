package pdf

import (
	"strings"

	reader "github.com/ledongthuc/pdf"
)

// font turns the bytes of a string into glyphs: their text and width.
type font struct {
	composite bool
	vertical  bool
	codes     *cmap // the codes of a composite font; nil: two bytes each
	toUnicode *cmap
	table     [256]string    // text of each code of a simple font
	cidText   map[int]string // text of glyph numbers, found in the font program
	utf16     bool           // codes are UTF-16 themselves
	charset   *charset       // codes are of an encoding of Chinese, Japanese or Korean

	widths       map[int]float64 // by code, or by glyph number; thousandths of an em
	defaultWidth float64

	ascent, descent float64 // shares of the em

	dingbats bool // codes without Unicode are ornaments, such as bullets
	type3    bool
	matrix   matrix // of a Type 3 font
	em       float64
}

// shape is one code of a string, decoded.
type shape struct {
	text    string // "" when no Unicode is known
	width   float64
	isSpace bool // the single byte 32, which word spacing applies to
}

// font returns the font of a resource dictionary, read once a file.
func (f *file) font(v reader.Value) *font {
	key := v.String() // equal dictionaries are equal fonts
	if ft, ok := f.fonts[key]; ok {
		return ft
	}
	ft := f.loadFont(v)
	f.fonts[key] = ft
	return ft
}

// namedFont returns a font of a resource dictionary. One that is not there takes
// the place of any font, as in viewers. So does one that is damaged: the rest of
// the page is read, and the page says that it is not whole.
func (p *page) namedFont(fonts reader.Value, name string) *font {
	var v reader.Value
	whole := false
	quietly(func() {
		if found := fonts.Key(name); found.Kind() == reader.Dict {
			v = found
		}
		whole = true
	})
	if !whole {
		p.damaged = true
		return p.file.damagedFont()
	}
	return p.file.font(v)
}

// damagedFont takes the place of a font that cannot be read. Its letters are most
// likely those of ASCII; of the other codes nothing is known.
func (f *file) damagedFont() *font {
	const key = "damaged" // no dictionary is written so
	ft, ok := f.fonts[key]
	if !ok {
		ft = f.loadFont(reader.Value{})
		for code := 0x80; code < len(ft.table); code++ {
			ft.table[code] = ""
		}
		f.fonts[key] = ft
	}
	return ft
}

func (f *file) loadFont(v reader.Value) (ft *font) {
	ft = &font{defaultWidth: 500, ascent: .8, descent: -.2}
	defer func() {
		if recover() != nil { // a broken part of a font: go on with the rest
			ft.matrix = orIdentity(ft.matrix)
		}
	}()
	if to := v.Key("ToUnicode"); to.Kind() == reader.Stream {
		if data, err := f.stream(to); err == nil && len(data) > 0 {
			ft.toUnicode = parseCMap(data)
		}
	}
	switch v.Key("Subtype").Name() {
	case "Type0":
		ft.loadComposite(f, v)
	case "Type3":
		ft.loadType3(v)
		ft.loadSimple(f, v)
	default:
		ft.loadSimple(f, v)
	}
	ft.findKashida(v)
	return ft
}

func (ft *font) loadSimple(f *file, v reader.Value) {
	base := strings.TrimPrefix(v.Key("BaseFont").Name(), "/")
	if i := strings.IndexByte(base, '+'); i == 6 {
		base = base[7:]
	}
	ft.dingbats = ornaments(base)
	ft.loadMetrics(v.Key("FontDescriptor"))
	ft.loadTable(f, v, base)
	ft.loadSimpleWidths(v, base)
}

// loadTable finds the text of each code: the base encoding, or the one that is
// built into the font, with the differences over it.
func (ft *font) loadTable(f *file, v reader.Value, base string) {
	enc := v.Key("Encoding")
	named := namedEncoding(enc.Name())
	if named == nil {
		named = namedEncoding(enc.Key("BaseEncoding").Name())
	}
	chosen := named
	switch {
	case named != nil:
	case strings.HasPrefix(base, "Symbol"):
		chosen = symbolSet()
	case ft.dingbats:
		chosen = &encoding{' ': ' '}
	case v.Key("Subtype").Name() == "TrueType":
		chosen = winAnsi()
	default:
		chosen = standard()
	}
	for c := range ft.table {
		if r := chosen[c]; r != 0 {
			ft.table[c] = string(r)
		} else if r := winAnsi()[c]; r != 0 && chosen != symbolSet() && !ft.dingbats {
			ft.table[c] = string(r)
		}
	}
	for _, c := range "\t\n\r" { // left in by careless programs, drawn as nothing
		ft.table[c] = " "
	}
	if named == nil {
		ft.useBuiltIn(f, v)
	}
	ft.differences(enc.Key("Differences"))
}

func (ft *font) differences(diffs reader.Value) {
	c := 0
	for i := range min(diffs.Len(), 4096) {
		d := diffs.Index(i)
		if d.Kind() == reader.Integer || d.Kind() == reader.Real {
			c = int(d.Float64())
			continue
		}
		if c >= 0 && c < 256 && d.Kind() == reader.Name {
			ft.table[c] = differenceText(d.Name(), ft.table[c])
		}
		c++
	}
}

// differenceText returns the text of a glyph name; a name that says nothing
// leaves the text unknown, unless it is the number of a character.
func differenceText(glyph, before string) string {
	if glyph == ".notdef" || glyph == "" {
		return ""
	}
	if s := glyphText(glyph); s != "" {
		return s
	}
	return codedName(glyph)
}

func (ft *font) loadSimpleWidths(v reader.Value, base string) {
	ft.widths = map[int]float64{}
	first, list := int(v.Key("FirstChar").Int64()), v.Key("Widths")
	missing := v.Key("FontDescriptor").Key("MissingWidth").Float64()
	any := false
	for i := range min(list.Len(), 256) {
		w := list.Index(i).Float64()
		any = any || w != 0
		ft.widths[first+i] = w
	}
	if any {
		ft.defaultWidth = missing
		return
	}
	for c, s := range ft.table {
		ft.widths[c] = standardWidth(base, s)
	}
}

func (ft *font) loadMetrics(d reader.Value) {
	if a := d.Key("Ascent").Float64() / 1000; a > .5 && a < 1.3 {
		ft.ascent = a
	}
	if de := d.Key("Descent").Float64() / 1000; de < -.05 && de > -.6 {
		ft.descent = de
	}
}

// loadType3 reads the scale of a font whose glyphs are drawings. They have no em,
// so the box that holds them all takes its place.
func (ft *font) loadType3(v reader.Value) {
	ft.type3 = true
	ft.matrix = orIdentity(readMatrix(v.Key("FontMatrix")))
	box := v.Key("FontBBox")
	height := (box.Index(3).Float64() - box.Index(1).Float64()) * ft.matrix.yScale()
	if height <= 0 || height > 10 {
		height = 0
	}
	ft.em = height
}

// decode calls yield for each code of s.
func (ft *font) decode(s string, yield func(shape)) {
	if !ft.composite {
		for i := 0; i < len(s); i++ {
			yield(ft.simple(s[i]))
		}
		return
	}
	if ft.charset != nil {
		ft.decodeCharset(s, yield)
		return
	}
	for len(s) > 0 {
		n := min(2, len(s))
		if ft.codes != nil {
			n = max(1, ft.codes.width(s))
		}
		yield(ft.compound(s[:n]))
		s = s[n:]
	}
}

func (ft *font) simple(c byte) shape {
	sh := shape{text: ft.table[c], width: ft.width(int(c)), isSpace: c == ' '}
	if ft.toUnicode != nil {
		if s, ok := ft.toUnicode.unicode(uint32(c)); ok && (meaningful(s) || sh.text == "") {
			sh.text = s
		}
	}
	sh.text = ft.known(sh.text)
	return sh
}

// ornaments says whether a font of that name draws bullets, arrows and ticks.
func ornaments(base string) bool {
	for _, s := range []string{"Wingdings", "Webdings", "Dingbats", "Bullet"} {
		if strings.Contains(base, s) {
			return true
		}
	}
	return false
}

// known gives the characters without agreed meaning the one they have in nearly
// all files: that of the Symbol font at F000, or an ornament.
func (ft *font) known(s string) string {
	rs := []rune(s)
	if len(rs) > 1 || len(rs) == 1 && !private(rs[0]) || len(rs) == 0 && !ft.dingbats {
		return s
	}
	if ft.dingbats {
		return "•"
	}
	if c := rs[0] - 0xF000; c >= 0x20 && c < 0x100 && symbolSet()[c] != 0 {
		return string(symbolSet()[c])
	}
	return s
}

func (ft *font) compound(s string) shape {
	c := code(s)
	cid := int(c)
	if ft.codes != nil {
		cid = int(ft.codes.cid(c))
	}
	sh := shape{width: ft.width(cid), isSpace: len(s) == 1 && s[0] == ' '}
	switch t, ok := ft.mapped(c); {
	case ok && t == "": // the text of the cluster stands with another glyph
		sh.text = noText
	case ok && t != "\x00":
		sh.text = t
	case ft.utf16:
		sh.text = decodeUTF16(units(s))
	default:
		sh.text = ft.cidText[cid]
	}
	sh.text = ft.known(sh.text)
	return sh
}

// noText is the text of a glyph that is known to have none.
const noText = "\u200B"

func (ft *font) mapped(c uint32) (string, bool) {
	if ft.toUnicode == nil {
		return "", false
	}
	return ft.toUnicode.unicode(c)
}

func (ft *font) width(c int) float64 {
	if w, ok := ft.widths[c]; ok {
		return w
	}
	return ft.defaultWidth
}

// meaningful says whether a map's answer is worth more than the encoding's.
func meaningful(s string) bool {
	for _, r := range s {
		if r != 0 && r != 0xFFFD && !private(r) {
			return true
		}
	}
	return false
}

// private says whether r is from the areas that have no agreed meaning.
func private(r rune) bool { return r >= 0xE000 && r < 0xF900 || r >= 0xF0000 }
