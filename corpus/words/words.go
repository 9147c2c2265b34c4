// Package words says which everyday words mean the same in English, French and
// Arabic. It knows nothing of documents and of concepts, and no grammar but the
// endings of words.
package words

import (
	_ "embed"
	"fmt"
	"strings"
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
type Meaning map[corpus.Lang][]string

// A List finds meanings by the words for them. It does not change and may be
// used by several goroutines.
type List struct {
	meanings []Meaning
	by       map[corpus.Lang]map[string][]int // meanings by the key of their words
}

//go:embed words.tsv
var data string

// Default returns the list that is built in.
func Default() (*List, error) { return Read(data) }

// Read reads a table with a column for each of Languages, with a line of
// headings; the words of a cell are parted by |.
func Read(table string) (*List, error) {
	l := &List{by: map[corpus.Lang]map[string][]int{}}
	for _, in := range Languages {
		l.by[in] = map[string][]int{}
	}
	n := 0
	for line := range strings.Lines(table) {
		if n++; n == 1 {
			continue
		}
		cells := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if len(cells) != len(Languages) {
			return nil, fmt.Errorf("words, line %d: %d columns, not %d: %w", n, len(cells), len(Languages), corpus.ErrInvalid)
		}
		m := Meaning{}
		for i, in := range Languages {
			for w := range strings.SplitSeq(cells[i], "|") {
				key := Key(w, in)
				if key == "" || strings.Count(key, " ") >= Longest {
					return nil, fmt.Errorf("words, line %d: %q is not one to %d words: %w", n, w, Longest, corpus.ErrInvalid)
				}
				m[in] = append(m[in], w)
				if at := l.by[in][key]; len(at) == 0 || at[len(at)-1] != len(l.meanings) {
					l.by[in][key] = append(at, len(l.meanings))
				}
			}
		}
		l.meanings = append(l.meanings, m)
	}
	return l, nil
}

// Meanings returns what words mean in a language, whatever their endings, and in
// Arabic whatever is written together with them.
func (l *List) Meanings(words string, in corpus.Lang) []Meaning {
	numbers := l.by[in][Key(words, in)]
	if len(numbers) == 0 && in == "ar" {
		numbers = l.behindClitics(fold.Text(words))
	}
	var out []Meaning
	for _, i := range numbers {
		out = append(out, l.meanings[i])
	}
	return out
}

// clitics are conjunctions, prepositions and the article before an Arabic word,
// the longest first, and minRest is how many letters must be left.
var clitics = []string{"وبال", "ولل", "وال", "فال", "بال", "كال", "ال", "لل", "و", "ف", "ب", "ك", "ل", "س"}

const minRest = 3

func (l *List) behindClitics(word string) []int {
	for _, c := range clitics {
		rest, ok := strings.CutPrefix(word, c)
		if !ok || utf8.RuneCountInString(rest) < minRest {
			continue
		}
		if numbers := l.by["ar"][Key(rest, "ar")]; len(numbers) > 0 {
			return numbers
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
			if i < len(m[in]) {
				out = append(out, m[in][i])
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
