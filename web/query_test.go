package web

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"marsa/corpus"
	"marsa/corpus/words"
	"marsa/index"
	"marsa/index/bleve"
	"marsa/internal/search"
	"marsa/web/locale"
)

// shelved lets the real search read the documents of a Shelf.
type shelved struct{ *Shelf }

func (s shelved) Page(id corpus.ID, number int) (*corpus.Page, error) {
	e, err := s.entry(id)
	if err != nil {
		return nil, err
	}
	if number < 1 || number > len(e.Pages) {
		return nil, corpus.ErrNotFound
	}
	return &e.Pages[number-1], nil
}

func (s shelved) PageSummaries(id corpus.ID) ([]corpus.PageSummary, error) {
	e, err := s.entry(id)
	if err != nil {
		return nil, err
	}
	var ps []corpus.PageSummary
	for _, p := range e.Pages {
		ps = append(ps, corpus.PageSummary{Number: p.Number, Lang: p.Lang})
	}
	return ps, nil
}

func (s shelved) Versions(work corpus.ID) ([]*corpus.Document, error) {
	var ds []*corpus.Document
	for _, e := range s.Entries {
		if e.Work == work {
			ds = append(ds, &e.Document)
		}
	}
	return ds, nil
}

// searched is a site over the real search and engine, which hold the sample
// documents and one with many different words.
func searched(t *testing.T) (http.Handler, *search.Service) {
	t.Helper()
	shelf := NewShelf(t)
	shelf.Entries = append(shelf.Entries, wordy())
	for _, e := range shelf.Entries {
		if e.Lang == "ar" {
			e.Authors, e.Publisher = append(e.Authors, "سميرة حداد"), "معهد الوثائق"
		}
	}
	engine, err := bleve.Open(t.TempDir(), bleve.Config{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { engine.Close() })
	if err := engine.Put(t.Context(), shelf.Entries...); err != nil {
		t.Fatal(err)
	}
	list, err := words.Default()
	if err != nil {
		t.Fatal(err)
	}
	s := search.New(engine, shelved{shelf}, shelf.Labels, list)
	return NewSite(t, shelf, func(c *Config) { c.Search = s }), s
}

// wordy has 20,000 words that begin with a, and names a country that it is not about.
func wordy() *corpus.Entry {
	var b strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&b, "a%dx ", i)
	}
	e := &corpus.Entry{Pages: pagesOf("en", b.String(), "workers in Jordan, travailleuses en Jordanie, عاملات في الأردن")}
	e.Document = corpus.Document{ID: "wordy", Work: "wordy", Title: "Wordy", Lang: "en", Languages: []corpus.Lang{"en"}, NumPages: 2}
	return e
}

// TestExamplesOfHelp: every example of the help page, in every language, is read
// as it is written and finds something.
func TestExamplesOfHelp(t *testing.T) {
	_, s := searched(t)
	all, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range locale.Languages() {
		for _, key := range slices.Concat(helpSigns, helpFields) {
			q := text(all[l], key+"_example")
			r, err := s.Search(t.Context(), search.Request{Text: q, Lang: corpus.Lang(l)})
			if err != nil {
				t.Errorf("%s %s: %v", l, q, err)
				continue
			}
			if r.Total == 0 || len(r.Query.Notes) > 0 {
				t.Errorf("%s %s: %d works, notes %+v", l, q, r.Total, r.Query.Notes)
			}
		}
	}
}

