package web

import (
	"cmp"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"marsa/corpus"
	"marsa/index"
	"marsa/internal/search"
	"marsa/web/locale"
)

// resultsView is what the page of results shows.
type resultsView struct {
	layout
	Asked    *asked
	Total    int
	Partial  int
	Docs     int
	First    int // place of the first and last hit shown, from 1
	Last     int
	All      []hitView // works with all words
	Most     []hitView // works with most of them
	Facets   []facetView
	Kept     []pair // what no facet shown has, kept by the form
	Chips    []chip
	Clear    string // address without any filter; empty when there is none
	Sorts    []sortLink
	Missing  []string
	Rest     string // address of the search without these words; empty where there is none
	DidMean  *meantView
	Notes    []noteView
	Offers   []choice
	Concepts []expansionView
	Everyday []expansionView // words that name no concept
	Mixed    bool            // All has the works with most of the words too
	Listed   int             // works with all or most of the words
	Expand   string          // address of the search with all labels of concepts, or with none; empty where there are none
	Pager    pager
	Beyond   bool // a page after the last was asked for
	Examples []choice
}

// hitView is a work.
type hitView struct {
	ID       corpus.ID
	Title    string
	TitleIn  string // as in documentView
	Lang     corpus.Lang
	URL      string
	Kind     label
	Issued   corpus.Date
	Guessed  map[string]bool // as in documentView
	Langs    []corpus.Lang
	Versions []versionView // the others
	Abstract *abstractHitView
	Pages    []pageHitView
	Matching int
	More     int // matching pages that are not shown
	Tags     []tagView
	Lacks    []string // words that it does not have
	Why      []whyView
	WhyURL   string // of the page with reasons; empty where they are shown or there are none
	Doubt    string // key of a mark, when it is found by its record only; empty else
}

type versionView struct {
	Lang  corpus.Lang
	Title string
	URL   string
}

// abstractHitView is a passage of an abstract.
type abstractHitView struct {
	Lang    corpus.Lang
	Excerpt []search.Part
	URL     string
}

type pageHitView struct {
	Number  int
	Label   string
	Lang    corpus.Lang
	Doubt   string // key of a mark; empty when the page was read well
	Note    bool   // the excerpt is from a note to the page, in Lang
	Excerpt []search.Part
	URL     string
}

type tagView struct {
	label
	URL string
}

// meantView is a query spelled otherwise.
type meantView struct {
	Text  string
	URL   string
	Count int // works with all words; 0 where only some have most
}

type chip struct {
	Field string // its name in the language of the page
	label
	URL string // without it
}

type sortLink struct {
	Key     string
	URL     string
	Current bool
}

// pager leads to other pages of results.
type pager struct {
	Number, Count  int
	Previous, Next string // empty: there is none
}

func (s *server) results(c *gin.Context) error {
	l := langOf(c)
	a, err := readAsked(c.Request.URL.RawQuery)
	if err != nil {
		return err
	}
	a.Limit, a.Offset = search.DefaultLimit, (a.Page-1)*search.DefaultLimit
	resp, err := s.Search.Search(c.Request.Context(), a.request(l))
	if err != nil {
		return err
	}
	v := s.resultsView(a, resp, l)
	v.layout = s.layout(c, l, "results", v.heading(s.texts[l]))
	v.Search.Text = a.Text
	status := http.StatusOK
	if v.Beyond {
		status = http.StatusNotFound
	}
	return s.render(c, status, v)
}

func (v *resultsView) heading(t *locale.Catalogue) string {
	if v.Asked.Text == "" {
		return text(t, "results.title_all")
	}
	return text(t, "results.title", "query", v.Asked.Text)
}

func (s *server) resultsView(a *asked, r *search.Response, l corpus.Lang) *resultsView {
	v := &resultsView{
		Asked: a, Total: r.Total, Partial: r.Partial, Mixed: r.Mixed, Listed: r.Total + r.Partial, Docs: r.Documents,
		First: r.Offset + 1, Last: r.Offset + len(r.Hits),
		Missing: r.Query.Missing, Notes: notes(s.texts[l], r.Query),
		Facets: s.facetViews(a, r.Facets, l),
		Kept:   alsoAsked(a),
		Sorts:  sortLinks(a, l),
		Pager:  newPager(a, r, l),
		Beyond: len(r.Hits) == 0 && a.Page > 1,
	}
	for _, h := range r.Hits {
		hv := s.hitView(a, h, l)
		hv.Why = whyViews(h, r.Size, l)
		if a.Text != "" && !a.Explain {
			hv.WhyURL = whyAddress(a, h.Document.ID, l)
		}
		if h.Partial && !r.Mixed {
			v.Most = append(v.Most, hv)
		} else {
			v.All = append(v.All, hv)
		}
	}
	v.Concepts, v.Everyday = expansionViews(a, r.Query.Expansions, l)
	if len(v.Concepts)+len(v.Everyday) > 0 || a.Plain && a.Text != "" {
		v.Expand = expandSwitch(a, l)
	}
	to := func(text string) string {
		return "/" + string(l) + "/search" + a.with(func(b *asked) { b.Text = text }).encode()
	}
	if r.Query.Rest != "" {
		v.Rest = to(r.Query.Rest)
	}
	if d := r.Query.DidYouMean; d != nil {
		v.DidMean = &meantView{d.Text, to(d.Text), d.Total}
	}
	for _, o := range r.Query.Offers {
		u := "/" + string(l) + "/search" + a.with(func(b *asked) { b.Values[o.Field] = append(b.Values[o.Field], o.Value) }).encode()
		v.Offers = append(v.Offers, choice{foreign(o.Label, o.Lang, l), o.Count, u})
	}
	v.Chips = s.chips(a, l)
	if a.narrowed() {
		v.Clear = "/" + string(l) + "/search" + a.with(func(b *asked) {
			b.Values, b.Without, b.Every, b.From, b.To = nil, nil, nil, 0, 0
		}).encode()
	}
	return v
}

