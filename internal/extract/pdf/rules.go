package pdf

import (
	"cmp"
	"math"
	"slices"
)

// Ruling lines part the rows of tables. They are taken from what is painted:
// stroked lines and the thin areas that many programs fill instead.
const (
	ruleWidth  = 3.0  // points that a filled line is thick at most
	ruleLength = 20.0 // points that a line is long at least
	ruleSlack  = 3.0  // points by which the ends of lines of one table may differ
	gridRules  = 3    // lines with the same ends that make a table
	maxRules   = 4000 // lines of a page that are kept
	maxPath    = 256  // lines of one path that are kept
)

// segment is a straight line on the page.
type segment struct{ x0, y0, x1, y1 float64 }

// path is the outline that is being drawn.
type path struct {
	lines          []segment
	boxes          []rect // of its parts
	x, y           float64
	startX, startY float64
}

// outline follows an operator that draws or paints a path.
func (in *interpreter) outline(op string, o []operand) {
	p := &in.path
	switch op {
	case "m", "l":
		if len(o) == 2 {
			x, y := in.st.ctm.apply(o[0].num, o[1].num)
			p.to(x, y, op == "m")
		}
	case "c", "v", "y":
		if n := len(o); n >= 4 {
			x, y := in.st.ctm.apply(o[n-2].num, o[n-1].num)
			p.x, p.y = x, y
			p.grow(x, y)
		}
	case "h":
		p.to(p.startX, p.startY, false)
	case "re":
		if len(o) == 4 {
			x, y, w, h := o[0].num, o[1].num, o[2].num, o[3].num
			for i, c := range [][2]float64{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}, {x, y}} {
				px, py := in.st.ctm.apply(c[0], c[1])
				p.to(px, py, i == 0)
			}
		}
	case "S", "s", "B", "B*", "b", "b*":
		for _, l := range p.lines {
			in.rule(l)
		}
		fallthrough
	case "f", "F", "f*":
		for _, b := range p.boxes {
			if b.y1-b.y0 <= ruleWidth {
				in.rule(segment{b.x0, (b.y0 + b.y1) / 2, b.x1, (b.y0 + b.y1) / 2})
			} else if b.x1-b.x0 <= ruleWidth {
				in.rule(segment{(b.x0 + b.x1) / 2, b.y0, (b.x0 + b.x1) / 2, b.y1})
			}
		}
		fallthrough
	case "n":
		*p = path{lines: p.lines[:0], boxes: p.boxes[:0]}
	}
}

// to draws to a place, or moves there.
func (p *path) to(x, y float64, move bool) {
	if move || len(p.boxes) == 0 {
		if len(p.boxes) < maxPath {
			p.boxes = append(p.boxes, rect{x, y, x, y})
		}
		p.startX, p.startY = x, y
	} else {
		if len(p.lines) < maxPath && (math.Abs(x-p.x) < 1 || math.Abs(y-p.y) < 1) {
			p.lines = append(p.lines, segment{p.x, p.y, x, y})
		}
		p.grow(x, y)
	}
	p.x, p.y = x, y
}

func (p *path) grow(x, y float64) {
	if n := len(p.boxes); n > 0 && n < maxPath {
		p.boxes[n-1] = p.boxes[n-1].join(rect{x, y, x, y})
	}
}

// rule keeps a line that is long enough and on the page.
func (in *interpreter) rule(l segment) {
	if len(in.rules) >= maxRules || math.Hypot(l.x1-l.x0, l.y1-l.y0) < ruleLength/4 {
		return
	}
	if max(l.x0, l.x1) < 0 || min(l.x0, l.x1) > in.width || max(l.y0, l.y1) < 0 || min(l.y0, l.y1) > in.height {
		return
	}
	in.rules = append(in.rules, l)
}

// ruling is a line along a direction: at one height, from here to there.
type ruling struct{ at, from, to float64 }

// grid is lines under each other with the same ends: what parts the rows of a
// table.
type grid struct {
	from, to float64
	at       []float64 // from top to bottom
	upright  []ruling  // lines across them; at is the place along the line
}

