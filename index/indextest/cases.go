package indextest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
	"marsa/index"
	"marsa/internal/fold"
)

func word(text string) index.All { return index.All{index.Word{Text: text}} }

func total(t *testing.T, e index.Engine, match index.Clause) int {
	t.Helper()
	return search(t, e, &index.Query{Match: match}).Total
}

func testReplace(t *testing.T, e index.Engine) {
	put(t, e, entry("a", "en", "Old", "harvest"), entry("b", "en", "Other", "harvest"))
	put(t, e, entry("a", "en", "New", "drought"))
	for _, c := range []struct {
		word string
		want int
	}{{"harvest", 1}, {"drought", 1}, {"old", 0}, {"new", 1}} {
		if got := total(t, e, word(c.word)); got != c.want {
			t.Errorf("%s after replacing: %d works, want %d", c.word, got, c.want)
		}
	}
	if got := total(t, e, nil); got != 2 {
		t.Errorf("everything after replacing: %d works, want 2", got)
	}
}

func testDelete(t *testing.T, e index.Engine) {
	ctx := context.Background()
	put(t, e, entry("a", "en", "A", "harvest"), entry("b", "en", "B", "harvest"))
	if err := e.Delete(ctx, "a", "never there"); err != nil {
		t.Fatalf("Delete: %v", err)
	}
	if d := cmp.Diff([]corpus.ID{"b"}, shown(search(t, e, &index.Query{Match: word("harvest"), Limit: 10}))); d != "" {
		t.Errorf("after deleting (-want +got):\n%s", d)
	}
	if err := e.Delete(ctx, "b"); err != nil {
		t.Fatalf("Delete: %v", err)
	}
	r := search(t, e, &index.Query{Match: word("harvest"), Facets: []index.FacetRequest{{Field: index.FieldLanguage}}})
	if r.Total != 0 || len(r.Facets[index.FieldLanguage]) != 0 || len(r.Missing) != 1 {
		t.Errorf("after deleting all: %+v", r)
	}
	if err := e.Delete(ctx); err != nil {
		t.Errorf("Delete of nothing: %v", err)
	}
}

