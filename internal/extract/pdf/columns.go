package pdf

import (
	"math"
	"slices"
)

// Columns are told apart only where it is safe.
const (
	maxColumnDepth = 3    // columns within columns: up to four beside each other
	columnRows     = 4    // lines that each side must have
	columnWidth    = 8.0  // em that a usual line of each side must be wide
	gutterWidth    = .9   // em
	levelLines     = .12  // em up or down, at most, between lines at one height
	besideLines    = .85  // em up or down, at most, of a line with another beside it
	besideShare    = .7   // of such lines in two texts beside each other
	levelShare     = .4   // of lines at one height; less are two texts beside each other
	headingSize    = 1.15 // times the usual size of the columns above it
	maxColumnRows  = 1500 // pages with more rows are listings; they keep their rows
)

// gap is a stretch of a row in which nothing stands.
type gap struct{ from, to float64 }

// arrange puts rows into reading order: tables row by row, and all else as
// columns say. breaks holds the places in the result where a column or a cell
// begins.
func arrange(rs []row, ruled rulings, rtl bool, depth int) (out []row, breaks []int) {
	if depth >= maxColumnDepth || len(rs) < tableRows || len(rs) > maxColumnRows {
		return rs, nil
	}
	add := func(rs []row, inner []int) {
		for _, b := range inner {
			breaks = append(breaks, len(out)+b)
		}
		out = append(out, rs...)
	}
	all, next := stretches(rs, ruled.grids), 0
	for _, t := range tables(rs, all, rtl) {
		add(arrangeColumns(rs[next:all[t.from].from], ruled, rtl, depth))
		add(t.read(rs, all, rtl))
		next = all[t.to-1].to
	}
	add(arrangeColumns(rs[next:], ruled, rtl, depth))
	return out, breaks
}

// arrangeColumns puts rows into reading order: where some rows share a gutter
// with text on both sides, one side is read before the other.
func arrangeColumns(rs []row, ruled rulings, rtl bool, depth int) (out []row, breaks []int) {
	if len(rs) < columnRows {
		return rs, nil
	}
	for i := 0; i < len(rs); {
		end, at, ok := band(rs, ruled, i)
		if !ok || heads(rs[i:end], at) {
			out = append(out, rs[i])
			i++
			continue
		}
		left, right := split(rs[i:end], at)
		if rtl {
			left, right = right, left
		}
		for _, side := range [][]row{left, right} {
			inner, innerBreaks := arrange(side, ruled, rtl, depth+1)
			breaks = append(breaks, len(out))
			for _, b := range innerBreaks {
				breaks = append(breaks, len(out)+b)
			}
			out = append(out, inner...)
		}
		breaks = append(breaks, len(out))
		i = end
	}
	return out, breaks
}

// band finds the longest run of rows from i that share a gutter, and where the
// gutter is.
func band(rs []row, ruled rulings, i int) (end int, at float64, ok bool) {
	gaps := gapsOf(rs[i], gutterWidth*rs[i].size)
	from, to := extent(rs[i])
	var shared []gap
	for next := i; len(gaps) > 0; {
		next++
		if in := within(gaps, from, to); len(in) > 0 {
			shared, end = in, next
		}
		if next == len(rs) {
			break
		}
		gaps = intersect(gaps, gapsOf(rs[next], 0), gutterWidth*rs[next].size)
		f, t := extent(rs[next])
		from, to = min(from, f), max(to, t)
	}
	if end-i < columnRows {
		return 0, 0, false
	}
	best := 0.0
	for _, g := range shared {
		mid := (g.from + g.to) / 2
		if g.to-g.from <= best {
			continue
		}
		left, right := split(rs[i:end], mid)
		if prose(left) && prose(right) || apart(left, right) || ruled.between(g, rs[i:end]) && wide(left) && wide(right) {
			best, at, ok = g.to-g.from, mid, true
		}
	}
	return withoutHeading(rs, i, end, at), at, ok
}

