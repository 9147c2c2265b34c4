package pdf

import (
	"context"
	"errors"
	"math"

	reader "github.com/ledongthuc/pdf"
)

// Bounds on one page.
const (
	maxGlyphs    = 500_000
	maxOperators = 20_000_000
	maxForms     = 100_000 // forms drawn, counted each time
	maxFormDepth = 12
	maxStates    = 1024
)

// Why a page was read only in part.
var (
	errGlyphs    = errors.New("it has more than 500,000 glyphs")
	errOperators = errors.New("it has more than 20,000,000 drawing operations")
	errForms     = errors.New("it draws more than 100,000 forms")
)

// glyph is a character as drawn: where it begins on the page as it is seen (x to
// the right and y up from the lower left corner, in points) and where to.
type glyph struct {
	text   string
	x, y   float64
	dx, dy float64 // to its end, along the line
	track  float64 // how much character spacing follows
	size   float64 // height of an em
	angle  int16   // of the line, in degrees from 0 to 359
	asc    float32 // shares of the em
	desc   float32
}

// state is what q saves and Q brings back.
type state struct {
	ctm                         matrix
	font                        *font
	size                        float64
	charSpace, wordSpace, scale float64
	leading, rise               float64
}

// resources are the named things a stream may use.
type resources struct {
	dict  reader.Value
	fonts map[string]*font
}

// page collects what is drawn on a page.
type page struct {
	file   *file
	ctx    context.Context
	width  float64
	height float64

	glyphs    []glyph
	images    float64 // area of pictures, in square points
	operators int
	forms     int
	active    map[string]bool // forms being drawn, against circles
	spans     []span          // marked content that is open
	rules     []segment       // straight lines that are painted
	damaged   bool            // a font of it cannot be read
}

// interpreter runs one content stream.
type interpreter struct {
	*page
	res   *resources
	st    state
	saved []state
	tm    matrix // text matrix
	line  matrix // text line matrix
	depth int
	path  path
}

// run draws a content stream.
func (in *interpreter) run(data []byte) error {
	l := &lexer{data: data}
	var stack []operand
	for {
		o, op, ok := l.next()
		if !ok {
			return nil
		}
		if op == "" {
			if len(stack) < maxOperands {
				stack = append(stack, o)
			}
			continue
		}
		if in.operators++; in.operators > maxOperators {
			return errOperators
		}
		if in.operators&0xFFF == 0 && in.ctx.Err() != nil {
			return in.ctx.Err()
		}
		if op == "BI" {
			in.inlineImage(l)
		} else if err := in.do(op, stack); err != nil {
			return err
		}
		stack = stack[:0]
	}
}

// do runs one operator. Operands that are missing make it do nothing.
func (in *interpreter) do(op string, o []operand) error {
	if need := operandCount(op); len(o) < need {
		return nil
	} else if need > 0 {
		o = o[len(o)-need:]
	}
	switch op {
	case "q":
		if len(in.saved) < maxStates {
			in.saved = append(in.saved, in.st)
		}
	case "Q":
		if n := len(in.saved); n > 0 {
			in.st, in.saved = in.saved[n-1], in.saved[:n-1]
		}
	case "cm":
		in.st.ctm = operandMatrix(o).then(in.st.ctm)
	case "Do":
		return in.draw(o[0].str)
	case "BDC":
		in.begin(o[0].str, o[1])
	case "BMC":
		in.begin(o[0].str, operand{})
	case "EMC":
		in.end()
	case "gs":
		in.graphicsState(o[0].str)
	case "m", "l", "c", "v", "y", "h", "re", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "n":
		in.outline(op, o)
	default:
		return in.textOperator(op, o)
	}
	return nil
}

func operandCount(op string) int {
	switch op {
	case "cm", "Tm":
		return 6
	case "Do", "BMC", "Tc", "Tw", "Tz", "TL", "Ts", "Tj", "TJ", "'", "gs":
		return 1
	case "BDC", "Tf", "Td", "TD":
		return 2
	case "\"":
		return 3
	}
	return 0
}

func (in *interpreter) textOperator(op string, o []operand) error {
	switch op {
	case "BT":
		in.tm, in.line = identity, identity
	case "Tc":
		in.st.charSpace = o[0].num
	case "Tw":
		in.st.wordSpace = o[0].num
	case "Tz":
		in.st.scale = o[0].num / 100
	case "TL":
		in.st.leading = o[0].num
	case "Ts":
		in.st.rise = o[0].num
	case "Tf":
		in.setFont(o[0].str, o[1].num)
	case "Td":
		in.move(o[0].num, o[1].num)
	case "TD":
		in.st.leading = -o[1].num
		in.move(o[0].num, o[1].num)
	case "Tm":
		in.tm = operandMatrix(o)
		in.line = in.tm
	case "T*":
		in.move(0, -in.st.leading)
	case "Tj":
		return in.show(o[0].str)
	case "'":
		in.move(0, -in.st.leading)
		return in.show(o[0].str)
	case "\"":
		in.st.wordSpace, in.st.charSpace = o[0].num, o[1].num
		in.move(0, -in.st.leading)
		return in.show(o[2].str)
	case "TJ":
		return in.showAll(o[0].list)
	}
	return nil
}

