package bleve

import (
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"

	"marsa/internal/fold"
)

// A page may be in two languages: columns of a gazette, a table of terms, a
// summary below the text. Its lines in another language than its own are in the
// fields of that language too, when they are a fifth of its lines.
const (
	shareOfLines = 5 // one in so many
	fewestLines  = 2
	fewestStops  = 2 // stop words by which the language of a line is known
)

// stopSet says of which languages a word is a stop word, a bit for each.
type stopSet uint32

// stopTable finds the languages of stop words, in lower case, and folded for
// languages that are written with and without marks.
type stopTable struct{ plain, folded map[string]stopSet }

func newStopTable(chains *[numLanguages]chain) stopTable {
	t := stopTable{map[string]stopSet{}, map[string]stopSet{}}
	for a := range chains {
		for w := range chains[a].stops {
			t.plain[w] |= 1 << a
			if chains[a].unmarked {
				t.folded[fold.Term(w)] |= 1 << a
			}
		}
	}
	return t
}

func (t stopTable) of(word, folded string) stopSet {
	return t.plain[strings.ToLower(word)] | t.folded[folded]
}

// A line is the words of a page from one line break to the next.
type line struct {
	words    []wordAt
	stops    [numLanguages]int
	arabic   int // words in Arabic letters
	language int // analyzer; -1 where it is not known
}

// otherLanguages returns, by analyzer, the words of a page that stand in lines of
// another language than the page's own.
func (a *analysis) otherLanguages(text string, words []wordAt, own int) map[int][]wordAt {
	lines := a.lines(text, words)
	if len(lines) < fewestLines {
		return nil
	}
	last, total := own, 0
	var count [numLanguages]int
	for i := range lines {
		l := &lines[i]
		l.language = l.read(own, last)
		if len(l.words) > 1 || l.language != own {
			total++
		}
		if l.language >= 0 && l.language < numLanguages {
			last = l.language
			count[l.language]++
		}
	}
	var out map[int][]wordAt
	for _, l := range lines {
		n := l.language
		if n < 0 || n == own || n >= numLanguages || count[n] < fewestLines || count[n]*shareOfLines < total {
			continue
		}
		if out == nil {
			out = map[int][]wordAt{}
		}
		out[n] = append(out[n], l.words...)
	}
	return out
}

func (a *analysis) lines(text string, words []wordAt) []line {
	var lines []line
	end := 0
	for _, w := range words {
		if len(lines) == 0 || strings.Contains(text[end:w.Start], "\n") {
			lines = append(lines, line{})
		}
		end = w.End
		l := &lines[len(lines)-1]
		l.words = append(l.words, w)
		for set := w.forms.stopsOf(a, w.word); set != 0; set &= set - 1 {
			l.stops[bits.TrailingZeros32(uint32(set))]++
		}
		if r, _ := utf8.DecodeRuneInString(text[w.Start:]); unicode.Is(unicode.Arabic, r) {
			l.arabic++
		}
	}
	return lines
}

// read finds the language of a line: that of most of its stop words, the page's
// own where it has as many; without any, that of the line above, if it is
// written in the same letters.
func (l *line) read(own, above int) int {
	best := -1
	for a, n := range l.stops {
		if n >= fewestStops && (best < 0 || n > l.stops[best]) && l.writes(a) {
			best = a
		}
	}
	ofOwn := 0
	if own < numLanguages {
		ofOwn = l.stops[own]
	}
	switch {
	case l.writes(own) && (best >= 0 && ofOwn >= l.stops[best] || best < 0 && ofOwn > 0):
		return own
	case best >= 0:
		return best
	case l.writes(above):
		return above
	case l.writes(own):
		return own
	}
	return -1
}

// writes says whether a line may be in a language by its letters.
func (l *line) writes(analyzer int) bool {
	arabic := analyzer < numLanguages && languages[analyzer].unmarked
	return arabic == (2*l.arabic > len(l.words))
}
