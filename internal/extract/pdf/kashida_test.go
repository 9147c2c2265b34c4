package pdf

import (
	"fmt"
	"strings"
	"testing"
)

// TestKashidaWithoutUnicode has a font that names all its codes but some.
func TestKashidaWithoutUnicode(t *testing.T) {
	for _, c := range []struct {
		name    string
		codes   int    // that the font has, from 1
		unnamed string // codes without Unicode
		first   rune   // named by code 0
		unknown bool
	}{
		{"the stroke that fills words", 10, "\x05", 0x0627, false},
		{"two lost letters", 10, "\x05\x06", 0x0627, true},
		{"no Arabic", 10, "\x05", 'a', true},
		{"too few to tell", 6, "\x05", 0x0627, true},
	} {
		var to, widths strings.Builder
		for i := 1; i <= c.codes; i++ {
			widths.WriteString("500 ")
			if !strings.ContainsRune(c.unnamed, rune(i)) {
				fmt.Fprintf(&to, "1 beginbfchar <%02X> <%04X> endbfchar\n", i, c.first+rune(i))
			}
		}
		b := &builder{}
		ref := b.stream("", to.String())
		font := fmt.Sprintf("<</Type/Font/Subtype/TrueType/BaseFont/AAAAAA+X/FirstChar 1/LastChar %d/Widths[%s]/ToUnicode %s>>", c.codes, &widths, ref)
		content := fmt.Sprintf("BT /F1 12 Tf 50 700 Td <02%X01> Tj ET", c.unnamed)
		pages, _, err := read(t, b.document("", testPage{content: content, font: font}))
		if err != nil {
			t.Fatal(err)
		}
		if got := pages[0].Text; strings.Contains(got, unknownGlyph) != c.unknown {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}
