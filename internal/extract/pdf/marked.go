package pdf

import "strings"

// span is open marked content, which may say what the glyphs in it mean.
type span struct {
	first  int // index of its first glyph
	actual string
	has    bool
}

// maxSpans bounds how deep marked content is followed.
const maxSpans = 512

// begin opens marked content.
func (in *interpreter) begin(tag string, props operand) {
	if len(in.spans) >= maxSpans {
		in.spans = append(in.spans[:maxSpans-1], span{first: len(in.glyphs)})
		return
	}
	s := span{first: len(in.glyphs)}
	if o, ok := props.get("ActualText"); ok && o.kind == text {
		s.actual, s.has = decodeText(o.str), true
	} else if props.kind == name {
		if v := in.res.dict.Key("Properties").Key(props.str).Key("ActualText"); !v.IsNull() {
			s.actual, s.has = decodeText(v.RawString()), true
		}
	}
	in.spans = append(in.spans, s)
}

// end closes marked content and puts the text it names in the place of its
// glyphs, when they stand on one line.
func (in *interpreter) end() {
	n := len(in.spans)
	if n == 0 {
		return
	}
	s := in.spans[n-1]
	in.spans = in.spans[:n-1]
	if !s.has || s.first >= len(in.glyphs) {
		return
	}
	glyphs := in.glyphs[s.first:]
	var drawn strings.Builder
	for _, g := range glyphs {
		drawn.WriteString(g.text)
	}
	if drawn.String() == s.actual || len(s.actual) > 64+8*len(glyphs) {
		return
	}
	frame := frameOf(glyphs[0].angle)
	g0 := frame.place(glyphs[0])
	u0, u1, v := g0.u0, g0.u1, g0.v
	for _, g := range glyphs[1:] {
		p := frame.place(g)
		if g.angle != glyphs[0].angle || p.v-v > .6*g.size || v-p.v > .6*g.size {
			return
		}
		u0, u1 = min(u0, p.u0), max(u1, p.u1)
	}
	in.glyphs = append(in.glyphs[:s.first], spread(glyphs[0], frame, s.actual, u0, u1)...)
}

// spread makes one glyph of each word of a text between two places of a line.
func spread(like glyph, f frame, actual string, u0, u1 float64) []glyph {
	words := strings.Fields(actual)
	if len(words) == 0 {
		if actual == "" {
			return nil
		}
		words = []string{" "}
	}
	total := len(words) - 1
	for _, w := range words {
		total += len([]rune(w))
	}
	base := f.place(like)
	rtl := hasRTL(actual)
	var out []glyph
	at := 0.0
	step := (u1 - u0) / float64(max(total, 1))
	for _, w := range words {
		length := step * float64(len([]rune(w)))
		g := like
		g.text, g.track = w, 0
		from := u0 + at
		if rtl {
			from = u1 - at - length
		}
		g.x, g.y = f.back(from, base.v)
		ex, ey := f.back(from+length, base.v)
		g.dx, g.dy = ex-g.x, ey-g.y
		out = append(out, g)
		at += length + step
		if len(words) > 1 && len(out) < 2*len(words)-1 {
			sp := g
			sp.text = " "
			sp.x, sp.y = f.back(from+length, base.v)
			if rtl {
				sp.x, sp.y = f.back(from-step, base.v)
			}
			ex, ey := f.back(step, 0)
			zx, zy := f.back(0, 0)
			sp.dx, sp.dy = ex-zx, ey-zy
			out = append(out, sp)
		}
	}
	return out
}
