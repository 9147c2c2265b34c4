package pdf

import "encoding/binary"

// trueType is what a TrueType program says of its glyphs.
type trueType struct {
	chars  map[int]rune   // by glyph, from a Unicode table
	symbol map[int]int    // glyph by code, from a table for symbols or for the Macintosh
	names  map[int]string // by glyph
}

// parseTrueType reads the tables that tell characters; nil when it is no
// TrueType program.
func parseTrueType(data []byte) *trueType {
	if len(data) < 12 {
		return nil
	}
	switch string(data[:4]) {
	case "\x00\x01\x00\x00", "true", "OTTO":
	default:
		return nil
	}
	tt := &trueType{chars: map[int]rune{}, symbol: map[int]int{}, names: map[int]string{}}
	n := int(binary.BigEndian.Uint16(data[4:]))
	for i := range n {
		at := 12 + 16*i
		if at+16 > len(data) {
			break
		}
		off, length := int(binary.BigEndian.Uint32(data[at+8:])), int(binary.BigEndian.Uint32(data[at+12:]))
		if off > len(data) || length > len(data)-off {
			continue
		}
		switch string(data[at : at+4]) {
		case "cmap":
			tt.readCmap(data[off : off+length])
		case "post":
			tt.readPost(data[off : off+length])
		}
	}
	return tt
}

func (tt *trueType) readCmap(t []byte) {
	if len(t) < 4 {
		return
	}
	for i := range min(int(binary.BigEndian.Uint16(t[2:])), 64) {
		at := 4 + 8*i
		if at+8 > len(t) {
			return
		}
		platform, enc := binary.BigEndian.Uint16(t[at:]), binary.BigEndian.Uint16(t[at+2:])
		off := int(binary.BigEndian.Uint32(t[at+4:]))
		if off >= len(t) {
			continue
		}
		unicode := platform == 0 || platform == 3 && (enc == 1 || enc == 10)
		eachCode(t[off:], func(code, glyph int) {
			if !unicode {
				if _, ok := tt.symbol[code]; !ok {
					tt.symbol[code] = glyph
				}
				return
			}
			if old, ok := tt.chars[glyph]; glyph > 0 && (!ok || private(old)) && !private(rune(code)) {
				tt.chars[glyph] = rune(code)
			}
		})
	}
}

// eachCode goes through a table of codes and glyphs, of the usual formats.
func eachCode(t []byte, yield func(code, glyph int)) {
	u16 := func(at int) int {
		if at < 0 || at+2 > len(t) {
			return 0
		}
		return int(binary.BigEndian.Uint16(t[at:]))
	}
	switch u16(0) {
	case 0:
		for c := range min(256, max(0, len(t)-6)) {
			yield(c, int(t[6+c]))
		}
	case 4:
		segments := u16(6) / 2
		left := 1 << 17
		for s := range segments {
			end, start := u16(14+2*s), u16(16+2*segments+2*s)
			delta, offset := u16(16+4*segments+2*s), u16(16+6*segments+2*s)
			for c := start; c <= end && c < 0xFFFF && left > 0; c++ {
				left--
				glyph := c
				if offset != 0 {
					if glyph = u16(16 + 6*segments + 2*s + offset + 2*(c-start)); glyph == 0 {
						continue
					}
				}
				yield(c, (glyph+delta)&0xFFFF)
			}
		}
	case 6:
		for i := range min(u16(8), 1<<16) {
			yield(u16(6)+i, u16(10+2*i))
		}
	case 12:
		left := 1 << 18
		for at := 16; at+12 <= len(t) && left > 0; at += 12 {
			start, end := int(binary.BigEndian.Uint32(t[at:])), int(binary.BigEndian.Uint32(t[at+4:]))
			glyph := int(binary.BigEndian.Uint32(t[at+8:]))
			for c := start; c <= end && c <= 0x10FFFF && left > 0; c++ {
				left--
				yield(c, glyph+c-start)
			}
		}
	}
}

// macGlyphs is how many names a table of names may use without spelling them.
const macGlyphs = 258

// readPost reads the names that are spelled out; the standard ones stand for
// characters that the table of codes has too.
func (tt *trueType) readPost(t []byte) {
	if len(t) < 34 || binary.BigEndian.Uint32(t) != 0x00020000 {
		return
	}
	n := int(binary.BigEndian.Uint16(t[32:]))
	var names []string
	for at := 34 + 2*n; at < len(t); {
		length := int(t[at])
		if at+1+length > len(t) {
			break
		}
		names = append(names, string(t[at+1:at+1+length]))
		at += 1 + length
	}
	for glyph := range n {
		at := 34 + 2*glyph
		if at+2 > len(t) {
			return
		}
		if i := int(binary.BigEndian.Uint16(t[at:])) - macGlyphs; i >= 0 && i < len(names) {
			tt.names[glyph] = names[i]
		}
	}
}
