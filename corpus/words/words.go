// Package words says which everyday words mean the same in English, French and
// Arabic. It knows nothing of documents and of concepts, and no grammar but the
// endings of words.
package words

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/arabic"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/french"

	"marsa/corpus"
	"marsa/internal/fold"
)

// Languages are the languages of a list, in the order of its columns.
var Languages = [...]corpus.Lang{"en", "fr", "ar"}

// Longest is how many words an entry has at most.
const Longest = 3

// A Meaning is words that mean the same, by language, the commonest first. An
// entry may be of several words.
type Meaning struct {
	Words   map[corpus.Lang][]string
	Country corpus.ConceptID // in which the place lies whose names they are; empty for other words
}

// A List finds meanings by the words for them. It may be used by several
// goroutines. The zero List has no words.
type List struct {
	meanings []Meaning
	exact    map[corpus.Lang]map[string][]place        // meanings by their words, folded
	stems    func() map[corpus.Lang]map[string][]place // and by their keys; made when first asked for, which takes longest
}

//go:embed words.tsv
var data string

//go:embed places.tsv
var placeData string

// Default returns the list that is built in. What takes time goes on behind it.
func Default() (*List, error) {
	l, err := Read(data, placeData)
	if err == nil {
		go l.stems()
	}
	return l, err
}

// Read reads two tables, each with a line of headings: one of words with a column for each of Languages, and one
// of the names of places, which begins with the code of their country; the words of a
// cell are parted by |.
func Read(table, places string) (*List, error) {
	l := &List{exact: map[corpus.Lang]map[string][]place{}}
	l.stems = sync.OnceValue(l.byStems)
	for _, in := range Languages {
		l.exact[in] = map[string][]place{}
	}
	if err := l.read("words", table, func(cells []string) (string, []string) { return "", cells }); err != nil {
		return nil, err
	}
	return l, l.read("places", places, func(cells []string) (string, []string) { return cells[0], cells[1:] })
}

// read adds the rows of a table; each parts a row into the code of a country and words.
func (l *List) read(name, table string, each func([]string) (country string, words []string)) error {
	n := 0
	for line := range strings.Lines(table) {
		if n++; n == 1 {
			continue
		}
		country, cells := each(strings.Split(strings.TrimRight(line, "\r\n"), "\t"))
		if len(cells) != len(Languages) {
			return fmt.Errorf("%s, line %d: words in %d languages, not %d: %w", name, n, len(cells), len(Languages), corpus.ErrInvalid)
		}
		m := Meaning{Words: map[corpus.Lang][]string{}}
		if country != "" {
			m.Country = corpus.ConceptID("country/" + country)
		}
		for i, in := range Languages {
			for at, w := range strings.Split(cells[i], "|") {
				key := fold.Text(w)
				if key == "" || strings.Count(key, " ") >= Longest {
					return fmt.Errorf("%s, line %d: %q is not one to %d words: %w", name, n, w, Longest, corpus.ErrInvalid)
				}
				m.Words[in] = append(m.Words[in], w)
				note(l.exact[in], key, place{len(l.meanings), at})
			}
		}
		l.meanings = append(l.meanings, m)
	}
	return nil
}

func (l *List) byStems() map[corpus.Lang]map[string][]place {
	by := map[corpus.Lang]map[string][]place{}
	for _, in := range Languages {
		by[in] = map[string][]place{}
		for i, m := range l.meanings {
			for at, w := range m.Words[in] {
				note(by[in], Key(w, in), place{i, at})
			}
		}
	}
	return by
}

// A place is where a word stands: in which meaning, and before how many others of
// its language. The fewer, the more it means just that.
type place struct{ meaning, at int }

// note adds a place to those of a word, once for each meaning.
func note(by map[string][]place, word string, p place) {
	if ps := by[word]; len(ps) == 0 || ps[len(ps)-1].meaning != p.meaning {
		by[word] = append(ps, p)
	}
}

// Meanings returns what words mean in a language: as they are written where the
// list has them so, else whatever their endings, and in Arabic whatever is written
// together with them. What they mean in the first place is first.
func (l *List) Meanings(words string, in corpus.Lang) []Meaning {
	if len(l.meanings) == 0 {
		return nil
	}
	places := l.exact[in][fold.Text(words)]
	if len(places) == 0 {
		places = l.stems()[in][Key(words, in)]
	}
	if len(places) == 0 && in == "ar" {
		places = l.behindClitics(fold.Text(words))
	}
	places = slices.Clone(places)
	slices.SortStableFunc(places, func(a, b place) int { return cmp.Compare(a.at, b.at) })
	var out []Meaning
	for _, p := range places {
		out = append(out, l.meanings[p.meaning])
	}
	return out
}

// clitics are conjunctions, prepositions and the article before an Arabic word,
// the longest first, and minRest is how many letters must be left.
var clitics = []string{"وبال", "ولل", "وال", "فال", "بال", "كال", "ال", "لل", "و", "ف", "ب", "ك", "ل", "س"}

const minRest = 3

func (l *List) behindClitics(word string) []place {
	for _, c := range clitics {
		rest, ok := strings.CutPrefix(word, c)
		if !ok || utf8.RuneCountInString(rest) < minRest {
			continue
		}
		if places := l.stems()["ar"][Key(rest, "ar")]; len(places) > 0 {
			return places
		}
	}
	return nil
}

// Interleave lists the words of several meanings in a language, the first of each,
// then the second of each, and so on.
func Interleave(ms []Meaning, in corpus.Lang) []string {
	var out []string
	for i, more := 0, true; more; i++ {
		more = false
		for _, m := range ms {
			if i < len(m.Words[in]) {
				out = append(out, m.Words[in][i])
				more = true
			}
		}
	}
	return out
}

// Key is the folded words of a text without their endings, by which words are
// the same. The stems are those of Snowball.
func Key(text string, in corpus.Lang) string {
	stems := strings.Fields(fold.Text(text))
	for i, w := range stems {
		stems[i] = stem(w, in)
	}
	return strings.Join(stems, " ")
}

func stem(word string, in corpus.Lang) string {
	env := snowballstem.NewEnv(word)
	switch in {
	case "en":
		english.Stem(env)
	case "fr":
		french.Stem(env)
	case "ar":
		arabic.Stem(env)
	}
	return env.Current()
}