// rulings are the ruling lines of a page.
type rulings struct {
	grids   []grid
	upright []ruling
}

// between says whether an upright line stands in a gap, as high as the rows.
func (r rulings) between(g gap, rs []row) bool {
	top, bottom := rs[0].v, rs[len(rs)-1].v
	return slices.ContainsFunc(r.upright, func(u ruling) bool {
		return u.at > g.from && u.at < g.to && u.from < bottom+rs[0].size && u.to > top-rs[0].size
	})
}

// rulingsOf finds the grids among the lines of a page, seen in a frame.
func rulingsOf(f frame, lines []segment) rulings {
	var level, upright []ruling
	for _, l := range lines {
		u0, v0 := f.turn(l.x0, l.y0)
		u1, v1 := f.turn(l.x1, l.y1)
		switch {
		case math.Abs(v1-v0) < 1:
			level = append(level, ruling{(v0 + v1) / 2, min(u0, u1), max(u0, u1)})
		case math.Abs(u1-u0) < 1:
			upright = append(upright, ruling{(u0 + u1) / 2, min(v0, v1), max(v0, v1)})
		}
	}
	level, upright = connected(level), connected(upright)
	var out []grid
	for _, l := range level {
		i := slices.IndexFunc(out, func(g grid) bool {
			return math.Abs(g.from-l.from) < ruleSlack && math.Abs(g.to-l.to) < ruleSlack
		})
		if i < 0 {
			i = len(out)
			out = append(out, grid{from: l.from, to: l.to})
		}
		if g := &out[i]; len(g.at) == 0 || g.at[len(g.at)-1]-l.at > ruleSlack {
			g.at = append(g.at, l.at)
		}
	}
	out = slices.DeleteFunc(out, func(g grid) bool { return len(g.at) < gridRules })
	for i := range out {
		g := &out[i]
		for _, u := range upright {
			if u.at > g.from-ruleSlack && u.at < g.to+ruleSlack {
				g.upright = append(g.upright, u)
			}
		}
	}
	return rulings{out, upright}
}

// connected joins the lines that go on where another ends, as the borders of
// cells do, and returns the long ones from top to bottom.
func connected(rs []ruling) []ruling {
	slices.SortFunc(rs, func(a, b ruling) int {
		return cmp.Or(cmp.Compare(math.Round(b.at), math.Round(a.at)), cmp.Compare(a.from, b.from))
	})
	var out []ruling
	for _, r := range rs {
		if n := len(out); n > 0 && math.Abs(out[n-1].at-r.at) < 1.5 && r.from < out[n-1].to+ruleSlack {
			out[n-1].to = max(out[n-1].to, r.to)
			continue
		}
		out = append(out, r)
	}
	return slices.DeleteFunc(out, func(r ruling) bool { return r.to-r.from < ruleLength })
}

// interval returns between which lines of the grid a row stands, from 1; 0 is
// outside.
func (g grid) interval(r row) int {
	from, to := extent(r)
	if from < g.from-ruleSlack || to > g.to+ruleSlack {
		return 0
	}
	n := 0
	for n < len(g.at) && g.at[n] > r.v+.3*r.size {
		n++
	}
	if n == len(g.at) {
		return 0
	}
	return n
}

// boxed says whether an upright line parts the cells of an interval.
func (g grid) boxed(interval int) bool {
	top, bottom := g.at[interval-1], g.at[interval]
	return slices.ContainsFunc(g.upright, func(u ruling) bool {
		return u.at > g.from+ruleLength && u.at < g.to-ruleLength && u.from < bottom+ruleSlack && u.to > top-ruleSlack
	})
}

// ruled says whether a line of a grid stands between two rows, and whether both
// are in one box of a table.
func ruled(grids []grid, a, b row) (between, together bool) {
	for _, g := range grids {
		i, j := g.interval(a), g.interval(b)
		switch {
		case i != j && (i > 0 || j > 0):
			return true, false
		case i > 0 && g.boxed(i):
			together = true
		}
	}
	return false, together
}