func testRevs(t *testing.T, e index.Engine) {
	a, b := entry("a", "en", "A", "one"), entry("b", "en", "B", "two")
	put(t, e, a, b)
	changed := entry("b", "en", "B", "three")
	put(t, e, changed)
	got, err := e.Revs(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(map[corpus.ID]corpus.Hash{"a": a.Rev, "b": changed.Rev}, got); d != "" {
		t.Errorf("Revs (-want +got):\n%s", d)
	}
}

func testPutNothing(t *testing.T, e index.Engine) {
	put(t, e)
	put(t, e, entry("empty", "en", ""), entry("blank", "", "", "", " \n "))
	if got := total(t, e, nil); got != 2 {
		t.Errorf("%d works, want the 2 without a word", got)
	}
}

func testPutWithoutID(t *testing.T, e index.Engine) {
	err := e.Put(context.Background(), entry("a", "en", "A", "one"), entry("", "en", "B", "two"))
	if !errors.Is(err, corpus.ErrInvalid) {
		t.Errorf("Put without an ID: %v, want ErrInvalid", err)
	}
	if got := total(t, e, nil); got != 0 {
		t.Errorf("%d works after a Put that failed, want 0", got)
	}
}

func testPutTwiceInOne(t *testing.T, e index.Engine) {
	put(t, e, entry("a", "en", "A", "first"), entry("a", "en", "A", "second"))
	if total(t, e, word("first")) != 0 || total(t, e, word("second")) != 1 {
		t.Error("of two entries with one ID the last is not the one that counts")
	}
}

func testLimits(t *testing.T, e index.Engine) {
	put(t, e, entry("a", "en", "A", "one"))
	deep := index.Clause(index.Word{Text: "one"})
	for range index.MaxDepth {
		deep = index.All{deep}
	}
	many := index.All{}
	for i := range index.MaxWords + 1 {
		many = append(many, index.Word{Text: fmt.Sprint("w", i)})
	}
	for name, q := range map[string]*index.Query{
		"deep":              {Match: deep},
		"many words":        {Match: many},
		"long phrase":       {Match: index.Phrase{Text: strings.Repeat("a ", index.MaxWords+1)}},
		"long near":         {Match: index.Near{Text: "a b", Within: index.MaxWithin + 1}},
		"near below 0":      {Match: index.Near{Text: "a b", Within: -1}},
		"prefix of nothing": {Match: index.Prefix{Text: "*"}},
		"prefix of two":     {Match: index.Prefix{Text: "a b"}},
		"fuzzy two":         {Match: index.Fuzzy{Text: "a-b"}},
		"many patterns":     {Match: slices.Repeat(index.All{index.Prefix{Text: "a"}}, index.MaxPatterns+1)},
		"many labels":       {Match: index.Concept{Words: []index.Word{{Text: "one"}}, Labels: make([]index.Label, index.MaxLabels+1)}},
		"long label":        {Match: index.Concept{Words: []index.Word{{Text: "one"}}, Labels: []index.Label{{Text: strings.Repeat("a ", index.MaxLabelWords+1)}}}},
		"concept of many":   {Match: index.Concept{Words: make([]index.Word, index.MaxWords+1)}},
		"text field":        {Match: index.In{Field: "body", Clause: index.Word{Text: "one"}}},
		"not in a field":    {Match: index.In{Field: index.InTitle, Clause: index.Not{Clause: index.Word{Text: "one"}}}},
		"nothing in field":  {Match: index.In{Field: index.InTitle}},
		"only of nothing":   {Match: index.All{index.Only{}}},
		"only of size":      {Match: index.All{index.Only{Filter: index.Filter{Field: "size", Values: []string{"1"}}}}},
		"not alone":         {Match: index.Not{Clause: index.Word{Text: "one"}}},
		"not in any":        {Match: index.Any{index.Not{Clause: index.Word{Text: "one"}}}},
		"nil in all":        {Match: index.All{nil}},
		"offset":            {Offset: index.MaxOffset + 1},
		"negative offset":   {Offset: -1},
		"limit":             {Limit: index.MaxLimit + 1},
		"negative limit":    {Limit: -1},
		"pages":             {Pages: index.MaxPages + 1},
		"order":             {Sort: "size"},
		"field of filter":   {Filters: []index.Filter{{Field: "size", Values: []string{"1"}}}},
		"filter of nothing": {Filters: []index.Filter{{Field: index.FieldKind}}},
		"range of kinds":    {Filters: []index.Filter{{Field: index.FieldKind, From: 1}}},
		"field of facet":    {Facets: []index.FacetRequest{{Field: "size"}}},
	} {
		if _, err := e.Search(context.Background(), q); !errors.Is(err, corpus.ErrInvalid) {
			t.Errorf("%s: %v, want ErrInvalid", name, err)
		}
	}
}

func testHostile(t *testing.T, e index.Engine) {
	hostile := []string{
		"\x00", "\xff\xfe", "a\x00b", "\u202e", strings.Repeat("a", 10_000), strings.Repeat("١", 5_000),
		"*", "?", "a~2", "+a -b", "text.en:a", `"`, "(", "\\", "_all", "a\nb", "\ufeff", strings.Repeat("\u0301", 300), "𐍈", "🙂",
	}
	put(t, e, entry("hostile", "ar", strings.Join(hostile, " "), hostile...), entry("plain", "en", "A", "one"))
	for _, text := range hostile {
		for _, c := range []index.Clause{index.Word{Text: text}, index.Phrase{Text: text}, index.All{index.Word{Text: "one"}, index.Not{Clause: index.Word{Text: text}}},
			index.Near{Text: text, Within: 5}, index.Prefix{Text: text}, index.Fuzzy{Text: text}, index.Concept{Words: []index.Word{{Text: text}}, Labels: []index.Label{{Text: text, Lang: "fr"}, {Text: text}}}, index.In{Field: index.InAuthor, Clause: index.Word{Text: text}}} {
			r, err := e.Search(context.Background(), &index.Query{Match: c, Limit: 10, Pages: 10})
			if err != nil && !errors.Is(err, corpus.ErrInvalid) {
				t.Errorf("%.20q: %v", text, err)
			}
			if err == nil && r == nil {
				t.Errorf("%.20q: neither result nor error", text)
			}
		}
	}
	if got := total(t, e, word("one")); got != 1 {
		t.Errorf("a plain word beside hostile ones: %d works, want 1", got)
	}
}

func testContext(t *testing.T, e index.Engine) {
	put(t, e, entry("a", "en", "A", "one"))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := e.Search(ctx, &index.Query{Match: word("one"), Limit: 1}); !errors.Is(err, context.Canceled) {
		t.Errorf("Search: %v, want context.Canceled", err)
	}
	if err := e.Put(ctx, entry("b", "en", "B", "two")); !errors.Is(err, context.Canceled) {
		t.Errorf("Put: %v, want context.Canceled", err)
	}
	if got := total(t, e, word("two")); got != 0 {
		t.Errorf("a cancelled Put is found")
	}
}

func testConcurrency(t *testing.T, e index.Engine) {
	ctx := context.Background()
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			for i := range 10 {
				id := corpus.ID(fmt.Sprintf("doc-%d-%d", w, i))
				if err := e.Put(ctx, entry(id, "en", "T", fmt.Sprintf("shared own%dx%d", w, i))); err != nil {
					t.Errorf("Put: %v", err)
					return
				}
				r, err := e.Search(ctx, &index.Query{Match: word(fmt.Sprintf("own%dx%d", w, i)), Limit: 1, Pages: 1})
				if err != nil || r.Total != 1 {
					t.Errorf("what was just put is not found: %+v, %v", r, err)
				}
				if i%3 == 0 {
					if err := e.Delete(ctx, id); err != nil {
						t.Errorf("Delete: %v", err)
					}
				}
			}
		})
		wg.Go(func() {
			for range 20 {
				r, err := e.Search(ctx, &index.Query{Match: word("shared"), Limit: 100, Facets: []index.FacetRequest{{Field: index.FieldLanguage}}})
				if err != nil {
					t.Errorf("Search: %v", err)
					return
				}
				if bs := r.Facets[index.FieldLanguage]; r.Total > 0 && (len(bs) != 1 || bs[0].Count != r.Total || len(r.Hits) != r.Total) {
					t.Errorf("one search sees two states: total %d, hits %d, facet %v", r.Total, len(r.Hits), bs)
				}
			}
		})
	}
	wg.Wait()
	if got := total(t, e, word("shared")); got != 4*6 {
		t.Errorf("%d works in the end, want 24", got)
	}
}

