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
