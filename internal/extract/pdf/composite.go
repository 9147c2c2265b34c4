package pdf

import (
	"strings"

	reader "github.com/ledongthuc/pdf"
)

func (ft *font) loadComposite(f *file, v reader.Value) {
	down := v.Key("DescendantFonts").Index(0)
	if down.IsNull() {
		down = v.Key("DescendantFonts")
	}
	enc := v.Key("Encoding")
	ft.composite = true
	switch {
	case enc.Kind() == reader.Stream:
		if data, err := f.stream(enc); err == nil {
			ft.codes = parseCMap(data)
			ft.vertical = ft.codes.vertical
		}
		if ft.codes == nil || len(ft.codes.spaces) == 0 {
			ft.codes = nil
		}
	default:
		name := enc.Name()
		ft.vertical = strings.HasSuffix(name, "-V")
		ft.utf16 = strings.Contains(name, "UCS2") || strings.Contains(name, "UTF16")
		ft.charset = predefined(name)
	}
	ft.dingbats = ornaments(down.Key("BaseFont").Name())
	ft.loadMetrics(down.Key("FontDescriptor"))
	ft.loadCompositeWidths(down)
	if ft.toUnicode == nil && !ft.utf16 {
		ft.useProgram(f, down)
	}
}

// maxWidths bounds the glyphs whose width is kept.
const maxWidths = 1 << 17

func (ft *font) loadCompositeWidths(down reader.Value) {
	ft.widths = map[int]float64{}
	ft.defaultWidth = 1000
	if dw := down.Key("DW"); !dw.IsNull() {
		ft.defaultWidth = dw.Float64()
	}
	w := down.Key("W")
	for i := 0; i+1 < w.Len() && len(ft.widths) < maxWidths; {
		first, second := int(w.Index(i).Float64()), w.Index(i+1)
		if second.Kind() == reader.Array {
			for j := range min(second.Len(), maxWidths) {
				ft.widths[first+j] = second.Index(j).Float64()
			}
			i += 2
			continue
		}
		last, width := int(second.Float64()), w.Index(i+2).Float64()
		for c := first; c <= last && c-first < maxWidths; c++ {
			ft.widths[c] = width
		}
		i += 3
	}
}