func testFilterByID(t *testing.T, e index.Engine) {
	pages := make([]string, 300)
	for i := range pages {
		pages[i] = "nothing here"
		if i%3 == 0 {
			pages[i] = fmt.Sprintf("harvest on page %d", i+1)
		}
	}
	put(t, e, entry("long", "en", "Long", pages...), entry("other", "en", "Other", "harvest"))
	q := &index.Query{
		Match:   word("harvest"),
		Filters: []index.Filter{{Field: index.FieldID, Values: []string{"long"}}},
		Limit:   1, Pages: index.MaxPages,
	}
	r := search(t, e, q)
	if r.Total != 1 || r.Hits[0].MatchingPages != 100 || len(r.Hits[0].Pages) != 100 {
		t.Fatalf("got %d works, %+v", r.Total, r.Hits)
	}
	seen := map[int]bool{}
	for _, p := range r.Hits[0].Pages {
		if p.ID != "long" || p.Number%3 != 1 || len(p.Spans) != 1 || seen[p.Number] {
			t.Errorf("page %+v", p)
		}
		seen[p.Number] = true
	}
	q.Filters[0].Values = []string{"nobody"}
	if r := search(t, e, q); r.Total != 0 || len(r.Missing) != 0 {
		t.Errorf("document that is not there: %+v", r)
	}
}

// testRunningHeads: what a page has in common with others is found where it is
// not marked as that, and the offsets of the rest stay true.
func testRunningHeads(t *testing.T, e index.Engine) {
	d := entry("a", "en", "A", "Gazette\nharvest", "Gazette\nharvest", "Gazette\nharvest")
	for i := range d.Pages[1:] {
		d.Pages[i+1].Running = []corpus.Stretch{{Start: 0, End: 7}}
	}
	put(t, e, d)
	for text, want := range map[string]int{"gazette": 1, "harvest": 3} {
		r := search(t, e, &index.Query{Match: word(text), Limit: 1, Pages: 10})
		if r.Total != 1 || r.Hits[0].MatchingPages != want {
			t.Errorf("%s: %+v; want %d pages", text, r.Hits, want)
			continue
		}
		for _, p := range r.Hits[0].Pages {
			if s := p.Spans[0]; fold.Text(d.Pages[0].Text[s.Start:s.End]) != text {
				t.Errorf("%s: span %+v on page %d", text, s, p.Number)
			}
		}
	}
}

func testSpansAreTrue(t *testing.T, e index.Engine) {
	docs := []*corpus.Entry{
		entry("en", "en", "", "Workers’ rights: the employer's duty. WORKERS, working; re-worked"),
		entry("fr", "fr", "", "L’employeur, l'employeur et les employeurs étrangers – «employeur»\u00a0; EMPLOYEUR"),
		entry("ar", "ar", "", "وعمّال المنازل، العمال\u200f والعُمَّال (عمال) في ٢٠١٢"),
		entry("tr", "tr", "", "İşçi ve işçiler, IŞIK, İŞÇİ"),
		entry("de", "de", "", "Die Arbeitsmärkte und Straßen der Häuser; ARBEITSMARKT"),
	}
	put(t, e, docs...)
	texts := map[corpus.ID]string{}
	for _, d := range docs {
		texts[d.ID] = d.Pages[0].Text
	}
	for _, c := range []struct {
		id    corpus.ID
		word  string
		folds []string // of the marked places, in order
	}{
		{"en", "worker", []string{"workers", "workers"}},
		{"fr", "employeur", []string{"employeur", "employeur", "employeurs", "employeur", "employeur"}},
		{"ar", "عمال", []string{"وعمال", "العمال", "والعمال", "عمال"}},
		{"ar", "2012", []string{"2012"}},
		{"tr", "işçi", []string{"isci", "isciler", "isci"}},
		{"de", "Straße", []string{"strassen"}},
	} {
		r := search(t, e, &index.Query{
			Match: word(c.word), Limit: 1, Pages: 1,
			Filters: []index.Filter{{Field: index.FieldID, Values: []string{string(c.id)}}},
		})
		if r.Total != 1 || len(r.Hits[0].Pages) != 1 {
			t.Errorf("%s in %s: %+v", c.word, c.id, r)
			continue
		}
		var got []string
		for _, s := range r.Hits[0].Pages[0].Spans {
			if s.Word != c.word || s.Page != 1 {
				t.Errorf("%s: span %+v", c.word, s)
			}
			got = append(got, fold.Text(texts[c.id][s.Start:s.End]))
		}
		if d := cmp.Diff(c.folds, got); d != "" {
			t.Errorf("%s in %s (-want +got):\n%s", c.word, c.id, d)
		}
	}
}

