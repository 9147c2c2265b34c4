package pdf

import "slices"

// read puts the rows of a table into reading order: cell after cell, row after
// row. breaks holds the places in the result where a cell begins.
func (t table) read(rs []row, all []stretch, rtl bool) (out []row, breaks []int) {
	widths := t.widths(rs[all[t.from].from:all[t.to-1].to])
	for _, s := range all[t.from:t.to] {
		if s.to-s.from == 1 {
			breaks = append(breaks, len(out))
			out = append(out, rs[s.from])
			continue
		}
		parts := []stretch{s}
		if !s.boxed {
			parts = t.rowsOf(rs, s, widths, rtl)
		}
		for _, one := range parts {
			cells := t.cells(rs, one)
			if rtl {
				slices.Reverse(cells)
			}
			for _, c := range cells {
				breaks = append(breaks, len(out))
				out = append(out, c...)
			}
		}
	}
	return out, append(breaks, len(out))
}

// column returns the number of the column that a place is in.
func (t table) column(u float64) int {
	n, _ := slices.BinarySearch(t.gutters, u)
	return n
}

// widths returns how wide the text of each column is.
func (t table) widths(rs []row) []float64 {
	out := make([]float64, len(t.gutters)+1)
	for i := range out {
		var c []row
		if c, rs = t.cut(rs, i); len(c) > 0 {
			out[i] = width(c)
		}
	}
	return out
}

func (t table) cut(rs []row, i int) (column, rest []row) {
	if i == len(t.gutters) {
		return rs, nil
	}
	return split(rs, t.gutters[i])
}

// rowsOf parts a stretch whose lines are rows that stand close together: a line
// with a label under a label begins a row when one of its cells could have gone
// on in the line before.
func (t table) rowsOf(rs []row, s stretch, widths []float64, rtl bool) []stretch {
	label := 0
	if rtl {
		label = len(t.gutters)
	}
	out := []stretch{{from: s.from, to: s.to}}
	above := t.spans(rs[s.from])
	for i := s.from + 1; i < s.to; i++ {
		here := t.spans(rs[i])
		if !above[label].empty() && !here[label].empty() && t.begins(rs[i], above, here, widths, label, rtl) {
			out[len(out)-1].to = i
			out = append(out, stretch{from: i, to: s.to})
			above = here
			continue
		}
		for c, h := range here { // what a cell has last may stand some lines above
			if !h.empty() {
				above[c] = h
			}
		}
	}
	return out
}

// cells parts a stretch at the gutters; empty cells are left out.
func (t table) cells(rs []row, s stretch) [][]row {
	var out [][]row
	rest := rs[s.from:s.to]
	for _, at := range t.gutters {
		var cell []row
		if cell, rest = split(rest, at); len(cell) > 0 {
			out = append(out, cell)
		}
	}
	if len(rest) > 0 {
		out = append(out, rest)
	}
	return out
}

// lineCell is where the text of a cell stands on one line.
type lineCell struct{ from, to float64 }

func (s lineCell) empty() bool { return s.to <= s.from }

// spans returns what each column has on a line.
func (t table) spans(r row) []lineCell {
	out := make([]lineCell, len(t.gutters)+1)
	for _, p := range r.pieces {
		s := &out[t.column(p.u0)]
		if s.empty() {
			*s = lineCell{p.u0, p.u1}
		}
		s.from, s.to = min(s.from, p.u0), max(s.to, p.u1)
	}
	return out
}

// begins says whether most cells of a line could have gone on in the line above,
// or the label and half of them.
func (t table) begins(r row, above, here []lineCell, widths []float64, label int, rtl bool) bool {
	cells, both, room, labelRoom := 0, 0, 0, false
	for c, h := range here {
		if h.empty() {
			continue
		}
		cells++
		if above[c].empty() {
			continue
		}
		both++
		used := above[c].to - above[c].from + .25*r.size + t.firstWord(r, c, rtl)
		if used < max(widths[c], narrowLabel*r.size) {
			room++
			labelRoom = labelRoom || c == label
		}
	}
	return cells > 1 && (2*room > both || labelRoom && 2*room == both)
}

// firstWord returns how wide the first word of a cell is on a line.
func (t table) firstWord(r row, column int, rtl bool) float64 {
	var marks []mark
	for _, p := range r.pieces {
		if t.column(p.u0) == column {
			marks = append(marks, p.marks...)
		}
	}
	slices.SortStableFunc(marks, func(a, b mark) int {
		if rtl {
			a, b = b, a
		}
		return compare(a.centre(), b.centre())
	})
	from, to := 0.0, 0.0
	for i, m := range marks {
		if i == 0 {
			from, to = m.u0, m.u1
		}
		if m.space || m.u0-to > wordGap*m.size || from-m.u1 > wordGap*m.size {
			if i > 0 {
				break
			}
			continue
		}
		from, to = min(from, m.u0), max(to, m.u1)
	}
	return to - from
}
