package indextest

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
	"marsa/index"
)

// brute answers queries by looking at every document, for words that have no
// endings and are no stop words.
type brute []*corpus.Entry

var bruteWords = strings.Fields("zorb quax blik fump dree snog plim wuzz krel vorn")

func testAgainstBruteForce(t *testing.T, e index.Engine) {
	rng := rand.New(rand.NewPCG(1, 2))
	library := randomLibrary(rng, 150)
	for chunk := range slices.Chunk(library, 20) {
		put(t, e, chunk...)
	}
	for i := 0; i < len(library); i += 7 { // some are put again with other contents
		library[i] = randomEntry(rng, i)
		put(t, e, library[i])
	}
	for n := range 150 {
		q := randomQuery(rng)
		got := search(t, e, q)
		want := brute(library).search(q)
		opts := cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".Hits" || p.Last().String() == ".Mixed" }, cmp.Ignore())
		got.Missing = nil
		if d := cmp.Diff(want, got, opts); d != "" {
			t.Fatalf("query %d %+v (-want +got):\n%s", n, q, d)
		}
		if d := cmp.Diff(bruteHits(want), bruteHits(got)); d != "" {
			t.Fatalf("query %d %+v: works (-want +got):\n%s", n, q, d)
		}
	}
}

func bruteHits(r *index.Result) map[corpus.ID]bool {
	hits := map[corpus.ID]bool{}
	for _, h := range r.Hits {
		hits[h.Work] = h.Partial
	}
	return hits
}

func randomLibrary(rng *rand.Rand, n int) []*corpus.Entry {
	var es []*corpus.Entry
	for i := range n {
		es = append(es, randomEntry(rng, i))
	}
	return es
}

func randomEntry(rng *rand.Rand, i int) *corpus.Entry {
	pages := make([]string, 1+rng.IntN(3))
	for p := range pages {
		var ws []string
		for range rng.IntN(6) {
			ws = append(ws, bruteWords[rng.IntN(len(bruteWords))])
		}
		pages[p] = strings.Join(ws, " ")
	}
	e := entry(corpus.ID(fmt.Sprintf("d%03d", i)), []corpus.Lang{"en", "fr", "ar", "el"}[rng.IntN(4)], "", pages...)
	e.Work = corpus.ID(fmt.Sprintf("w%03d", i-i%3*rng.IntN(2)))
	e.Title = bruteWords[rng.IntN(len(bruteWords))] + " " + bruteWords[rng.IntN(len(bruteWords))]
	e.Kind = []corpus.Kind{"", "study", "law"}[rng.IntN(3)]
	e.Original.MediaType = []string{"", "application/pdf", "text/html"}[rng.IntN(3)]
	e.State = []corpus.State{"", corpus.Complete, corpus.Suspicious, corpus.Scan}[rng.IntN(4)]
	if rng.IntN(4) > 0 {
		e.Issued = corpus.Date(fmt.Sprint(2000 + rng.IntN(5)))
	}
	for range rng.IntN(3) {
		e.Tags = append(e.Tags, corpus.Tag{
			Concept: corpus.ConceptID([]string{"country/ma", "country/tn", "country/dz", "country/eg"}[rng.IntN(4)]),
			Role:    corpus.Roles()[rng.IntN(len(corpus.Roles()))],
		})
	}
	e.Rev = e.Revision()
	return e
}

func randomQuery(rng *rand.Rand) *index.Query {
	q := &index.Query{Limit: index.MaxLimit}
	var all index.All
	for range rng.IntN(6) {
		c := randomClause(rng)
		if len(all) > 0 && rng.IntN(5) == 0 {
			c = index.Not{Clause: c}
		}
		if !slices.ContainsFunc(all, func(o index.Clause) bool { return cmp.Equal(o, c) }) {
			all = append(all, c)
		}
	}
	if len(all) > 0 {
		q.Match = all
	}
	broader := map[string][]string{"ma": {"maghreb"}, "tn": {"maghreb"}, "dz": {"maghreb"}}
	for f, vs := range map[index.Field][]string{
		index.FieldCountry:     {"ma", "tn", "maghreb"},
		index.FieldMentions:    {"ma", "eg"},
		index.FieldOrigin:      {"tn", "dz"},
		index.FieldPublishedBy: {"eg"},
		index.FieldLanguage:    {"en", "fr"},
		index.FieldKind:        {"law"},
		index.FieldQuality:     {"scan", "suspicious"},
		index.FieldFormat:      {"pdf", "docx"},
	} {
		r := index.FacetRequest{Field: f, Always: []string{"nowhere"}}
		if f == index.FieldCountry {
			r.Broader = broader
		}
		q.Facets = append(q.Facets, r)
		if rng.IntN(4) == 0 {
			q.Filters = append(q.Filters, index.Filter{Field: f, Values: vs[:1+rng.IntN(len(vs))], All: rng.IntN(3) == 0, Not: rng.IntN(3) == 0})
		}
	}
	q.Facets = append(q.Facets, index.FacetRequest{Field: index.FieldYear})
	switch rng.IntN(8) {
	case 0, 1:
		q.Filters = append(q.Filters, index.Filter{Field: index.FieldYear, From: 2001, To: 2003})
	case 2:
		q.Filters = append(q.Filters, index.Filter{Field: index.FieldYear, Values: []string{index.NoDate, "2002"}, Not: rng.IntN(2) == 0})
	}
	return q
}