// TestHostileQueries: whatever is typed is answered with results and remarks, or
// refused with a sentence.
func TestHostileQueries(t *testing.T) {
	h, _ := searched(t)
	for name, c := range map[string]struct {
		query  string
		status int
		says   string
	}{
		"regular expression":  {`^(dom|lab).*[a-z]{2,}\b$`, 200, "star completes one word"},
		"10,000 letters":      {strings.Repeat("a", 10_000), 400, "1,000 bytes"},
		"500 alternatives":    {strings.TrimSuffix(strings.Repeat("a OR ", 500), " OR "), 400, "1,000 bytes"},
		"many alternatives":   {strings.TrimSuffix(strings.Repeat("a OR ", 180), " OR "), 200, "first 64 words"},
		"stars":               {"****", 200, "star completes one word"},
		"one letter":          {"a*", 200, "only the 200 commonest"},
		"many prefixes":       {strings.Repeat("a* ", 60), 200, "first 5 words"},
		"long misspelling":    {strings.Repeat("a", 900) + "~", 200, ""},
		"deep brackets":       {strings.Repeat("(", 400) + "work" + strings.Repeat(")", 400), 200, "more than 6 deep"},
		"brackets, no words":  {strings.Repeat("()", 400), 200, "nothing between the brackets"},
		"only closed":         {strings.Repeat(")", 900), 200, "never opened"},
		"NUL":                 {"work\x00er", 400, "no text"},
		"lone surrogate":      {"work\xed\xa0\x80er", 400, "no text"},
		"bidi override":       {"\u202ework\u202c \u2066worker\u2069", 200, ""},
		"stop words":          {"the", 200, ""},
		"Arabic stop word":    {"من", 200, ""},
		"emoji":               {"🙂", 200, "no word to search for"},
		"emoji among words":   {"🙂 workers 👩‍🌾", 200, ""},
		"nots":                {strings.Repeat("NOT ", 200) + "work", 200, ""},
		"operators":           {strings.Repeat("OR ", 300), 200, "needs words around it"},
		"fields":              {strings.Repeat("title:", 150) + "x", 200, "directly after the colon"},
		"near too far":        {`"domestic workers"~1000`, 200, "100 is the most"},
		"years of nothing":    {"year:..", 200, ""},
		"no such country":     {"country:atlantis", 200, "is not known here"},
		"unclosed everything": {`(title:"dom`, 200, "is not closed"},
		"lines":               {"work\nworkers\r\n\t", 200, ""},
		"marks":               {strings.Repeat("\u0301", 400), 200, ""},
		"script":              {"<script>alert(1)</script> OR", 200, ""},
	} {
		for _, path := range []string{"/en/search?q=", "/ar/search?q=", "/api/v1/search?q=", "/en/doc/domestic-workers-en/p/2?q="} {
			w := fetch(h, path+url.QueryEscape(c.query))
			if w.Code != c.status {
				t.Errorf("%s: %s: status %d, want %d", name, path, w.Code, c.status)
			}
			body := html.UnescapeString(w.Body.String())
			if strings.HasPrefix(path, "/en/search") && !strings.Contains(body, c.says) {
				t.Errorf("%s: the page does not say %q:\n%s", name, c.says, mainOf(body))
			}
			if strings.Contains(w.Body.String(), "<script>alert") {
				t.Errorf("%s: %s has a script", name, path)
			}
		}
	}
}

// TestMistakeIsMarked shows where a query could not be read.
func TestMistakeIsMarked(t *testing.T) {
	h, _ := searched(t)
	page := mainOf(fetch(h, "/en/search?q="+url.QueryEscape("Löhne (contract OR work")).Body.String())
	if want := `<bdi class="typed" dir="auto">Löhne <mark>(</mark>contract OR work</bdi>`; !strings.Contains(page, want) {
		t.Errorf("the results have no %s:\n%s", want, page)
	}
}

