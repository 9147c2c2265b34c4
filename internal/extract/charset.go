package extract

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	utf "golang.org/x/text/encoding/unicode"
)

// Decode turns text of an unknown encoding into UTF-8 and names the encoding:
// by its byte order mark, by being valid UTF-8, by the zeros of UTF-16, and
// else by which of the one-byte encodings of Europe and the Mediterranean gives
// the most likely letters. It never fails; at worst the text is wrong.
func Decode(data []byte) (text, charset string) {
	if text, charset, ok := DecodeMarked(data); ok {
		return text, charset
	}
	if e, name := utf16(data); e != nil {
		return decodeWith(e, data), name
	}
	if ebcdic(data) {
		return decodeWith(charmap.CodePage037, data), "ibm037"
	}
	c := guess(data)
	return decodeWith(c.table, data), c.name
}

// DecodeMarked decodes what says its encoding by itself: a byte order mark, or
// bytes that are UTF-8 but for a few.
func DecodeMarked(data []byte) (text, charset string, ok bool) {
	switch {
	case bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")):
		return strings.ToValidUTF8(string(data[3:]), "\uFFFD"), "utf-8", true
	case bytes.HasPrefix(data, []byte("\xFF\xFE")):
		return decodeWith(utf.UTF16(utf.LittleEndian, utf.UseBOM), data), "utf-16le", true
	case bytes.HasPrefix(data, []byte("\xFE\xFF")):
		return decodeWith(utf.UTF16(utf.BigEndian, utf.UseBOM), data), "utf-16be", true
	case mostlyUTF8(data):
		return strings.ToValidUTF8(string(data), "\uFFFD"), "utf-8", true
	}
	return "", "", false
}

func decodeWith(e encoding.Encoding, data []byte) string {
	out, err := e.NewDecoder().Bytes(data)
	if err != nil { // these decoders replace what they cannot read
		return strings.ToValidUTF8(string(data), "\uFFFD")
	}
	return string(out)
}

// mostlyUTF8 allows one broken sequence in twenty good ones: a text that was cut
// or glued is still UTF-8. No one-byte encoding has that many good ones.
func mostlyUTF8(data []byte) bool {
	if bytes.IndexByte(data, 0) >= 0 {
		return false
	}
	good, bad := 0, 0
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		i += n
	}
	return bad == 0 || bad*20 <= good
}

// utf16 recognises UTF-16 without a mark by where the zero bytes of blanks,
// digits and Latin letters stand.
func utf16(data []byte) (encoding.Encoding, string) {
	var zeros [2]int
	sample := data[:min(len(data), 4096)]
	for i, c := range sample {
		if c == 0 {
			zeros[i%2]++
		}
	}
	half := len(sample) / 2
	switch {
	case half < 2:
	case zeros[1]*10 >= half && zeros[0]*20 < zeros[1]:
		return utf.UTF16(utf.LittleEndian, utf.IgnoreBOM), "utf-16le"
	case zeros[0]*10 >= half && zeros[1]*20 < zeros[0]:
		return utf.UTF16(utf.BigEndian, utf.IgnoreBOM), "utf-16be"
	}
	return nil, ""
}

// ebcdic recognises text of large computers: blanks are @ and small letters are
// where no other encoding has most of its bytes.
func ebcdic(data []byte) bool {
	sample := data[:min(len(data), 4096)]
	blanks, small, ascii := 0, 0, 0
	for _, c := range sample {
		switch {
		case c == 0x40:
			blanks++
		case c >= 0x81 && c <= 0x89, c >= 0x91 && c <= 0x99, c >= 0xA2 && c <= 0xA9:
			small++
		case c == ' ', c >= 'a' && c <= 'z':
			ascii++
		}
	}
	return len(sample) > 16 && blanks*12 >= len(sample) && small*3 >= len(sample) && ascii*20 < len(sample)
}

// candidate is a one-byte encoding with the letters that texts in it are made
// of, the commonest first.
type candidate struct {
	name    string
	table   encoding.Encoding
	letters string
}

