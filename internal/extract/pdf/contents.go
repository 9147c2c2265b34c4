package pdf

import (
	"context"
	"fmt"

	reader "github.com/ledongthuc/pdf"
)

// letter is the page size where a file gives none.
var letter = rect{0, 0, 612, 792}

// maxContents bounds the streams that make up the contents of one page.
const maxContents = 20_000

// newPage returns an empty page and the map from the coordinates of the file to
// the page as it is seen: cut to its visible box and turned.
func (f *file) newPage(ctx context.Context, lf leaf) (*page, matrix) {
	box, ok := readRect(lf.media)
	if !ok {
		box = letter
	}
	if crop, ok := readRect(lf.crop); ok {
		if c := crop.cut(box); !c.empty() {
			box = c
		}
	}
	w, h := box.x1-box.x0, box.y1-box.y0
	p := &page{file: f, ctx: ctx, width: w, height: h, active: map[string]bool{}}
	m := matrix{1, 0, 0, 1, -box.x0, -box.y0}
	switch ((int(lf.rotate.Float64())/90)%4 + 4) % 4 {
	case 1:
		m = m.then(matrix{0, -1, 1, 0, 0, w})
		p.width, p.height = h, w
	case 2:
		m = m.then(matrix{-1, 0, 0, -1, w, h})
	case 3:
		m = m.then(matrix{0, 1, -1, 0, h, 0})
		p.width, p.height = h, w
	}
	return p, m
}

// drawContents runs the page's content streams, which together are one program.
func (p *page) drawContents(lf leaf, base matrix) error {
	data, err := p.file.contents(lf.dict.Key("Contents"))
	if len(data) == 0 {
		return err
	}
	in := &interpreter{
		page: p, res: &resources{dict: lf.resources, fonts: map[string]*font{}},
		st: state{ctm: base, scale: 1}, tm: identity, line: identity,
	}
	if runErr := in.run(data); runErr != nil {
		return runErr
	}
	return err
}

// maxAnnotations bounds the annotations of one page.
const maxAnnotations = 5000

// drawAnnotations draws what was filled into forms and written on the page.
func (p *page) drawAnnotations(lf leaf, base matrix) error {
	list := lf.dict.Key("Annots")
	for i := range min(list.Len(), maxAnnotations) {
		a := list.Index(i)
		const hidden, noView = 1 << 1, 1 << 5
		kind := a.Key("Subtype").Name()
		if a.Key("F").Int64()&(hidden|noView) != 0 || kind == "Popup" || kind == "Link" {
			continue
		}
		look := a.Key("AP").Key("N")
		if look.Kind() == reader.Dict {
			look = look.Key(a.Key("AS").Name())
		}
		at, ok := readRect(a.Key("Rect"))
		box, hasBox := readRect(look.Key("BBox"))
		if look.Kind() != reader.Stream || !ok || !hasBox {
			continue
		}
		in := &interpreter{
			page: p, res: &resources{dict: lf.resources, fonts: map[string]*font{}},
			st: state{ctm: fit(box, orIdentity(readMatrix(look.Key("Matrix"))), at).then(base), scale: 1},
			tm: identity, line: identity,
		}
		if err := in.form(look); err != nil {
			return err
		}
	}
	return nil
}

// fit returns the map that puts a box, turned by m, into a rectangle.
func fit(box rect, m matrix, into rect) matrix {
	x, y := m.apply(box.x0, box.y0)
	seen := rect{x, y, x, y}
	for _, p := range [][2]float64{{box.x1, box.y0}, {box.x0, box.y1}, {box.x1, box.y1}} {
		x, y := m.apply(p[0], p[1])
		seen = seen.join(rect{x, y, x, y})
	}
	if seen.empty() {
		return identity
	}
	sx, sy := (into.x1-into.x0)/(seen.x1-seen.x0), (into.y1-into.y0)/(seen.y1-seen.y0)
	return matrix{sx, 0, 0, sy, into.x0 - seen.x0*sx, into.y0 - seen.y0*sy}
}

func (f *file) contents(v reader.Value) ([]byte, error) {
	if v.Kind() == reader.Stream {
		return f.stream(v)
	}
	if v.Len() > maxContents {
		return nil, fmt.Errorf("it is made of %d streams", v.Len())
	}
	var all []byte
	var firstErr error
	for i := range v.Len() {
		data, err := f.stream(v.Index(i))
		if err != nil && firstErr == nil {
			firstErr = err
		}
		if len(all)+len(data) > maxStream {
			return all, errBomb
		}
		all = append(append(all, data...), '\n')
	}
	return all, firstErr
}