func testWindow(t *testing.T, e index.Engine) {
	var es []*corpus.Entry
	for i := range 120 {
		es = append(es, entry(corpus.ID(fmt.Sprintf("d%03d", i)), "en", "T", strings.Repeat("grain ", i%7+1)+"silo"))
	}
	put(t, e, es...)
	var all []corpus.ID
	for offset := 0; offset < 130; offset += 10 {
		r := search(t, e, &index.Query{Match: index.All{index.Word{Text: "grain"}, index.Word{Text: "silo"}}, Offset: offset, Limit: 10})
		if r.Total != 120 {
			t.Fatalf("total %d at offset %d, want 120", r.Total, offset)
		}
		all = append(all, shown(r)...)
	}
	seen := map[corpus.ID]bool{}
	for _, id := range all {
		seen[id] = true
	}
	if len(all) != 120 || len(seen) != 120 {
		t.Errorf("paging gave %d hits, %d different, want 120", len(all), len(seen))
	}
	if r := search(t, e, &index.Query{Limit: 0}); r.Total != 120 || len(r.Hits) != 0 {
		t.Errorf("without a limit: total %d, %d hits", r.Total, len(r.Hits))
	}
}

func testSimilar(t *testing.T, e index.Engine) {
	put(t, e,
		entry("a", "en", "A", "The Migration of workers. Migration again.", "Lebanon and contract"),
		entry("b", "en", "B", "migration, reintegration"),
		entry("c", "fr", "C", "Les réfugiés et la migrazione; le contrat"),
		entry("d", "fr", "D", "un réfugié, un contrat"),
		entry("e", "ar", "E", "اللاجئون في لبنان"),
	)
	for _, c := range []struct {
		word, beside string
		lang         corpus.Lang
		want         string // words with letters that differ and documents
	}{
		{"migrasion", "", "en", "migration-1-2 migrazione-2-1"},
		{"migrtaion", "", "en", "migration-1-2"},
		{"lebanan", "migration", "en", "lebanon-1-1"},
		{"Réfugiès", "les", "fr", "refugie-1-1"}, // itself is there
		{"refugiess", "", "fr", "refugies-1-1 refugie-2-1"},
		// of the language of the query before commoner ones
		{"contrax", "workers", "fr", "contrat-1-2"},
		{"contrakt", "workers", "fr", "contract-1-1 contrat-1-2"},
		{"contrakt", "réfugié", "en", "contrat-1-2 contract-1-1"},
		{"لبنن", "", "ar", "لبنان-1-1"},
		{"xyzzyq", "", "en", ""},
		{"the", "", "en", ""}, // too short
		{"a b", "", "en", ""}, // no word
		{"", "", "", ""},
		{strings.Repeat("a", 900), "", "en", ""},
	} {
		got, err := e.Similar(context.Background(), c.word, c.beside, c.lang)
		if err != nil {
			t.Errorf("%.20s: %v", c.word, err)
		}
		var words []string
		for _, s := range got {
			words = append(words, fmt.Sprintf("%s-%d-%d", s.Word, s.Distance, s.Documents))
			if len(s.Places) == 0 || s.Places[0].Page < 1 || s.Places[0].Start >= s.Places[0].End {
				t.Errorf("%s: places %+v", s.Word, s.Places)
			}
		}
		if d := cmp.Diff(c.want, strings.Join(words, " ")); d != "" {
			t.Errorf("like %.20s beside %q in %q (-want +got):\n%s", c.word, c.beside, c.lang, d)
		}
	}
	if _, err := e.Similar(context.Background(), strings.Repeat("a", 10_000), "", "en"); !errors.Is(err, corpus.ErrInvalid) {
		t.Errorf("a word of 10,000 letters: %v", err)
	}
}
