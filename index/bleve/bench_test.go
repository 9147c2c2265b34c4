package bleve

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"marsa/corpus"
	"marsa/index"
)

// synthetic makes documents whose words are as unequal as those of real texts:
// the word of rank n is 1/n as frequent as the first.
type synthetic struct {
	rng   *rand.Rand
	zipf  *rand.Zipf
	words []string
}

func newSynthetic(seed uint64) *synthetic {
	rng := rand.New(rand.NewPCG(seed, 1))
	s := &synthetic{rng: rng, zipf: rand.NewZipf(rng, 1.1, 8, 29_999)}
	for range 30_000 {
		s.words = append(s.words, s.newWord())
	}
	return s
}

func (s *synthetic) newWord() string {
	var b strings.Builder
	for range 2 + s.rng.IntN(3) {
		b.WriteByte("bcdfglmnprstv"[s.rng.IntN(13)])
		b.WriteByte("aeiou"[s.rng.IntN(5)])
	}
	b.WriteString([]string{"", "s", "n", "ing", "tion"}[s.rng.IntN(5)])
	return b.String()
}

func (s *synthetic) word() string { return s.words[s.zipf.Uint64()] }

func (s *synthetic) text(words int) string {
	ws := make([]string, words)
	for i := range ws {
		ws[i] = s.word()
	}
	return strings.Join(ws, " ")
}

func (s *synthetic) entry(n, pages int) *corpus.Entry {
	l := []corpus.Lang{"en", "fr", "es"}[n%3]
	e := &corpus.Entry{Document: corpus.Document{
		ID: corpus.ID(fmt.Sprintf("doc-%04d", n)), Work: corpus.ID(fmt.Sprintf("work-%04d", n-n%2)),
		Title: s.text(6), Lang: l, Languages: []corpus.Lang{l}, Issued: corpus.Date(fmt.Sprint(1990 + n%30)),
		Kind: corpus.Kind([]string{"study", "law", "report"}[n%3]), Publisher: fmt.Sprint("publisher ", n%40),
	}}
	for range 3 {
		e.Tags = append(e.Tags,
			corpus.Tag{Concept: corpus.ConceptID(fmt.Sprint("country/c", s.rng.IntN(40))), Role: corpus.About},
			corpus.Tag{Concept: corpus.ConceptID(fmt.Sprint("topic/t", s.rng.IntN(80))), Role: corpus.About})
	}
	for p := range pages {
		e.Pages = append(e.Pages, corpus.Page{Number: p + 1, Lang: l, Text: s.text(300)})
	}
	return e
}

func BenchmarkPut(b *testing.B) {
	s := newSynthetic(1)
	var es []*corpus.Entry
	size := 0
	for n := range 40 {
		e := s.entry(n, 30)
		for _, p := range e.Pages {
			size += len(p.Text)
		}
		es = append(es, e)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		e := openTemp(b)
		for batch := range slices.Chunk(es, 20) {
			if err := e.Put(context.Background(), batch...); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkSearch(b *testing.B) {
	s := newSynthetic(2)
	e := openTemp(b)
	var es []*corpus.Entry
	for n := range 800 {
		es = append(es, s.entry(n, 30))
	}
	for batch := range slices.Chunk(es, 20) {
		if err := e.Put(context.Background(), batch...); err != nil {
			b.Fatal(err)
		}
	}
	common, phrase := s.words[3], strings.Join(strings.Fields(es[0].Pages[0].Text)[:2], " ")
	for _, c := range []struct {
		name  string
		match func() index.Clause
	}{
		{"everything", func() index.Clause { return nil }},
		{"common word", func() index.Clause { return index.Word{Text: common} }},
		{"2 words", func() index.Clause { return s.all(2) }},
		{"3 words", func() index.Clause { return s.all(3) }},
		{"8 words", func() index.Clause { return s.all(8) }},
		{"2 concepts", func() index.Clause { return index.All{s.concept(15), s.concept(15)} }},
		{"phrase", func() index.Clause { return index.Phrase{Text: phrase} }},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				q := &index.Query{Match: c.match(), Limit: 10, Pages: 3}
				for _, f := range columns {
					q.Facets = append(q.Facets, index.FacetRequest{Field: f})
				}
				q.Filters = []index.Filter{{Field: index.FieldYear, From: 1991}}
				if _, err := e.Search(context.Background(), q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func (s *synthetic) all(n int) index.All {
	var all index.All
	for range n {
		all = append(all, index.Word{Text: s.word()})
	}
	return all
}

// concept is two words and as many labels, of one word or two, in the languages in turn.
func (s *synthetic) concept(labels int) index.Concept {
	c := index.Concept{Words: []index.Word{{Text: s.word()}, {Text: s.word()}}}
	for i := range labels {
		text := s.word()
		if i%3 > 0 {
			text += " " + s.word()
		}
		c.Labels = append(c.Labels, index.Label{Text: text, Lang: []corpus.Lang{"en", "fr", "es"}[i%3]})
	}
	return c
}