func randomClause(rng *rand.Rand) index.Clause {
	word := func() string { return bruteWords[rng.IntN(len(bruteWords))] }
	switch rng.IntN(13) {
	case 9:
		return index.Concept{
			Words:  []index.Word{{Text: word()}, {Text: word()}}[:1+rng.IntN(2)],
			Labels: []index.Label{{Text: word() + " " + word(), Lang: "fr"}, {Text: word(), Lang: "ar"}, {Text: word(), Lang: ""}, {Text: word(), Lang: "el"}}[rng.IntN(4):],
		}
	case 3:
		return index.Near{Text: word() + " " + word(), Within: rng.IntN(4)}
	case 4:
		return index.Prefix{Text: word()[:1+rng.IntN(3)]}
	case 5:
		return index.Fuzzy{Text: "x" + word()[1:]}
	case 6:
		return index.In{Field: index.InTitle, Clause: index.Word{Text: word()}}
	case 7:
		return index.Only{Filter: index.Filter{Field: index.FieldCountry, Values: []string{"ma", "eg"}, Not: rng.IntN(2) == 0}}
	case 8:
		return index.Any{index.Only{Filter: index.Filter{Field: index.FieldKind, Values: []string{"law"}}}, index.All{index.Not{Clause: index.Word{Text: word()}}}}
	case 0:
		return index.Phrase{Text: word() + " " + word()}
	case 1:
		return index.Any{index.Word{Text: word()}, index.Phrase{Text: word() + " " + word()}}
	case 2:
		return index.Any{index.All{index.Word{Text: word()}, index.Word{Text: word()}}, index.Word{Text: word()}}
	}
	return index.Word{Text: word()}
}

func (b brute) search(q *index.Query) *index.Result {
	hits := b.hits(q.Match)
	r := &index.Result{Size: len(b), Facets: map[index.Field][]index.Bucket{}}
	b.works(q, hits, r)
	full := slices.ContainsFunc(hits, func(h bruteHit) bool { return h.full })
	for _, f := range q.Facets {
		r.Facets[f.Field] = b.facet(q, f, hits, full)
	}
	return r
}

type bruteHit struct {
	entry       *corpus.Entry
	got, wanted int // clauses
	full        bool
}

func (b brute) works(q *index.Query, hits []bruteHit, r *index.Result) {
	works := map[corpus.ID][]bruteHit{}
	for _, h := range hits {
		if bruteFilters(q, h.entry, "") {
			works[h.entry.Work] = append(works[h.entry.Work], h)
		}
	}
	for id, hs := range works {
		n := 0
		for _, h := range hs {
			if h.full {
				n++
			}
		}
		if n > 0 {
			r.Total++
			r.Documents += n
		} else {
			r.Partial++
		}
		r.Hits = append(r.Hits, index.Hit{Work: id, Partial: n == 0})
	}
	if len(r.Hits) > index.MaxLimit {
		panic("the random library has more works than a result can list")
	}
}

func (b brute) facet(q *index.Query, f index.FacetRequest, hits []bruteHit, full bool) []index.Bucket {
	works := map[string]map[corpus.ID]bool{}
	for _, v := range f.Always {
		works[v] = map[corpus.ID]bool{}
	}
	for _, h := range hits {
		if h.full != full || !bruteFilters(q, h.entry, f.Field) {
			continue
		}
		for _, v := range bruteValues(q, h.entry, f.Field) {
			if works[v] == nil {
				works[v] = map[corpus.ID]bool{}
			}
			works[v][h.entry.Work] = true
		}
	}
	var out []index.Bucket
	for _, v := range slices.Sorted(maps.Keys(works)) {
		out = append(out, index.Bucket{Value: v, Count: len(works[v])})
	}
	slices.SortStableFunc(out, func(a, b index.Bucket) int { return b.Count - a.Count })
	return out
}

// bruteValues are the values of a document and all above them.
func bruteValues(q *index.Query, e *corpus.Entry, f index.Field) []string {
	vs := index.Values(&e.Document, f)
	for _, r := range q.Facets {
		if r.Field == f {
			for _, v := range vs {
				vs = append(vs, r.Broader[v]...)
			}
		}
	}
	return vs
}

func bruteFilters(q *index.Query, e *corpus.Entry, but index.Field) bool {
	for _, f := range q.Filters {
		if f.Field == but && !bruteAll(q, but) {
			continue
		}
		has := bruteValues(q, e, f.Field)
		ok := slices.ContainsFunc(has, func(v string) bool { return slices.Contains(f.Values, v) })
		if f.All {
			ok = !slices.ContainsFunc(f.Values, func(v string) bool { return !slices.Contains(has, v) })
		}
		if f.From != 0 {
			ok = e.Issued.Year() >= f.From && e.Issued.Year() <= f.To
		}
		if ok == f.Not {
			return false
		}
	}
	return true
}

