package extract

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"marsa/corpus"
)

// Running heads and feet are lines at the edge of many pages: at the same
// height with the same words, or with a number that counts with the pages.
const (
	runningPages = 3   // that have the line, at least
	runningNear  = 4   // pages before and after within which they must be
	runningEdge  = .14 // of the height of the page, from above and below
	runningLines = 4   // at each edge that are looked at
	runningStep  = 400 // heights told apart on a page
	runningRunes = 200 // longer lines are text
)

// edgeLine is a line at the edge of a page.
type edgeLine struct {
	page    int // index
	at      corpus.Stretch
	height  int // of its middle, in steps
	keys    []string
	letters bool
}

// MarkRunning finds the running heads and feet of pages with word boxes and
// notes them in Running. A line with words stays text on the first page that has
// it, so that what it says is found once.
func MarkRunning(pages []corpus.Page) {
	var all []edgeLine
	for i := range pages {
		pages[i].Running = nil
		all = append(all, edgeLines(&pages[i], i)...)
	}
	at := map[string][]edgeLine{}
	for _, l := range all {
		for _, k := range l.keys {
			at[k] = append(at[k], l)
		}
	}
	said := map[string]bool{}
	for _, l := range all {
		key := ""
		for _, k := range l.keys {
			if pagesAt(at[k], l) >= runningPages {
				key = k
				break
			}
		}
		if key == "" {
			continue
		}
		if l.letters && !said[key] {
			said[key] = true
			continue
		}
		p := &pages[l.page]
		if p.Label == "" {
			p.Label = printedNumber(key, l.at, p)
		}
		p.Running = append(p.Running, l.at)
	}
	for i := range pages {
		slices.SortFunc(pages[i].Running, func(a, b corpus.Stretch) int { return cmp.Compare(a.Start, b.Start) })
	}
}

// printedNumber returns the number that is printed on a page, when it stands
// there alone and is not that of the page in the file.
func printedNumber(key string, l corpus.Stretch, p *corpus.Page) string {
	if !strings.HasPrefix(key, "#") || strings.Contains(key, " ") {
		return ""
	}
	word := strings.TrimFunc(p.Text[l.Start:l.End], func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if n, ok := countOf(word); ok && n == p.Number {
		return ""
	}
	return word
}

// pagesAt counts the pages near that of a line that have it at about its height.
// The lines come in the order of pages.
func pagesAt(same []edgeLine, line edgeLine) int {
	from, _ := slices.BinarySearchFunc(same, line.page-runningNear, func(l edgeLine, page int) int { return cmp.Compare(l.page, page) })
	n, last := 0, -1
	for _, l := range same[from:] {
		if l.page > line.page+runningNear {
			break
		}
		if l.page != last && l.height >= line.height-1 && l.height <= line.height+1 {
			n, last = n+1, l.page
		}
	}
	return n
}

// edgeLines returns the lines of a page that stand above or below all others.
func edgeLines(p *corpus.Page, page int) []edgeLine {
	if len(p.Boxes) == 0 || !p.Quality.State.Searchable() {
		return nil
	}
	var lines []edgeLine
	for i, start := 0, 0; start < len(p.Text); {
		end := start + strings.IndexByte(p.Text[start:]+"\n", '\n')
		top, bottom := 1.0, 0.0
		for ; i < len(p.Boxes) && p.Boxes[i].Start < end; i++ {
			if b := p.Boxes[i]; b.Start >= start {
				top, bottom = math.Min(top, float64(b.Y)), math.Max(bottom, float64(b.Y+b.H))
			}
		}
		if middle := (top + bottom) / 2; bottom > 0 && (middle < runningEdge || middle > 1-runningEdge) {
			lines = append(lines, edgeLine{page: page, at: corpus.Stretch{Start: start, End: end}, height: int(middle * runningStep)})
		}
		start = end + 1
	}
	slices.SortStableFunc(lines, func(a, b edgeLine) int { return cmp.Compare(a.height, b.height) })
	if len(lines) > 2*runningLines {
		lines = slices.Delete(lines, runningLines, len(lines)-runningLines)
	}
	for i := range lines {
		l := &lines[i]
		l.keys, l.letters = runningKeys(p.Text[l.at.Start:l.at.End], p.Number)
	}
	return lines
}

// runningKeys returns what a line has in common with the same line of another
// page: all of it, or all but a number that counts with the pages.
func runningKeys(line string, page int) (keys []string, letters bool) {
	line = strings.ToLower(strings.Join(strings.Fields(line), " "))
	if line == "" || len(line) > runningRunes {
		return nil, false
	}
	keys = append(keys, line)
	words := strings.FieldsFunc(line, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	letters = slices.ContainsFunc(words, func(w string) bool {
		_, number := countOf(w)
		return !number && strings.ContainsFunc(w, unicode.IsLetter)
	})
	for i, w := range words[:min(len(words), 12)] { // a head has few words
		if n, ok := countOf(w); ok {
			rest := slices.Clone(words)
			rest[i] = "#" + strconv.Itoa(n-page)
			keys = append(keys, strings.Join(rest, " "))
		}
	}
	return keys, letters
}

// countOf reads the number of a page, in digits of any script or Roman ones.
func countOf(w string) (n int, ok bool) {
	if len(w) > 12 {
		return 0, false
	}
	if n = fromRoman(w); n > 0 {
		return n, true
	}
	for _, r := range w {
		d, ok := digitOf(r)
		if !ok || n > 1e6 {
			return 0, false
		}
		n = 10*n + d
	}
	return n, w != ""
}

func digitOf(r rune) (int, bool) {
	for _, zero := range []rune{'0', '٠', '۰'} {
		if r >= zero && r <= zero+9 {
			return int(r - zero), true
		}
	}
	return 0, false
}

// fromRoman reads a Roman number in small letters, 0 when it is none.
func fromRoman(w string) int {
	value := map[rune]int{'i': 1, 'v': 5, 'x': 10, 'l': 50, 'c': 100}
	n, before := 0, 0
	for _, r := range w {
		v, ok := value[r]
		if !ok {
			return 0
		}
		if n += v; v > before && before > 0 {
			n -= 2 * before
		}
		before = v
	}
	return n
}