// TestDidYouMean: a word that no document has is spelled like one that some have,
// where that finds something.
func TestDidYouMean(t *testing.T) {
	h, s := searched(t)
	for _, c := range []struct{ query, lang, want string }{
		{"domestik workers", "en", "domestic workers"},
		{"Domestik AND workerz", "en", "Domestic AND workers"},
		{`"domestik workers"`, "en", `"domestic workers"`},
		{"domestik workerz domestik", "en", "domestic workers domestic"},
		{"étranjer", "fr", "étranger"},
		{"etranjer", "fr", "étranger"},
		{"المنزال", "ar", "المنازل"},
		{"domestic workers", "en", ""}, // nothing is missing
		{"xyzzyplugh", "en", ""},       // nothing is like it
		{"country:domestik", "en", ""},
		{"domestik*", "en", ""},
		{"workers -domestik", "en", ""},
		{"title:domestik", "en", ""},
		// another spelling finds nothing here
		{"domestik country:atlantis", "en", ""},
	} {
		r, err := s.Search(t.Context(), search.Request{Text: c.query, Lang: corpus.Lang(c.lang)})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if d := r.Query.DidYouMean; d != nil {
			got = d.Text
			again, err := s.Search(t.Context(), search.Request{Text: d.Text, Lang: corpus.Lang(c.lang)})
			if err != nil {
				t.Fatal(err)
			}
			if again.Total != d.Total || d.Total+d.Partial == 0 || d.Words[0].Documents == 0 {
				t.Errorf("%s: promised %+v, found %d", c.query, d, again.Total)
			}
		}
		if got != c.want {
			t.Errorf("%s: did you mean %q, want %q", c.query, got, c.want)
		}
	}
	page := mainOf(fetch(h, "/en/search?q=domestik+workers&country=lb").Body.String())
	for _, want := range []string{"Did you mean:", `href="/en/search?q=domestic&#43;workers&amp;country=lb"`, `href="/en/search?q=workers&amp;country=lb"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the results have no %s:\n%s", want, page)
		}
	}
}

// TestPagesOfOneDocument: page: keeps pages of the document that is named.
func TestPagesOfOneDocument(t *testing.T) {
	_, s := searched(t)
	for _, c := range []struct {
		query string
		want  string // pages found, with the number of marks; notes
	}{
		{"workers doc:domestic-workers-en", "1 2 3 4"},
		{"workers doc:domestic-workers-en page:2", "2"},
		{"workers doc:domestic-workers-en page:2..3", "2 3"},
		{"page:2.. workers doc:domestic-workers-en", "2 3 4"},
		{"عاملات وثيقة:domestic-workers-ar صفحة:٢", "2"},
		{"sponsor doc:domestic-workers-en page:1", ""},
		{"doc:domestic-workers-en page:3..4", "3 4"}, // the pages themselves
		{"doc:domestic-workers-en page:99", ""},
		{"title:workers doc:domestic-workers-en page:3", "3"},
		{"doc:domestic-workers-en page:x workers", "1 2 3 4 page_number"},
		{"page:2 xenon", "page_alone"},
		{"(xenon OR page:2) -page:3", "page_alone page_alone"},
	} {
		r, err := s.Search(t.Context(), search.Request{Text: c.query, Lang: "en", Pages: 10, Plain: true})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, h := range r.Hits {
			for _, p := range h.Pages {
				got = append(got, fmt.Sprint(p.Number))
				if len(p.Excerpt) == 0 {
					t.Errorf("%s: page %d without text", c.query, p.Number)
				}
			}
			if h.MatchingPages != len(h.Pages) {
				t.Errorf("%s: %d pages of %d", c.query, len(h.Pages), h.MatchingPages)
			}
		}
		slices.Sort(got)
		for _, n := range r.Query.Notes {
			got = append(got, n.Key)
		}
		if found := strings.Join(got, " "); found != c.want {
			t.Errorf("%s: %q, want %q", c.query, found, c.want)
		}
		if (r.Total+r.Partial > 0) != (len(r.Hits) > 0) {
			t.Errorf("%s: %d works, %d shown", c.query, r.Total, len(r.Hits))
		}
	}
}

func TestQualityField(t *testing.T) {
	_, s := searched(t)
	for query, want := range map[string]bool{"quality:partial": true, "qualité:Partiel": true, "جودة:جزئي": true, `quality:"in part"`: true, "-quality:partial foreigners": false, "quality:scan visa": false} {
		r, err := s.Search(t.Context(), search.Request{Text: query, Lang: "en", Limit: 50})
		if err != nil || len(r.Query.Notes) > 0 {
			t.Fatalf("%s: %v, %+v", query, err, r.Query.Notes)
		}
		found := slices.ContainsFunc(r.Hits, func(h search.Hit) bool { return h.Document.ID == "foreigners-law-lb" })
		if found != want {
			t.Errorf("%s: found the partial document: %v", query, found)
		}
	}
	r, err := s.Search(t.Context(), search.Request{Text: "quality:superb"})
	if err != nil || len(r.Query.Notes) != 1 || r.Query.Notes[0].Key != search.NoteUnknownValue {
		t.Errorf("quality:superb: %+v, %v", r, err)
	}
}

// TestOffers: a country in the words is offered as a filter, in any language.
func TestOffers(t *testing.T) {
	h, s := searched(t)
	for query, want := range map[string]string{"workers in Jordan": "jo", "travailleuses Jordanie": "jo", "عاملات الأردن": "jo", "workers": "", "country:jo workers": ""} {
		r, err := s.Search(t.Context(), search.Request{Text: query, Lang: "en"})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, o := range r.Query.Offers {
			if o.Field == index.FieldCountry {
				got += o.Value
			}
		}
		if got != want {
			t.Errorf("%s: offers %+v, want %q", query, r.Query.Offers, want)
		}
	}
	page := mainOf(fetch(h, "/en/search?q=workers+in+Jordan").Body.String())
	if !strings.Contains(page, `href="/en/search?q=workers&#43;in&#43;Jordan&amp;country=jo"`) && !strings.Contains(page, `href="/en/search?q=workers+in+Jordan&amp;country=jo"`) {
		t.Errorf("no link to the filter:\n%s", page)
	}
}

// TestQuestionsAreMixed: the works that a question finds stand in one list, which
// says how many have all of its words.
func TestQuestionsAreMixed(t *testing.T) {
	h, s := searched(t)
	for _, c := range []struct {
		text  string
		lists int
	}{
		{"domestic workers", 2},
		{"domestic workers contract Lebanon", 1},
	} {
		r, err := s.Search(t.Context(), search.Request{Text: c.text, Lang: "en"})
		if err != nil {
			t.Fatal(err)
		}
		if r.Total == 0 || r.Partial == 0 {
			t.Fatalf("%s: %d works with all words, %d with most", c.text, r.Total, r.Partial)
		}
		body := fetch(h, "/en/search?q="+url.QueryEscape(c.text)).Body.String()
		if n := strings.Count(body, `<ol class="hits"`); n != c.lists {
			t.Errorf("%s: %d lists, want %d", c.text, n, c.lists)
		}
		mixed := fmt.Sprintf("with all of the words: %d, with most of them: %d", r.Total, r.Partial)
		if got := strings.Contains(body, mixed); got != (c.lists == 1) {
			t.Errorf("%s: says %q: %v", c.text, mixed, got)
		}
	}
}
