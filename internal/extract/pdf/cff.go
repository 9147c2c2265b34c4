package pdf

import (
	"encoding/binary"
	"strings"
	"sync"
)

// cffNames are the names that a CFF program uses without spelling them, by their
// number. Those from 229 to 390 belong to expert fonts and are left out.
var cffNames = sync.OnceValue(func() []string { return strings.Fields(cffNameList) })

const (
	cffStrings  = 391 // numbers below it are standard names
	cffNameList = `.notdef space exclam quotedbl numbersign dollar percent ampersand quoteright parenleft parenright
asterisk plus comma hyphen period slash zero one two three four five six seven eight nine colon
semicolon less equal greater question at A B C D E F G H I J K L M N O P Q R S T U V W X Y Z
bracketleft backslash bracketright asciicircum underscore quoteleft a b c d e f g h i j k l m n o p
q r s t u v w x y z braceleft bar braceright asciitilde exclamdown cent sterling fraction yen florin
section currency quotesingle quotedblleft guillemotleft guilsinglleft guilsinglright fi fl endash
dagger daggerdbl periodcentered paragraph bullet quotesinglbase quotedblbase quotedblright
guillemotright ellipsis perthousand questiondown grave acute circumflex tilde macron breve dotaccent
dieresis ring cedilla hungarumlaut ogonek caron emdash AE ordfeminine Lslash Oslash OE ordmasculine
ae dotlessi lslash oslash oe germandbls onesuperior logicalnot mu trademark Eth onehalf plusminus
Thorn onequarter divide brokenbar degree thorn threequarters twosuperior registered minus eth
multiply threesuperior copyright Aacute Acircumflex Adieresis Agrave Aring Atilde Ccedilla Eacute
Ecircumflex Edieresis Egrave Iacute Icircumflex Idieresis Igrave Ntilde Oacute Ocircumflex Odieresis
Ograve Otilde Scaron Uacute Ucircumflex Udieresis Ugrave Yacute Ydieresis Zcaron aacute acircumflex
adieresis agrave aring atilde ccedilla eacute ecircumflex edieresis egrave iacute icircumflex
idieresis igrave ntilde oacute ocircumflex odieresis ograve otilde scaron uacute ucircumflex
udieresis ugrave yacute ydieresis zcaron`
)

// cff is what a CFF program says of its glyphs.
type cff struct {
	charset []int       // number of the name by glyph
	codes   map[int]int // glyph by code
	strings [][]byte
	cid     bool // charset holds glyph numbers of a composite font and no names
}

func (c *cff) name(glyph int) string {
	if glyph < 0 || glyph >= len(c.charset) || c.cid {
		return ""
	}
	sid := c.charset[glyph]
	if names := cffNames(); sid < len(names) {
		return names[sid]
	}
	if i := sid - cffStrings; i >= 0 && i < len(c.strings) {
		return string(c.strings[i])
	}
	return ""
}

// parseCFF reads names and codes of a CFF program; nil when it is none or a
// damaged one.
func parseCFF(data []byte) (c *cff) {
	defer func() {
		if recover() != nil { // a damaged program points outside of itself
			c = nil
		}
	}()
	if len(data) < 4 || data[0] != 1 {
		return nil
	}
	_, at := cffIndex(data, int(data[2]))
	tops, at := cffIndex(data, at)
	c = &cff{codes: map[int]int{}}
	c.strings, _ = cffIndex(data, at)
	if len(tops) == 0 {
		return nil
	}
	top := cffDict(tops[0])
	_, c.cid = top[1230]
	glyphs, _ := cffIndex(data, top[17])
	c.charset = cffCharset(data, top[15], len(glyphs))
	c.readCodes(data, top[16])
	return c
}

// cffIndex reads a list of byte strings and returns where it ends.
func cffIndex(data []byte, at int) (list [][]byte, end int) {
	n := int(binary.BigEndian.Uint16(data[at:]))
	if n == 0 {
		return nil, at + 2
	}
	size := int(data[at+2])
	offset := func(i int) int {
		v := 0
		for _, b := range data[at+3+i*size : at+3+(i+1)*size] {
			v = v<<8 | int(b)
		}
		return at + 2 + (n+1)*size + v
	}
	for i := range n {
		list = append(list, data[offset(i):offset(i+1)])
	}
	return list, offset(n)
}

// cffDict reads the last operand of each operator; those of two bytes are 1200
// and their second byte.
func cffDict(d []byte) map[int]int {
	dict := map[int]int{}
	last := 0
	for i := 0; i < len(d); {
		b := int(d[i])
		i++
		switch {
		case b == 12:
			dict[1200+int(d[i])] = last
			i++
		case b <= 21:
			dict[b] = last
		case b == 28:
			last = int(int16(binary.BigEndian.Uint16(d[i:])))
			i += 2
		case b == 29:
			last = int(int32(binary.BigEndian.Uint32(d[i:])))
			i += 4
		case b == 30: // a real number, of no use here
			for d[i]&0xF != 0xF && d[i]>>4 != 0xF {
				i++
			}
			i++
		case b <= 246:
			last = b - 139
		case b <= 250:
			last = (b-247)*256 + int(d[i]) + 108
			i++
		case b <= 254:
			last = -(b-251)*256 - int(d[i]) - 108
			i++
		}
	}
	return dict
}

func cffCharset(data []byte, at, glyphs int) []int {
	set := make([]int, 1, glyphs+1)
	if at <= 2 { // a standard one, in which numbers follow each other
		for g := 1; g < glyphs; g++ {
			set = append(set, g)
		}
		return set
	}
	u16 := func(at int) int { return int(binary.BigEndian.Uint16(data[at:])) }
	format := data[at]
	at++
	for len(set) < glyphs {
		first := u16(at)
		at += 2
		left := 0
		switch format {
		case 1:
			left = int(data[at])
			at++
		case 2:
			left = u16(at)
			at += 2
		}
		for i := 0; i <= left && len(set) < glyphs; i++ {
			set = append(set, first+i)
		}
	}
	return set
}

// readCodes reads the encoding. The standard ones are what a simple font has
// anyway.
func (c *cff) readCodes(data []byte, at int) {
	if at <= 1 {
		return
	}
	format, n := data[at], int(data[at+1])
	at += 2
	glyph := 1
	for i := range n {
		if format&0x7F == 0 {
			c.codes[int(data[at+i])] = glyph
			glyph++
			continue
		}
		first, left := int(data[at+2*i]), int(data[at+2*i+1])
		for j := 0; j <= left; j++ {
			c.codes[first+j] = glyph
			glyph++
		}
	}
	at += n
	if format&0x7F != 0 {
		at += n
	}
	if format&0x80 == 0 {
		return
	}
	for i := range int(data[at]) { // codes that show a glyph a second time, by name
		code, sid := int(data[at+1+3*i]), int(binary.BigEndian.Uint16(data[at+2+3*i:]))
		for g, s := range c.charset {
			if s == sid {
				c.codes[code] = g
			}
		}
	}
}