func (in *interpreter) move(x, y float64) {
	in.line = matrix{1, 0, 0, 1, x, y}.then(in.line)
	in.tm = in.line
}

func (in *interpreter) setFont(name string, size float64) {
	if size == 0 {
		size = 1 // a size that cannot be read; the text is there
	}
	in.st.size = size
	ft, ok := in.res.fonts[name]
	if !ok {
		ft = in.namedFont(in.res.dict.Key("Font"), name)
		in.res.fonts[name] = ft
	}
	in.st.font = ft
}

func (in *interpreter) graphicsState(name string) {
	v := in.res.dict.Key("ExtGState").Key(name).Key("Font")
	if v.Len() == 2 {
		in.st.font, in.st.size = in.file.font(v.Index(0)), v.Index(1).Float64()
	}
}

func (in *interpreter) showAll(list []operand) error {
	for _, o := range list {
		switch o.kind {
		case number:
			shift := -o.num / 1000 * in.st.size
			if in.st.font != nil && in.st.font.vertical {
				in.tm = matrix{1, 0, 0, 1, 0, shift}.then(in.tm)
			} else {
				in.tm = matrix{1, 0, 0, 1, shift * in.st.scale, 0}.then(in.tm)
			}
		case text:
			if err := in.show(o.str); err != nil {
				return err
			}
		}
	}
	return nil
}

// show draws a string.
func (in *interpreter) show(s string) error {
	ft := in.st.font
	if ft == nil {
		ft = in.file.font(reader.Value{})
		in.st.font = ft
	}
	if len(in.glyphs)+len(s) > maxGlyphs+1<<16 {
		return errGlyphs
	}
	ft.decode(s, in.put)
	if len(in.glyphs) > maxGlyphs {
		return errGlyphs
	}
	return nil
}

// put draws one glyph and moves on by its width.
func (in *interpreter) put(sh shape) {
	st, ft := &in.st, in.st.font
	w := sh.width / 1000
	if ft.type3 {
		w = sh.width * math.Hypot(ft.matrix.a, ft.matrix.b)
	}
	extra := st.charSpace
	if sh.isSpace {
		extra += st.wordSpace
	}
	m := matrix{st.size * st.scale, 0, 0, st.size, 0, st.rise}.then(in.tm).then(st.ctm)
	if m.sane() {
		in.add(sh, ft, m, w, st.charSpace*st.scale)
	}
	if ft.vertical {
		in.tm = matrix{1, 0, 0, 1, 0, -st.size + extra}.then(in.tm)
		return
	}
	in.tm = matrix{1, 0, 0, 1, (w*st.size + extra) * st.scale, 0}.then(in.tm)
}

// add keeps a glyph. m maps the em square to the page.
func (in *interpreter) add(sh shape, ft *font, m matrix, w, track float64) {
	g := glyph{text: sh.text, asc: float32(ft.ascent), desc: float32(ft.descent)}
	g.x, g.y = m.e, m.f
	g.size = m.yScale()
	if ft.type3 && ft.em > 0 {
		g.size *= ft.em
	}
	g.dx, g.dy = m.a*w, m.b*w
	along := math.Atan2(m.b, m.a)
	if m.a*m.d-m.b*m.c < 0 { // mirrored: the line runs where "up" says
		along = math.Atan2(m.d, m.c) - math.Pi/2
	}
	if ft.vertical { // runs down, each glyph an em, its origin above its middle
		g.dx, g.dy = -m.c, -m.d
		along = math.Atan2(-m.d, -m.c)
		g.asc, g.desc = .5, -.5
	}
	g.angle = snap(along * 180 / math.Pi)
	if track > 0 && in.st.size != 0 {
		g.track = track * in.tm.then(in.st.ctm).xScale()
	}
	if g.size < 1e-3 || !in.visible(g) {
		return
	}
	in.glyphs = append(in.glyphs, g)
}

// visible says whether a part of a glyph stands on the page, or just over its edge.
func (in *interpreter) visible(g glyph) bool {
	return max(g.x, g.x+g.dx) > -1 && min(g.x, g.x+g.dx) < in.width+1 &&
		max(g.y, g.y+g.dy) > -1-g.size*.3 && min(g.y, g.y+g.dy) < in.height+1
}
