package pdf

import "slices"

// Tables are told from columns of running text by white space across all of
// their columns: it parts the rows of a table every few lines, and running text
// only where paragraphs of all columns happen to end side by side.
const (
	tableRows     = 3   // rows with two or more cells that a table has
	cellGap       = .5  // em between cells of a row
	rowGap        = 1.3 // leadings from line to line, more parts rows
	wideRowGap    = 2.0 // em, more parts rows whatever the leading is
	tallRow       = 12  // lines that a usual row of three or more cells has at most
	tallPair      = 6   // the same of two cells
	labelWidth    = .6  // of the other column, at most, where there are two
	alignedShare  = .7  // of rows whose cells begin on one line
	alikeWidth    = .85 // of the widest column, at least, where columns are alike
	fullLine      = .8  // of its column, at least, that a line fills
	filledShare   = .55 // of lines that are full in columns of running text
	maxFilled     = 200 // stretches that are looked at for that
	narrowLabel   = 4.0 // em that any label has room for; less is the number of a list
	maxTableStart = 400 // stretches tried as the beginning of a table
)

// stretch is rows of a page without a wide gap between them: a row of a table,
// or some rows that stand close together.
type stretch struct {
	from, to int
	gaps     []gap
	left     float64
	right    float64
	ruled    bool // a ruling line stands over it
	boxed    bool // it is a row of boxes
}

// table is a run of stretches with the gutters that they share.
type table struct {
	from, to int // stretches
	gutters  []float64
	ruled    bool // ruling lines part its rows
}

// stretches cuts rows where the white space is wider than between lines, and at
// ruling lines.
func stretches(rs []row, grids []grid) []stretch {
	usual := leadingsOf(rs)
	var out []stretch
	for i, r := range rs {
		line, together := false, false
		if i > 0 {
			line, together = ruled(grids, rs[i-1], r)
		}
		switch {
		case i == 0 || line || !together && usual.parted(rs[i-1], r):
			out = append(out, stretch{from: i, ruled: line})
		case together:
			out[len(out)-1].boxed = true
		}
		s := &out[len(out)-1]
		from, to := extent(r)
		if s.to = i + 1; s.from == i {
			s.gaps, s.left, s.right = gapsOf(r, cellGap*r.size), from, to
			continue
		}
		s.gaps = intersect(s.gaps, gapsOf(r, 0), cellGap*r.size)
		s.left, s.right = min(s.left, from), max(s.right, to)
	}
	return out
}

// tables finds the tables among rows, from top to bottom.
func tables(rs []row, all []stretch, rtl bool) []table {
	var out []table
	tried := 0
	for i := 0; i < len(all); {
		if len(within(all[i].gaps, all[i].left, all[i].right)) == 0 || tried == maxTableStart {
			i++
			continue
		}
		tried++
		t, ok := tableAt(rs, all, i, rtl)
		if !ok || t.filled(rs, all) {
			i++
			continue
		}
		if i+1 < len(all) { // a caption may hide a gutter of the rows below
			if below, ok := tableAt(rs, all, i+1, rtl); ok && len(below.gutters) > len(t.gutters) {
				i++
				continue
			}
		}
		out = append(out, t)
		i = t.to
	}
	return out
}

// tableAt returns the table of the most columns that begins with a stretch. A
// line between two rows may run across the columns.
func tableAt(rs []row, all []stretch, i int, rtl bool) (best table, ok bool) {
	gaps, left, right := all[i].gaps, all[i].left, all[i].right
	for end := i; ; {
		shared := within(gaps, left, right)
		if len(shared) == 0 {
			return best, ok
		}
		t := table{from: i, to: end + 1}
		for _, g := range shared {
			t.gutters = append(t.gutters, (g.from+g.to)/2)
		}
		if ok && len(t.gutters) < len(best.gutters) {
			return best, ok
		}
		if len(t.cells(rs, all[end])) > 1 && t.plausible(rs, all, rtl) {
			best, ok = t, true
		}
		end++
		if end < len(all)-1 && across(rs, all[end], shared) {
			end++
		}
		if end >= len(all) {
			return best, ok
		}
		s := all[end]
		gaps = intersect(gaps, s.gaps, cellGap*rs[s.from].size)
		left, right = min(left, s.left), max(right, s.right)
	}
}

