package pdf

import (
	"sort"
	"unicode/utf16"
)

// maxCMapEntries bounds a character map; the largest honest ones have 65,536.
const maxCMapEntries = 300_000

// cmap is a character map: which byte sequences are codes, and what a code
// means, either Unicode (ToUnicode) or a glyph number (an Encoding).
type cmap struct {
	spaces   []codeRange
	chars    map[uint32]string
	ranges   []bfRange
	cids     []cidRange
	vertical bool
}

type codeRange struct {
	bytes  int
	lo, hi uint32
}

type bfRange struct {
	lo, hi uint32
	first  []uint16 // UTF-16 of lo; the last unit counts up
}

type cidRange struct{ lo, hi, cid uint32 }

// parseCMap reads a character map. What it cannot understand, it skips.
func parseCMap(data []byte) *cmap {
	m := &cmap{chars: map[uint32]string{}}
	l := &lexer{data: data}
	var stack []operand
	for {
		o, op, ok := l.next()
		if !ok {
			break
		}
		if op == "" {
			if len(stack) < maxOperands {
				stack = append(stack, o)
			}
			continue
		}
		m.operator(op, stack)
		stack = stack[:0]
	}
	sort.SliceStable(m.ranges, func(i, j int) bool { return m.ranges[i].lo < m.ranges[j].lo })
	sort.SliceStable(m.cids, func(i, j int) bool { return m.cids[i].lo < m.cids[j].lo })
	return m
}

func (m *cmap) operator(op string, stack []operand) {
	if len(m.chars)+len(m.ranges)+len(m.cids) > maxCMapEntries {
		return
	}
	switch op {
	case "endcodespacerange":
		for ; len(stack) >= 2; stack = stack[2:] {
			if n := len(stack[0].str); n >= 1 && n <= 4 && len(stack[1].str) == n {
				m.spaces = append(m.spaces, codeRange{n, code(stack[0].str), code(stack[1].str)})
			}
		}
	case "endbfchar":
		for ; len(stack) >= 2; stack = stack[2:] {
			if stack[1].kind == text {
				m.chars[code(stack[0].str)] = decodeUTF16(units(stack[1].str))
			}
		}
	case "endbfrange":
		for ; len(stack) >= 3; stack = stack[3:] {
			m.addRange(code(stack[0].str), code(stack[1].str), stack[2])
		}
	case "endcidrange":
		for ; len(stack) >= 3; stack = stack[3:] {
			m.cids = append(m.cids, cidRange{code(stack[0].str), code(stack[1].str), uint32(stack[2].num)})
		}
	case "endcidchar":
		for ; len(stack) >= 2; stack = stack[2:] {
			c := code(stack[0].str)
			m.cids = append(m.cids, cidRange{c, c, uint32(stack[1].num)})
		}
	case "def":
		if n := len(stack); n >= 2 && stack[n-2].str == "WMode" {
			m.vertical = stack[n-1].num == 1
		}
	}
}

func (m *cmap) addRange(lo, hi uint32, dst operand) {
	if hi < lo {
		return
	}
	switch dst.kind {
	case text:
		m.ranges = append(m.ranges, bfRange{lo, hi, units(dst.str)})
	case array:
		for i, o := range dst.list {
			if uint32(i) > hi-lo {
				return
			}
			if o.kind == text {
				m.chars[lo+uint32(i)] = decodeUTF16(units(o.str))
			}
		}
	}
}

// unicode returns the text of a code; ok is false when the map has none.
func (m *cmap) unicode(c uint32) (string, bool) {
	if s, ok := m.chars[c]; ok {
		return s, true
	}
	i := sort.Search(len(m.ranges), func(i int) bool { return m.ranges[i].lo > c })
	if i--; i >= 0 {
		r := m.ranges[i]
		if c > r.hi {
			return "", false
		}
		if len(r.first) == 0 {
			return "", false
		}
		u := append([]uint16(nil), r.first...)
		if n := len(u); n == 2 && utf16.IsSurrogate(rune(u[0])) {
			full := utf16.DecodeRune(rune(u[0]), rune(u[1])) + rune(c-r.lo)
			return string(full), true
		}
		u[len(u)-1] += uint16(c - r.lo)
		return decodeUTF16(u), true
	}
	return "", false
}

// cid returns the glyph number of a code.
func (m *cmap) cid(c uint32) uint32 {
	i := sort.Search(len(m.cids), func(i int) bool { return m.cids[i].lo > c }) - 1
	if i >= 0 && c <= m.cids[i].hi {
		return m.cids[i].cid + c - m.cids[i].lo
	}
	return 0
}

// width returns how many bytes the first code of s has.
func (m *cmap) width(s string) int {
	for n := 1; n <= 4 && n <= len(s); n++ {
		c := code(s[:n])
		for _, r := range m.spaces {
			if r.bytes == n && inSpace(c, r) {
				return n
			}
		}
	}
	least := 2
	for i, r := range m.spaces {
		if i == 0 || r.bytes < least {
			least = r.bytes
		}
	}
	return min(least, len(s))
}

// inSpace compares byte by byte, as codespace ranges are rectangles.
func inSpace(c uint32, r codeRange) bool {
	for shift := 0; shift < 8*r.bytes; shift += 8 {
		b := c >> shift & 0xFF
		if b < r.lo>>shift&0xFF || b > r.hi>>shift&0xFF {
			return false
		}
	}
	return true
}

func code(s string) uint32 {
	var c uint32
	for i := 0; i < len(s) && i < 4; i++ {
		c = c<<8 | uint32(s[i])
	}
	return c
}

// units reads big-endian UTF-16; a single byte stands for itself.
func units(s string) []uint16 {
	if len(s) == 1 {
		return []uint16{uint16(s[0])}
	}
	u := make([]uint16, 0, len(s)/2)
	for i := 0; i+1 < len(s) && i < 128; i += 2 {
		u = append(u, uint16(s[i])<<8|uint16(s[i+1]))
	}
	return u
}

func decodeUTF16(u []uint16) string { return string(utf16.Decode(u)) }
