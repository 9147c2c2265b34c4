package sheet

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"marsa/internal/extract"
)

const (
	// lookAhead is how many rows are looked at to find what stands above the
	// columns.
	lookAhead = 40
	// maxLabel is how many characters what stands above a column may have.
	maxLabel = 120
	// maxHeader is how many rows it may take.
	maxHeader = 5
)

// Area is a range of cells, from 1.
type Area struct{ Left, Top, Right, Bottom int }

// Layout is what a file says of a sheet besides what is in its cells.
type Layout struct {
	Frozen int // rows at the top that do not scroll
	Filter int // the row with the buttons of the filter; 0 without
}

// Sheet turns rows into lines: "Country: Egypt; Year: 2009" where the columns
// have labels, else the cells with tabs between them.
type Sheet struct {
	out    *writer
	layout Layout
	right  map[[2]int]int // the last column of what is merged sideways, by row and column

	early  []row // rows that wait until it is known where the labels are
	known  bool
	last   int // the row before
	blocks int // of rows without an empty one between them
	labels []string
	merged []Area         // areas that go down, in the order in which they begin
	above  map[int]string // by column, the value of the area that goes on below
	until  map[int]int    // and its last row
}

// Merge says that cells are one. It comes before the row in which they begin,
// and in the order of rows.
func (t *Sheet) Merge(a Area) {
	if a.Right > a.Left {
		t.right[[2]int{a.Top, a.Left - 1}] = a.Right - 1
	}
	if a.Bottom > a.Top {
		t.merged = append(t.merged, a)
	}
}

// Damaged says that not everything of the sheet could be read.
func (t *Sheet) Damaged() { t.out.damaged = true }

// Line adds a line after the rows, such as a comment.
func (t *Sheet) Line(text string) error {
	if !t.known {
		if err := t.decide(); err != nil {
			return err
		}
	}
	return t.out.line(text)
}

type row struct {
	number int
	cells  []string
}

// text is the row without labels.
func (r row) text() string { return strings.Trim(strings.Join(r.cells, "\t"), "\t") }

func (r row) filled() int {
	n := 0
	for _, c := range r.cells {
		if c != "" {
			n++
		}
	}
	return n
}

// Add takes the next row. After an empty one another table may begin.
func (t *Sheet) Add(number int, cells []string) error {
	r := row{number, make([]string, len(cells))}
	for i, c := range cells {
		r.cells[i] = extract.CleanLine(c, 0)
	}
	t.carry(&r)
	if r.filled() == 0 {
		return nil
	}
	gap := t.last > 0 && number > t.last+1
	t.last = number
	switch {
	case gap && t.known:
		t.known = false
	case gap && (t.labels != nil || len(t.early) > 1 && t.headed()):
		if err := t.decide(); err != nil {
			return err
		}
		t.known = false
	}
	if t.known {
		return t.write(r)
	}
	if t.early = append(t.early, r); len(t.early) < lookAhead {
		return nil
	}
	return t.decide()
}

// headed says whether the rows so far have labels.
func (t *Sheet) headed() bool {
	from, to := t.header()
	return to > from
}

// Close takes the end of the sheet, and gives its last page.
func (t *Sheet) Close() error {
	if !t.known {
		if err := t.decide(); err != nil {
			return err
		}
	}
	return t.out.close()
}

// carry repeats the value of cells that are merged over several rows in each of
// them, as they are read.
func (t *Sheet) carry(r *row) {
	if r.filled() > 0 {
		for col, last := range t.until {
			if r.number > last {
				delete(t.until, col)
				delete(t.above, col)
			} else if col < len(r.cells) && r.cells[col] == "" {
				r.cells[col] = t.above[col]
			}
		}
	}
	for len(t.merged) > 0 && t.merged[0].Top <= r.number {
		a := t.merged[0]
		t.merged = t.merged[1:]
		if a.Top == r.number && a.Left <= len(r.cells) {
			t.above[a.Left-1], t.until[a.Left-1] = r.cells[a.Left-1], a.Bottom
		}
	}
}

// decide finds the labels of the columns in the rows so far, and writes them.
// Where there are none, those of the table above go on.
func (t *Sheet) decide() error {
	t.known = true
	t.blocks++
	from, to := t.header()
	if t.blocks == 1 {
		t.out.caption(t.early[:from])
	}
	rest := t.early
	t.early = nil
	if to > from {
		if t.blocks > 1 {
			if err := t.plain(rest[:from]); err != nil {
				return err
			}
		}
		t.labels = t.join(rest[from:to])
		if err := t.out.line(row{cells: t.labels}.text()); err != nil {
			return err
		}
		rest = rest[to:]
	}
	for _, r := range rest {
		if err := t.write(r); err != nil {
			return err
		}
	}
	return nil
}

