package pdf

import reader "github.com/ledongthuc/pdf"

// useBuiltIn takes over the encoding that is built into the program of a simple
// font.
func (ft *font) useBuiltIn(f *file, v reader.Value) {}

// useProgram finds the text of the glyphs of a composite font without ToUnicode
// in the font's program.
func (ft *font) useProgram(f *file, down reader.Value) {}