// bruteAll says whether all values of a field are wanted.
func bruteAll(q *index.Query, field index.Field) bool {
	return slices.ContainsFunc(q.Filters, func(f index.Filter) bool { return f.Field == field && f.All && !f.Not })
}

// hits applies the tiers of the outermost All.
func (b brute) hits(match index.Clause) []bruteHit {
	var found []bruteHit
	need, two := 0, 0
	for _, e := range b {
		h, gone := b.count(match, e)
		if gone {
			continue
		}
		found = append(found, h)
		need = min((h.wanted+1)/2, 2)
		if h.got >= 2 {
			two++
		}
	}
	if need == 2 && two < 10 {
		need = 1
	}
	return slices.DeleteFunc(found, func(h bruteHit) bool { return h.got < need })
}

func (b brute) count(match index.Clause, e *corpus.Entry) (h bruteHit, gone bool) {
	h.entry = e
	all, _ := match.(index.All)
	for _, c := range all {
		if n, ok := c.(index.Not); ok {
			gone = gone || b.has(n.Clause, e)
			continue
		}
		if k, ok := c.(index.Concept); ok {
			h.wanted += len(k.Words)
			h.got += b.words(k, e)
			continue
		}
		if bruteStrict(c) {
			gone = gone || !b.has(c, e)
			continue
		}
		h.wanted++
		if b.has(c, e) {
			h.got++
		}
	}
	h.full = h.got == h.wanted
	return h, gone
}

func (b brute) has(c index.Clause, e *corpus.Entry) bool {
	switch c := c.(type) {
	case index.Word:
		return bruteHas(e, c.Text)
	case index.Phrase:
		return bruteHas(e, c.Text)
	case index.Any:
		return slices.ContainsFunc(c, func(c index.Clause) bool { return b.has(c, e) })
	case index.All:
		return !slices.ContainsFunc(c, func(c index.Clause) bool { return !b.has(c, e) })
	case index.Not:
		return !b.has(c.Clause, e)
	case index.Concept:
		return b.words(c, e) == len(c.Words)
	case index.Near:
		return bruteNear(e, strings.Fields(c.Text), c.Within)
	case index.Prefix:
		return bruteAny(e, func(w string) bool { return strings.HasPrefix(w, c.Text) })
	case index.Fuzzy:
		return bruteAny(e, func(w string) bool { return oneEdit(c.Text, w) })
	case index.In:
		return strings.Contains(" "+e.Title+" ", " "+c.Clause.(index.Word).Text+" ")
	case index.Only:
		return bruteFilters(&index.Query{Filters: []index.Filter{c.Filter}}, e, "")
	}
	panic(fmt.Sprintf("clause %T", c))
}

// words counts the words of a concept that a document has, all where it has a
// label in its language.
func (b brute) words(c index.Concept, e *corpus.Entry) int {
	n := 0
	for _, w := range c.Words {
		if bruteHas(e, w.Text) {
			n++
		}
	}
	for _, l := range c.Labels {
		if bruteHas(e, l.Text) && (l.Lang == "" || l.Lang == e.Lang) {
			n = len(c.Words)
		}
	}
	return n
}

// bruteStrict says whether an outermost clause is no word but a condition.
func bruteStrict(c index.Clause) bool {
	switch c.(type) {
	case index.In, index.Only:
		return true
	}
	return false
}

// bruteTexts are the pages and the title: no words cross from one to another.
func bruteTexts(e *corpus.Entry) []string {
	texts := []string{e.Title}
	for _, p := range e.Pages {
		texts = append(texts, p.Text)
	}
	return texts
}

func bruteHas(e *corpus.Entry, words string) bool {
	return slices.ContainsFunc(bruteTexts(e), func(text string) bool {
		return strings.Contains(" "+text+" ", " "+words+" ")
	})
}

func bruteAny(e *corpus.Entry, is func(word string) bool) bool {
	return slices.ContainsFunc(bruteTexts(e), func(text string) bool {
		return slices.ContainsFunc(strings.Fields(text), is)
	})
}

// bruteNear tries every stretch that is not too long.
func bruteNear(e *corpus.Entry, words []string, within int) bool {
	slices.Sort(words)
	words = slices.Compact(words)
	return slices.ContainsFunc(bruteTexts(e), func(text string) bool {
		ws := strings.Fields(text)
		for from := range ws {
			stretch := ws[from:min(len(ws), from+len(words)+within)]
			if !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(stretch, w) }) {
				return true
			}
		}
		return false
	})
}

// oneEdit says whether a letter put in, left out or changed, or two that change
// places, make a of b.
func oneEdit(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		return i == len(a) || a[i+1:] == b[i+1:] ||
			i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
	}
	return len(b) == len(a)+1 && a[i:] == b[i+1:]
}