func (t *Sheet) plain(rows []row) error {
	for _, r := range rows {
		if err := t.out.line(r.text()); err != nil {
			return err
		}
	}
	return nil
}

// write writes a row.
func (t *Sheet) write(r row) error {
	if t.labels == nil || r.filled() < 2 {
		return t.out.line(r.text())
	}
	var parts []string
	for i, c := range r.cells {
		switch {
		case c == "":
		case i < len(t.labels) && t.labels[i] != "":
			parts = append(parts, strings.TrimRight(t.labels[i], " :")+": "+c)
		default:
			parts = append(parts, c)
		}
	}
	return t.out.line(strings.Join(parts, "; "))
}

var numeric = regexp.MustCompile(`^[\p{Sc}(+-]*[\p{Nd}][\p{Nd}\s.,٫٬/:()+%\p{Sc}-]*$`)

func isYear(s string) bool {
	return len(s) == 4 && (s[:2] == "19" || s[:2] == "20") && numeric.MatchString(s)
}

func isLabel(s string) bool {
	return utf8.RuneCountInString(s) <= maxLabel && (isYear(s) || !numeric.MatchString(s) && strings.ContainsFunc(s, unicode.IsLetter))
}

// header returns which of the early rows hold the labels; none when from is to.
func (t *Sheet) header() (from, to int) {
	for i := range t.early {
		if !t.labelled(i) {
			continue
		}
		to = i + 1
		for to < len(t.early)-1 && to-i < maxHeader && t.goesOn(to-1) && t.allLabels(to) {
			to++
		}
		if to >= len(t.early) || !t.sure(i, to) {
			return 0, 0
		}
		return i, to
	}
	return 0, 0
}

// labelled says whether a row has a label in most columns that are used below.
func (t *Sheet) labelled(i int) bool {
	r := t.early[i]
	n := r.filled()
	if n < 2 || !t.allLabels(i) || i+1 >= len(t.early) {
		return false
	}
	below := t.early[i+1 : min(len(t.early), i+21)]
	var widths []int
	for _, b := range below {
		widths = append(widths, b.filled())
	}
	slices.Sort(widths)
	spanned := n
	for c := range r.cells {
		if right := t.spans(r.number, c); r.cells[c] != "" {
			spanned += right - c
		}
	}
	return 10*spanned >= 6*widths[len(widths)/2]
}

func (t *Sheet) allLabels(i int) bool {
	years := 0
	for _, c := range t.early[i].cells {
		if c != "" && !isLabel(c) {
			return false
		}
		if isYear(c) {
			years++
		}
	}
	return years == 0 || t.early[i].filled() > 2 || years < t.early[i].filled()
}

// goesOn says whether the labels of a row go on in the next one: it has a label
// over several columns.
func (t *Sheet) goesOn(i int) bool {
	for c, text := range t.early[i].cells {
		if text != "" && t.spans(t.early[i].number, c) > c {
			return true
		}
	}
	return false
}

// sure says whether it is likely that rows are labels: the author set them apart,
// or what is below is of another kind.
func (t *Sheet) sure(from, to int) bool {
	first, last := t.early[from].number, t.early[to-1].number
	if l := t.layout; l.Filter == last || l.Frozen >= first && l.Frozen <= last+1 {
		return true
	}
	head := t.early[to-1].size()
	cells, numbers, longer := 0, 0, 0
	for _, r := range t.early[to:] {
		for _, c := range r.cells {
			if c != "" {
				cells++
			}
			if numeric.MatchString(c) {
				numbers++
			}
		}
		if r.size() > 2*head {
			longer++
		}
	}
	return numbers*5 >= cells || t.blocks <= 1 && (longer*2 >= len(t.early)-to || t.early[from].filled() >= 3 && head < 40*t.early[to-1].filled())
}

func (r row) size() int {
	n := 0
	for _, c := range r.cells {
		n += utf8.RuneCountInString(c)
	}
	return n
}

// spans returns the last column of the merged area that begins in a cell.
func (t *Sheet) spans(number, col int) int {
	if right, ok := t.right[[2]int{number, col}]; ok {
		return right
	}
	return col
}

// join makes one label for each column of those of the rows above it.
func (t *Sheet) join(rows []row) []string {
	var out []string
	for _, r := range rows {
		for c, text := range r.cells {
			if text == "" {
				continue
			}
			for k := c; k <= min(t.spans(r.number, c), c+1000); k++ {
				for len(out) <= k {
					out = append(out, "")
				}
				switch {
				case out[k] == "":
					out[k] = text
				case !strings.HasSuffix(out[k], text):
					out[k] += " " + text
				}
			}
		}
	}
	return out
}
