package pdf

import (
	"bytes"
	"encoding/binary"
	"regexp"
	"strconv"

	reader "github.com/ledongthuc/pdf"
)

// maxProgram bounds the font programs that are looked into.
const maxProgram = 32 << 20

// program returns the program that is embedded for a font, and its kind.
func (f *file) program(descriptor reader.Value) (data []byte, kind string) {
	for _, k := range []string{"FontFile", "FontFile2", "FontFile3"} {
		v := descriptor.Key(k)
		if v.Kind() != reader.Stream {
			continue
		}
		if data, err := f.stream(v); err == nil && len(data) < maxProgram {
			return data, k
		}
	}
	return nil, ""
}

// useBuiltIn takes over the encoding that is built into the program of a simple
// font, which holds where the file names no other.
func (ft *font) useBuiltIn(f *file, v reader.Value) {
	data, kind := f.program(v.Key("FontDescriptor"))
	switch kind {
	case "FontFile":
		ft.useType1(data)
	case "FontFile2":
		ft.useTrueType(data)
	case "FontFile3":
		if c := parseCFF(data); c != nil {
			for code, glyph := range c.codes {
				ft.setName(code, c.name(glyph))
			}
		}
	}
}

func (ft *font) setName(code int, name string) {
	if code < 0 || code > 255 {
		return
	}
	if s := glyphText(name); s != "" { // a name that says nothing leaves the usual character
		ft.table[code] = s
	}
}

var type1Entry = regexp.MustCompile(`dup\s+(\d{1,3}|8#[0-7]{1,3})\s*/(\S+)\s+put`)

// useType1 reads the encoding in the clear part of a Type 1 program.
func (ft *font) useType1(data []byte) {
	if i := bytes.Index(data, []byte("eexec")); i >= 0 {
		data = data[:i]
	}
	for _, m := range type1Entry.FindAllSubmatch(data, 256) {
		digits, base := string(m[1]), 10
		if rest, ok := bytes.CutPrefix(m[1], []byte("8#")); ok {
			digits, base = string(rest), 8
		}
		if c, err := strconv.ParseUint(digits, base, 16); err == nil {
			ft.setName(int(c), string(m[2]))
		}
	}
}

// useTrueType finds the text of codes through the glyphs they show: a symbol
// font's codes lead to glyphs, whose names or other codes tell the character.
func (ft *font) useTrueType(data []byte) {
	tt := parseTrueType(data)
	if tt == nil || len(tt.symbol) == 0 {
		return
	}
	for c := range 256 {
		glyph, ok := tt.symbol[0xF000+c]
		if !ok {
			glyph, ok = tt.symbol[c]
		}
		if !ok {
			continue
		}
		if r, ok := tt.chars[glyph]; ok {
			ft.table[c] = string(r)
		} else if name := tt.names[glyph]; name != "" && glyphText(name) != "" {
			ft.table[c] = glyphText(name)
		}
	}
}

// useProgram finds the text of the glyphs of a composite font without ToUnicode
// in the font's program, by glyph number.
func (ft *font) useProgram(f *file, down reader.Value) {
	data, kind := f.program(down.Key("FontDescriptor"))
	byGlyph := map[int]string{}
	switch kind {
	case "FontFile2":
		tt := parseTrueType(data)
		if tt == nil {
			return
		}
		for glyph, name := range tt.names {
			if s := glyphText(name); s != "" {
				byGlyph[glyph] = s
			}
		}
		for glyph, r := range tt.chars {
			byGlyph[glyph] = string(r)
		}
	case "FontFile3":
		if tt := parseTrueType(data); tt != nil { // OpenType
			for glyph, r := range tt.chars {
				byGlyph[glyph] = string(r)
			}
		} else if c := parseCFF(data); c != nil && !c.cid {
			for glyph := range c.charset {
				if s := glyphText(c.name(glyph)); s != "" {
					byGlyph[glyph] = s
				}
			}
		}
	}
	ft.cidText = byGlyph
	if toGlyph := down.Key("CIDToGIDMap"); toGlyph.Kind() == reader.Stream {
		table, err := f.stream(toGlyph)
		if err != nil {
			return
		}
		ft.cidText = map[int]string{}
		for cid := 0; 2*cid+1 < len(table); cid++ {
			if s, ok := byGlyph[int(binary.BigEndian.Uint16(table[2*cid:]))]; ok {
				ft.cidText[cid] = s
			}
		}
	}
}
