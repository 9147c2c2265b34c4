package pdf

import (
	"strings"

	encodings "golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// charset is a predefined character map of Chinese, Japanese or Korean whose
// codes are those of an encoding: they say the text without the map's glyph
// numbers.
type charset struct {
	encoding encodings.Encoding
	length   func(s string) int // bytes of the first code
	offset   byte               // added to each byte
	known    map[string]string  // texts of codes
}

// halfWidth is the width of a code of one byte, in thousandths of an em.
const halfWidth = 500

// predefined returns the charset of a character map of that name, or nil. The
// ending says how the text runs.
func predefined(name string) *charset {
	base, _, _ := strings.Cut(strings.TrimSuffix(strings.TrimSuffix(name, "-H"), "-V"), "-HW")
	switch {
	case name == "H" || name == "V": // JIS without the high bits
		return &charset{encoding: japanese.EUCJP, length: func(string) int { return 2 }, offset: 0x80}
	case strings.HasSuffix(base, "RKSJ"):
		return &charset{encoding: japanese.ShiftJIS, length: lengthSJIS}
	case base == "EUC":
		return &charset{encoding: japanese.EUCJP, length: lengthEUC}
	case strings.HasPrefix(base, "GBK2K"):
		return &charset{encoding: simplifiedchinese.GB18030, length: lengthGB18030}
	case strings.HasPrefix(base, "GB") && strings.HasSuffix(base, "EUC"):
		return &charset{encoding: simplifiedchinese.GBK, length: lengthEUC}
	case strings.HasPrefix(base, "KSC") && (strings.HasSuffix(base, "EUC") || strings.HasSuffix(base, "UHC")):
		return &charset{encoding: korean.EUCKR, length: lengthEUC}
	case strings.HasSuffix(base, "B5") || base == "B5pc":
		return &charset{encoding: traditionalchinese.Big5, length: lengthEUC}
	}
	return nil
}

func lengthEUC(s string) int {
	if s[0] < 0x81 {
		return 1
	}
	return 2
}

func lengthSJIS(s string) int {
	if s[0] >= 0x81 && s[0] <= 0x9F || s[0] >= 0xE0 && s[0] <= 0xFC {
		return 2
	}
	return 1
}

func lengthGB18030(s string) int {
	if s[0] >= 0x81 && len(s) > 3 && s[1] >= '0' && s[1] <= '9' {
		return 4
	}
	return lengthEUC(s)
}

// text returns the text of a code, "" when the encoding has none.
func (c *charset) text(s string) string {
	if t, ok := c.known[s]; ok {
		return t
	}
	t := c.decode(s)
	if c.known == nil {
		c.known = map[string]string{}
	}
	c.known[s] = t
	return t
}

func (c *charset) decode(s string) string {
	b := []byte(s)
	for i := range b {
		b[i] += c.offset
	}
	out, err := c.encoding.NewDecoder().Bytes(b)
	if err != nil || strings.ContainsRune(string(out), '\uFFFD') {
		return ""
	}
	return string(out)
}

// decodeCharset calls yield for each code of s.
func (ft *font) decodeCharset(s string, yield func(shape)) {
	for len(s) > 0 {
		n := min(max(ft.charset.length(s), 1), len(s))
		sh := shape{text: ft.charset.text(s[:n]), width: ft.defaultWidth, isSpace: s[:n] == " "}
		if n == 1 {
			sh.width = halfWidth
		}
		if t, ok := ft.mapped(code(s[:n])); ok && meaningful(t) {
			sh.text = t
		}
		yield(sh)
		s = s[n:]
	}
}