// withoutHeading ends a band before a heading that stands over what follows it:
// larger type after white space, the last of the band, with nothing beside it.
func withoutHeading(rs []row, i, end int, at float64) int {
	usual, j := usualSize(rs[i:end]), end
	for ; end < len(rs) && j > i+columnRows; j-- {
		from, to := extent(rs[j-1])
		if from < at && to > at || rs[j-1].size < headingSize*usual {
			break
		}
	}
	if j < end && rs[j-1].v-rs[j].v > 1.5*rs[j].size {
		return j
	}
	return end
}

// heads says whether the first of some rows is a heading over the others.
func heads(rs []row, at float64) bool {
	from, to := extent(rs[0])
	return (from > at || to < at) && rs[0].size > headingSize*usualSize(rs)
}

// usualSize returns the size of type that half of the rows do not reach.
func usualSize(rs []row) float64 {
	sizes := make([]float64, len(rs))
	for i, r := range rs {
		sizes[i] = r.size
	}
	slices.Sort(sizes)
	return sizes[len(sizes)/2]
}

func extent(r row) (from, to float64) {
	from, to = r.pieces[0].u0, r.pieces[0].u1
	for _, p := range r.pieces {
		from, to = min(from, p.u0), max(to, p.u1)
	}
	return from, to
}

// within returns the gaps that have something on both sides.
func within(gaps []gap, from, to float64) []gap {
	var in []gap
	for _, g := range gaps {
		if g.from > from && g.to < to {
			in = append(in, g)
		}
	}
	return in
}

// gapsOf returns the gaps of a row, the margins included.
func gapsOf(r row, least float64) []gap {
	var out []gap
	from := -1e7
	for _, p := range r.pieces {
		if p.u0-from > least {
			out = append(out, gap{from, p.u0})
		}
		from = max(from, p.u1)
	}
	return append(out, gap{from, 1e7})
}

func intersect(a, b []gap, least float64) []gap {
	var out []gap
	for i, j := 0, 0; i < len(a) && j < len(b); {
		g := gap{max(a[i].from, b[j].from), min(a[i].to, b[j].to)}
		if g.to-g.from > least {
			out = append(out, g)
		}
		if a[i].to < b[j].to {
			i++
		} else {
			j++
		}
	}
	return out
}

// split parts rows at a gutter.
func split(rs []row, at float64) (left, right []row) {
	for _, r := range rs {
		l, rt := row{v: r.v}, row{v: r.v}
		for _, p := range r.pieces {
			side := &l
			if p.u0 > at {
				side = &rt
			}
			side.pieces = append(side.pieces, p)
			side.size = max(side.size, p.size)
		}
		if len(l.pieces) > 0 {
			left = append(left, l)
		}
		if len(rt.pieces) > 0 {
			right = append(right, rt)
		}
	}
	return left, right
}

// apart says whether two sides have nothing to do with each other, as a box beside
// running text: their lines seldom stand at one height, as cells of a table do.
func apart(left, right []row) bool {
	few, many := left, right
	if len(few) > len(many) {
		few, many = many, few
	}
	if len(few) < columnRows || len(few) < len(many)/2 || !prose(left) && !prose(right) {
		return false
	}
	level, beside := 0, 0
	for _, r := range few {
		nearest := math.Inf(1)
		for _, o := range many {
			nearest = min(nearest, math.Abs(o.pieces[0].v-r.pieces[0].v)/min(o.size, r.size))
		}
		if nearest < levelLines {
			level++
		}
		if nearest < besideLines {
			beside++
		}
	}
	return float64(level) < levelShare*float64(len(few)) && float64(beside) > besideShare*float64(len(few))
}

// prose says whether rows are lines of running text and not cells of a table.
func prose(rs []row) bool {
	return len(rs) >= columnRows && wide(rs)
}

// wide says whether a usual line is as wide as lines of running text are.
func wide(rs []row) bool {
	var widths []float64
	pieces := 0
	for _, r := range rs {
		// pieces that are close belong to one line
		from, to := r.pieces[0].u0, r.pieces[0].u1
		for _, p := range r.pieces {
			pieces++
			if p.u0-to > 2*pieceGap*r.size {
				widths = append(widths, (to-from)/r.size)
				from = p.u0
			}
			to = max(to, p.u1)
		}
		widths = append(widths, (to-from)/r.size)
	}
	slices.Sort(widths)
	return len(widths) > 0 && widths[len(widths)/2] >= columnWidth
}
