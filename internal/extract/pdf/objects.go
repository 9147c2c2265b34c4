package pdf

import (
	"bytes"
	"errors"
	"math"

	reader "github.com/ledongthuc/pdf"
)

// draw runs a form or counts a picture.
func (in *interpreter) draw(name string) error {
	v := in.res.dict.Key("XObject").Key(name)
	switch v.Key("Subtype").Name() {
	case "Image":
		in.picture()
	case "Form":
		return in.form(v)
	}
	return nil
}

func (in *interpreter) form(v reader.Value) error {
	if in.forms++; in.forms > maxForms {
		return errForms
	}
	key := v.String()
	if in.depth >= maxFormDepth || in.active[key] {
		return nil
	}
	data, err := in.file.stream(v)
	if err != nil {
		if errors.Is(err, errBomb) {
			return err
		}
		return nil
	}
	in.active[key] = true
	defer delete(in.active, key)
	inner := &interpreter{page: in.page, res: in.res, st: in.st, tm: identity, line: identity, depth: in.depth + 1}
	inner.st.ctm = orIdentity(readMatrix(v.Key("Matrix"))).then(in.st.ctm)
	if res := v.Key("Resources"); res.Kind() == reader.Dict {
		inner.res = &resources{dict: res, fonts: map[string]*font{}}
	}
	open := len(in.spans)
	err = inner.run(data)
	for len(in.spans) > open {
		in.end()
	}
	return err
}

// picture counts the area of the unit square, which every picture fills.
func (in *interpreter) picture() {
	m := in.st.ctm
	box := rect{m.e, m.f, m.e, m.f}
	for _, p := range [][2]float64{{1, 0}, {0, 1}, {1, 1}} {
		x, y := m.apply(p[0], p[1])
		box = box.join(rect{x, y, x, y})
	}
	seen := box.cut(rect{0, 0, in.width, in.height})
	if !seen.empty() {
		in.images += math.Min((seen.x1-seen.x0)*(seen.y1-seen.y0), m.area())
	}
}

// inlineImage steps over the picture between BI and EI.
func (in *interpreter) inlineImage(l *lexer) {
	in.picture()
	for {
		_, op, ok := l.next()
		if !ok {
			return
		}
		if op == "ID" {
			break
		}
		if op == "EI" {
			return
		}
	}
	for from := l.pos; ; {
		i := bytes.Index(l.data[min(from, len(l.data)):], []byte("EI"))
		if i < 0 {
			l.pos = min(from, len(l.data))
			return
		}
		from += i + 2
		before, after := l.data[from-3], byte(' ')
		if from < len(l.data) {
			after = l.data[from]
		}
		if isSpace(before) && isSpace(after) && plain(l.data[from:min(from+12, len(l.data))]) {
			l.pos = from
			return
		}
	}
}

// plain says whether the bytes look like operators and not like a picture.
func plain(b []byte) bool {
	for _, c := range b {
		if c > 0x7E || c < 0x20 && !isSpace(c) {
			return false
		}
	}
	return true
}
