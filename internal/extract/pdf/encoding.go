package pdf

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

//go:embed glyphs.txt
var glyphList string

// glyphNames maps Adobe glyph names to characters.
var glyphNames = sync.OnceValue(func() map[string]rune {
	names := make(map[string]rune, 4000)
	for line := range strings.Lines(glyphList) {
		fields := strings.Fields(line)
		if len(fields) < 2 || fields[0] == "#" {
			continue
		}
		r, err := strconv.ParseUint(fields[0], 16, 32)
		if err != nil {
			continue
		}
		for _, n := range fields[1:] {
			names[n] = rune(r)
		}
	}
	return names
})

// encoding says which character each byte of a simple font stands for; 0 is
// unknown.
type encoding [256]rune

// The encodings that a file can name. Parts that a table leaves open are filled
// in from Windows, because files that use them mean that.
var (
	winAnsi   = sync.OnceValue(func() *encoding { return makeEncoding(0xA0, latin1(), 0x80, win80) })
	macRoman  = sync.OnceValue(func() *encoding { return makeEncoding(0x80, macHigh, 0x80, "") })
	pdfDoc    = sync.OnceValue(func() *encoding { return makeEncoding(0xA0, latin1(), 0x80, pdfDoc80) })
	standard  = sync.OnceValue(standardEncoding)
	symbolSet = sync.OnceValue(symbolEncoding)
)

const (
	win80    = "€\x00‚ƒ„…†‡ˆ‰Š‹Œ\x00Ž\x00\x00‘’“”•–—˜™š›œ\x00žŸ"
	pdfDoc18 = "˘ˇˆ˙˝˛˚˜"
	pdfDoc80 = "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž\x00€"
	macHigh  = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u00a0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\x00ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ"
	stdA1    = "¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ\x00–†‡·\x00¶•‚„”»…‰\x00¿\x00`´ˆ˜¯˘˙¨\x00˚¸\x00˝˛ˇ—"
	stdE1    = "Æ\x00ª\x00\x00\x00\x00ŁØŒº\x00\x00\x00\x00\x00æ\x00\x00\x00ı\x00\x00łøœß"
	symbol20 = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
	symbolA0 = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\x00〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
)

func latin1() string {
	var b strings.Builder
	for r := rune(0xA0); r <= 0xFF; r++ {
		b.WriteRune(r)
	}
	return b.String()
}

func makeEncoding(at int, high string, at2 int, high2 string) *encoding {
	var e encoding
	for c := 0x20; c < 0x7F; c++ {
		e[c] = rune(c)
	}
	e.fill(at, high)
	e.fill(at2, high2)
	return &e
}

func (e *encoding) fill(at int, chars string) {
	for _, r := range chars {
		if r != 0 && at < len(e) {
			e[at] = r
		}
		at++
	}
}

func standardEncoding() *encoding {
	e := makeEncoding(0xA1, stdA1, 0xE1, stdE1)
	e['\''], e['`'] = '’', '‘'
	return e
}

func symbolEncoding() *encoding {
	var e encoding
	e.fill(0x20, symbol20)
	e.fill(0xA0, symbolA0)
	return &e
}

// namedEncoding returns the base encoding of that name, or nil.
func namedEncoding(name string) *encoding {
	switch name {
	case "WinAnsiEncoding":
		return winAnsi()
	case "MacRomanEncoding", "MacExpertEncoding":
		return macRoman()
	case "StandardEncoding":
		return standard()
	case "PDFDocEncoding":
		return pdfDoc()
	}
	return nil
}

// glyphText returns the text of a glyph name, or "" when the name says nothing.
func glyphText(name string) string {
	if r, ok := glyphNames()[name]; ok {
		return string(r)
	}
	if i := strings.IndexByte(name, '.'); i > 0 {
		return glyphText(name[:i])
	}
	if strings.IndexByte(name, '_') > 0 && len(name) < 64 {
		var b strings.Builder
		for part := range strings.SplitSeq(name, "_") {
			b.WriteString(glyphText(part))
		}
		return b.String()
	}
	return hexName(name)
}

// hexName reads names that carry their code point: uni0041, uni00410300, u1F600.
func hexName(name string) string {
	if digits, ok := strings.CutPrefix(name, "uni"); ok && len(digits) >= 4 && len(digits) <= 64 && len(digits)%4 == 0 {
		var u []uint16
		for ; len(digits) > 0; digits = digits[4:] {
			v, err := strconv.ParseUint(digits[:4], 16, 16)
			if err != nil {
				return ""
			}
			u = append(u, uint16(v))
		}
		return decodeUTF16(u)
	}
	if digits, ok := strings.CutPrefix(name, "u"); ok && len(digits) >= 4 && len(digits) <= 6 {
		if v, err := strconv.ParseUint(digits, 16, 32); err == nil && v <= 0x10FFFF {
			return string(rune(v))
		}
	}
	return ""
}

// codedName reads names that are only a letter and the code: "g65", "C65",
// "a65". Some programs write nothing better, and mean ASCII.
func codedName(name string) string {
	digits := strings.TrimLeft(name, "gGcCaA")
	if len(digits) < 2 || len(name)-len(digits) != 1 {
		return ""
	}
	v, err := strconv.Atoi(digits)
	if err != nil || v < 0x20 || v > 0xFF {
		return ""
	}
	if r := winAnsi()[v]; r != 0 {
		return string(r)
	}
	return ""
}

// decodeText reads a text string of the file's dictionaries: UTF-16 or UTF-8
// with a mark at the start, or PDFDocEncoding.
func decodeText(s string) string {
	switch {
	case strings.HasPrefix(s, "\xFE\xFF"):
		return decodeUTF16(longUnits(s[2:], 1, 0))
	case strings.HasPrefix(s, "\xFF\xFE"):
		return decodeUTF16(longUnits(s[2:], 0, 1))
	case strings.HasPrefix(s, "\xEF\xBB\xBF"):
		return strings.ToValidUTF8(s[3:], "\uFFFD")
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch r := pdfDoc()[c]; {
		case r != 0:
			b.WriteRune(r)
		case c == '\n' || c == '\r' || c == '\t':
			b.WriteByte(' ')
		case c >= 0x18 && c < 0x20:
			b.WriteRune([]rune(pdfDoc18)[c-0x18])
		}
	}
	return b.String()
}

func longUnits(s string, low, high int) []uint16 {
	u := make([]uint16, 0, len(s)/2)
	for i := 0; i+1 < len(s); i += 2 {
		u = append(u, uint16(s[i+high])<<8|uint16(s[i+low]))
	}
	return u
}