// guess chooses the encoding of text that is not Unicode. In scripts other than
// Latin whole words are over 127, in Latin ones single letters are.
func guess(data []byte) candidate {
	latin := candidate{"windows-1252", charmap.Windows1252, ""}
	sample := data[:min(len(data), 64<<10)]
	var high [256]int
	over, ascii, joined := 0, 0, 0
	last := byte(0)
	for _, c := range markupOut(sample) {
		switch {
		case c >= 0xA0 || c >= 0x80 && c != 0x92 && c != 0x93 && c != 0x94 && c != 0x85 && c != 0x96 && c != 0x97:
			high[c]++
			over++
			if last >= 0xA0 {
				joined++
			}
		case 'a' <= c|0x20 && c|0x20 <= 'z':
			ascii++
		}
		last = c
	}
	if joined*2 < over || over == 0 || over < 12 && over*2 < ascii {
		if turkish(high, over) {
			return candidate{"windows-1254", charmap.Windows1254, ""}
		}
		return latin
	}
	best, score := latin, 0.0
	for _, c := range []candidate{
		{"windows-1256", charmap.Windows1256, "البيمونرتةعدسفهكقحأجشصخىطضذإثزغئظءؤآًَُِّْ"},
		{"iso-8859-6", charmap.ISO8859_6, "البيمونرتةعدسفهكقحأجشصخىطضذإثزغئظءؤآًَُِّْ"},
		{"windows-1255", charmap.Windows1255, "יהולאמרתבנשעדקחכפגםטןצסזךףץ"},
		{"iso-8859-8", charmap.ISO8859_8, "יהולאמרתבנשעדקחכפגםטןצסזךףץ"},
		{"windows-1253", charmap.Windows1253, "αοιετσνηυρπκμλςωδγάίόθέχύφβήώξζψΑΕΣΤΟΠΜΚΔΗΝΙΛΡ"},
		{"iso-8859-7", charmap.ISO8859_7, "αοιετσνηυρπκμλςωδγάίόθέχύφβήώξζψΑΕΣΤΟΠΜΚΔΗΝΙΛΡ"},
		{"windows-1251", charmap.Windows1251, "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфёъОЕАИНТСРВЛКМДП"},
		{"koi8-r", charmap.KOI8R, "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфёъОЕАИНТСРВЛКМДП"},
	} {
		if s := likelihood(c, high, over); s > score {
			best, score = c, s
		}
	}
	if score < 0.35 {
		return latin
	}
	return best
}

// likelihood is the mean weight of the characters that the bytes stand for: 1
// for the commonest letter, falling to 0, and less than 0 for what no text has.
func likelihood(c candidate, high [256]int, over int) float64 {
	rank := map[rune]int{}
	for i, r := range []rune(c.letters) {
		rank[r] = i
	}
	sum := 0.0
	for b := 0x80; b < 0x100; b++ {
		if high[b] == 0 {
			continue
		}
		r, _ := utf8.DecodeRuneInString(decodeWith(c.table, []byte{byte(b)}))
		i, known := rank[r]
		weight := 0.0
		switch {
		case known:
			weight = 1 - float64(i)/float64(len(rank)+1)
		case r == utf8.RuneError, unicode.IsControl(r):
			weight = -2
		case unicode.IsLetter(r):
			weight = -0.3
		}
		sum += weight * float64(high[b])
	}
	return sum / float64(over)
}

// turkish looks at the six letters in which windows-1254 differs from
// windows-1252. There they are Icelandic, where others go with them.
func turkish(high [256]int, over int) bool {
	own := high[0xD0] + high[0xDD] + high[0xDE] + high[0xF0] + high[0xFD] + high[0xFE]
	icelandic := high[0xE1] + high[0xED] + high[0xFA] + high[0xE6] // á í ú æ
	return own*4 > over && icelandic*3 < own
}

// markupOut drops tags, whose Latin letters say nothing of the text.
func markupOut(data []byte) []byte {
	if bytes.Count(data, []byte("</")) < 2 {
		return data
	}
	var out []byte
	in := false
	for _, c := range data {
		switch {
		case c == '<':
			in = true
		case c == '>':
			in = false
		case !in:
			out = append(out, c)
		}
	}
	return out
}