func (s *server) hitView(a *asked, h search.Hit, l corpus.Lang) hitView {
	d := h.Document
	v := hitView{
		ID: d.ID, Title: d.Title, TitleIn: titleIn(d, l), Lang: d.Lang, URL: documentURL("", l, d.ID, a.encode()),
		Kind: s.kindLabel(d.Kind, l), Issued: d.Issued, Guessed: map[string]bool{}, Langs: d.Languages,
		Lacks: h.Lacks, Matching: h.MatchingPages, More: max(h.MatchingPages-len(h.Pages), 0),
	}
	for _, f := range guessed(d) {
		v.Guessed[f] = true
	}
	if !d.State.Searchable() {
		v.Doubt = "hit.record_only"
	}
	for _, o := range h.Versions {
		if o.ID != d.ID {
			v.Versions = append(v.Versions, versionView{o.Language, o.Title, documentURL("", l, o.ID, a.encode())})
		}
	}
	if h.Abstract != nil {
		v.Abstract = &abstractHitView{h.Abstract.Language, h.Abstract.Excerpt, v.URL + "#" + abstractAnchor(h.Abstract.Language)}
	}
	for _, p := range h.Pages {
		v.Pages = append(v.Pages, pageHitView{
			Number: p.Number, Label: p.Label, Lang: cmp.Or(p.Note, p.Language), Doubt: markKey(p.Quality), Note: p.Note != "", Excerpt: p.Excerpt,
			URL: pageAddress(l, p.Document, p.Number, a) + "#hit",
		})
	}
	for _, t := range h.Tags {
		if t.Role == corpus.About && t.State != corpus.Rejected && len(v.Tags) < shownTags {
			v.Tags = append(v.Tags, s.tagView(t, l))
		}
	}
	return v
}

// tagView is a tag that leads to the works with the same one.
func (s *server) tagView(t search.Tag, l corpus.Lang) tagView {
	v := tagView{label: s.conceptLabel(t.Concept, l)}
	scheme, value, _ := strings.Cut(string(t.Concept), "/")
	if t.Label != "" {
		v.label.Text = t.Label
	}
	if scheme == "country" || scheme == "topic" {
		f := index.Field(scheme)
		if f == index.FieldCountry {
			f = index.CountryField(t.Role)
		}
		b := asked{Values: map[index.Field][]string{f: {value}}}
		v.URL = "/" + string(l) + "/search" + b.encode()
	}
	return v
}

// pageAddress is the address of a page that keeps the search that led there.
func pageAddress(l corpus.Lang, id corpus.ID, number int, a *asked) string {
	return pageURL("", l, id, number, "") + a.encode()
}

// shownTags is how many tags of a hit are shown; its page has all.
const shownTags = 8

// chips are the filters of a search, each with the address without it.
func (s *server) chips(a *asked, l corpus.Lang) []chip {
	t := s.texts[l]
	var chips []chip
	for _, f := range valueFields {
		for _, value := range a.Values[f] {
			chips = append(chips, chip{text(t, "facet."+string(f)), s.valueLabel(f, value, l), "/" + string(l) + "/search" + a.without(f, value).encode()})
		}
	}
	for _, f := range leaveOutFields {
		for _, value := range a.Without[f] {
			u := "/" + string(l) + "/search" + a.with(func(b *asked) { untick(b.Without, f, value) }).encode()
			chips = append(chips, chip{text(t, "facet.not_field", "field", text(t, "facet."+string(f))), s.valueLabel(f, value, l), u})
		}
	}
	years := func(key string, n int, clear func(*asked)) {
		if n != 0 {
			chips = append(chips, chip{text(t, key), label{Text: year(n)}, "/" + string(l) + "/search" + a.with(clear).encode()})
		}
	}
	years("facet.year_from", a.From, func(b *asked) { b.From = 0 })
	years("facet.year_to", a.To, func(b *asked) { b.To = 0 })
	return chips
}

// valueLabel names a value that no facet lists.
func (s *server) valueLabel(f index.Field, value string, l corpus.Lang) label {
	if scheme := schemeOf(f); scheme != "" {
		id := corpus.ConceptID(scheme + "/" + value)
		if _, ok := s.Vocabulary.Concept(id); ok {
			return s.conceptLabel(id, l)
		}
	}
	if name, ok := valueName(s.texts[l], f, value); ok {
		return label{Text: name}
	}
	return label{Text: value}
}

func sortLinks(a *asked, l corpus.Lang) []sortLink {
	var links []sortLink
	for _, o := range []struct {
		key  string
		sort index.Sort
	}{{"sort.relevance", index.ByRelevance}, {"sort.date", index.ByNewest}, {"sort.title", index.ByTitle}} {
		u := "/" + string(l) + "/search" + a.with(func(b *asked) { b.Sort = o.sort }).encode()
		links = append(links, sortLink{o.key, u, a.Sort == o.sort})
	}
	return links
}

func newPager(a *asked, r *search.Response, l corpus.Lang) pager {
	works := min(r.Total+r.Partial, index.MaxOffset+search.DefaultLimit)
	p := pager{Number: a.Page, Count: (works + search.DefaultLimit - 1) / search.DefaultLimit}
	at := func(n int) string {
		b := *a
		b.Page = n
		return "/" + string(l) + "/search" + b.encode()
	}
	if a.Page > 1 {
		p.Previous = at(min(a.Page-1, max(p.Count, 1)))
	}
	if a.Page < p.Count {
		p.Next = at(a.Page + 1)
	}
	return p
}