// across says whether a stretch is one line that runs over a gutter.
func across(rs []row, s stretch, gutters []gap) bool {
	if s.to-s.from > 1 || len(rs[s.from].pieces) > 1 {
		return false
	}
	p := rs[s.from].pieces[0]
	return slices.ContainsFunc(gutters, func(g gap) bool { return p.u0 < g.from && p.u1 > g.to })
}

// plausible says whether the stretches of a table are its rows: enough of them,
// not too tall, with cells that begin on one line.
func (t *table) plausible(rs []row, all []stretch, rtl bool) bool {
	var heights []int
	aligned, lines := 0, 0
	for _, s := range all[t.from:t.to] {
		cells := t.cells(rs, s)
		if len(cells) < 2 {
			continue
		}
		heights = append(heights, s.to-s.from)
		if s.ruled {
			lines++
		}
		if !slices.ContainsFunc(cells, func(c []row) bool { return c[0].v != cells[0][0].v }) {
			aligned++
		}
	}
	if len(heights) < tableRows || 2*len(heights) < t.to-t.from {
		return false
	}
	if lines >= len(heights)-1 {
		t.ruled = true
		return true
	}
	slices.Sort(heights)
	usual, inLine := heights[len(heights)/2], float64(aligned) >= alignedShare*float64(len(heights))
	if len(t.gutters) > 1 {
		return inLine && usual <= tallRow
	}
	return inLine && usual <= tallPair && t.labels(rs, all, rtl)
}

// filled says whether all columns are alike and most lines fill theirs, as columns
// of running text do that happen to end their paragraphs side by side.
// What stands above and below between the same gutters counts with it.
func (t table) filled(rs []row, all []stretch) bool {
	if t.ruled || len(t.gutters) < 2 {
		return false
	}
	from, to := t.from, t.to
	for from > 0 && t.to-from < maxFilled && t.fits(all[from-1]) {
		from--
	}
	for to < len(all) && to-t.from < maxFilled && t.fits(all[to]) {
		to++
	}
	rs = rs[all[from].from:all[to-1].to]
	widths := t.widths(rs)
	if slices.Min(widths) < alikeWidth*slices.Max(widths) {
		return false
	}
	lines, full := make([]int, len(widths)), make([]int, len(widths))
	for _, r := range rs {
		for c, s := range t.spans(r) {
			if s.empty() {
				continue
			}
			lines[c]++
			if s.to-s.from > fullLine*widths[c] {
				full[c]++
			}
		}
	}
	for c := range lines {
		if float64(full[c]) < filledShare*float64(lines[c]) {
			return false
		}
	}
	return true
}

// fits says whether a stretch leaves all gutters free.
func (t table) fits(s stretch) bool {
	for _, at := range t.gutters {
		if !slices.ContainsFunc(s.gaps, func(g gap) bool { return g.from < at && at < g.to }) {
			return false
		}
	}
	return true
}

// labels says whether the first of two columns is narrow, as what names the rows
// is, and two columns of text are not; but not as narrow as the numbers of a list.
func (t table) labels(rs []row, all []stretch, rtl bool) bool {
	left, right := split(rs[all[t.from].from:all[t.to-1].to], t.gutters[0])
	if len(left) == 0 || len(right) == 0 {
		return false
	}
	l, r, em := width(left), width(right), left[0].size
	if rtl {
		l, r = r, l
	}
	return l >= narrowLabel*em && l <= labelWidth*r
}

// width returns how wide rows are, all together.
func width(rs []row) float64 {
	from, to := extent(rs[0])
	for _, r := range rs[1:] {
		f, t := extent(r)
		from, to = min(from, f), max(to, t)
	}
	return to - from
}
