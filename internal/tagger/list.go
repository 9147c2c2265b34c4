package tagger

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"marsa/corpus/vocab"
)

const (
	listed    = 3  // countries in a row that are a list
	crowd     = 5  // countries in a sentence that are a list however they are joined
	itemGap   = 80 // bytes between two items of a list, such as the figures of a table
	itemWords = 3  // short words between two items: "and the", "et l’"
	itemWord  = 4  // letters of such a word
)

// markLists marks the mentions of countries that stand in a list: at least three
// countries joined by commas, short words or figures, or five in a sentence.
func (d *document) markLists() {
	for i := range d.pages {
		p := &d.pages[i]
		var row, crowded []*mention
		for k := p.from; k < p.to; k++ {
			m := &d.mentions[k]
			if m.worth <= 0 || scheme(m.concept) != vocab.Country {
				continue
			}
			if n := len(row); n > 0 && !joins(p.text[row[n-1].end:m.start]) {
				mark(row, listed)
				row = row[:0]
			}
			row = append(row, m)
			if n := len(crowded); n > 0 && crowded[n-1].sentence != m.sentence {
				mark(crowded, crowd)
				crowded = crowded[:0]
			}
			crowded = append(crowded, m)
		}
		mark(row, listed)
		mark(crowded, crowd)
	}
}

func mark(row []*mention, least int) {
	different := map[*vocab.Concept]bool{}
	for _, m := range row {
		different[m.concept] = true
	}
	for _, m := range row {
		m.listed = m.listed || len(different) >= least
	}
}

// joins says whether two countries with this text between them are neighbours in
// a list.
func joins(between string) bool {
	if len(between) > itemGap {
		return false
	}
	words := strings.FieldsFunc(between, func(r rune) bool { return !unicode.IsLetter(r) })
	if len(words) > itemWords {
		return false
	}
	for _, w := range words {
		if utf8.RuneCountInString(w) > itemWord {
			return false
		}
	}
	return !strings.Contains(between, ". ")
}
