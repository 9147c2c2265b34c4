package bleve

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"marsa/corpus"
	"marsa/index"
)

// Limits of the search for similar words.
const (
	minSimilar   = 4   // letters of a word that has similar ones
	maxSimilar   = 5   // words given
	shownPlaces  = 4   // of each of them
	checkedWords = 200 // whose documents are counted
	longSimilar  = 40  // letters of the longest word that is compared
)

var errEnough = errors.New("enough")

// Similar implements index.Engine.
func (e *Engine) Similar(ctx context.Context, word, beside string, l corpus.Lang) ([]index.Spelling, error) {
	if err := e.enter(); err != nil {
		return nil, err
	}
	defer e.leave()
	if len(word) > maxWordText || len(beside) > maxWordText {
		return nil, invalid("a text is longer than %d bytes", maxWordText)
	}
	v := e.take()
	defer e.release(v)
	r := &run{ctx: ctx, query: &index.Query{}, view: v, a: e.analysis, dfs: map[termKey]int{}, pfs: map[termKey]int{}}
	found, err := r.similar(word, beside, l)
	if err != nil {
		return nil, fmt.Errorf("words similar to %q: %w", word, err)
	}
	return found, nil
}

func (r *run) similar(word, beside string, l corpus.Lang) ([]index.Spelling, error) {
	ts := tokensOf(word)
	if len(ts) != 1 {
		return nil, nil
	}
	letters := utf8.RuneCountInString(ts[0].folded)
	if letters < minSimilar || letters > longSimilar {
		return nil, nil
	}
	d, err := r.resembles(textField(common), ts[0].folded)
	if err != nil {
		return nil, fmt.Errorf("read dictionary: %w", err)
	}
	counts := map[string]uint64{}
	if _, err := r.count(d, counts); err != nil {
		return nil, err
	}
	delete(counts, ts[0].folded)
	var out []index.Spelling
	for w := range counts { // a dictionary read for similar words does not count
		out = append(out, index.Spelling{Word: w, Distance: distance([]rune(ts[0].folded), []rune(w))})
	}
	nearest := func(a, b index.Spelling) int {
		return cmp.Or(cmp.Compare(a.Distance, b.Distance), cmp.Compare(b.Documents, a.Documents), cmp.Compare(a.Word, b.Word))
	}
	slices.SortFunc(out, nearest)
	out = out[:min(len(out), checkedWords)]
	if err := r.speak(out, beside, l); err != nil {
		return nil, err
	}
	slices.SortFunc(out, func(a, b index.Spelling) int {
		return cmp.Or(cmp.Compare(a.Distance, b.Distance), cmp.Compare(b.InLanguage, a.InLanguage), nearest(a, b))
	})
	out = out[:min(len(out), maxSimilar)]
	for i := range out {
		if out[i].Places, err = r.placesOf(out[i].Word); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// speak counts the documents of each word in the language that the words beside
// it are in, or in l where these tell nothing.
func (r *run) speak(words []index.Spelling, beside string, l corpus.Lang) error {
	fit, err := r.fit(tokensOf(beside))
	if err != nil {
		return err
	}
	if fit.best == 0 {
		fit.share[analyzerOf(l)], fit.best = 1, 1
	}
	for i := range words {
		w := &words[i]
		langs := map[corpus.Lang]int{}
		err := r.each(textField(common), w.Word, nil, false, func(p posting) error {
			row := r.view.rows[p.doc]
			if row == nil {
				return nil
			}
			w.Documents++
			if len(row.languages) > 0 && fit.likely(analyzerOf(row.languages[0])) {
				w.InLanguage++
				langs[row.languages[0]]++
				if langs[row.languages[0]] > langs[w.Lang] {
					w.Lang = row.languages[0]
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// placesOf are the first places of a word, from which its spelling can be read.
func (r *run) placesOf(term string) ([]index.Place, error) {
	var at []index.Place
	err := r.each(textField(common), term, nil, true, func(p posting) error {
		row := r.view.rows[p.doc]
		if row == nil || len(p.places) == 0 {
			return nil
		}
		v := placeOf(p.places[0])
		number := row.pageNumber(v.element)
		at = append(at, index.Place{ID: row.id, Span: corpus.Span{Page: number, Start: v.start, End: v.end}})
		if len(at) == shownPlaces {
			return errEnough
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return nil, err
	}
	return at, nil
}

// distance counts the letters to put in, leave out, change, or turn round beside
// one another, that make a of b.
func distance(a, b []rune) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range a {
		row[0] = i + 1
		for j := range b {
			change := 1
			if a[i] == b[j] {
				change = 0
			}
			row[j+1] = min(row[j]+1, last[j+1]+1, last[j]+change)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
