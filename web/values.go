package web

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"marsa/corpus"
	"marsa/index"
	"marsa/internal/fold"
	"marsa/internal/search"
)

// valuesView is what the page with all values of a facet shows.
type valuesView struct {
	layout
	Field  index.Field
	Asked  *asked
	Find   string
	Hidden []pair // of the search, for the form
	Values []valueLink
	Back   string
}

// pair is a parameter.
type pair struct{ Name, Value string }

// valueLink is a value; URL is the search with it, or without where it is ticked.
type valueLink struct {
	label
	Count    int
	Selected bool
	URL      string
	NotURL   string // the search without its documents
}

// allValues shows all values of a facet, or those that have a word in their name.
func (s *server) allValues(c *gin.Context) error {
	l := langOf(c)
	a, err := readAsked(c.Request.URL.RawQuery)
	if err != nil {
		return err
	}
	v, err := readQuery(c.Request.URL.RawQuery)
	if err != nil {
		return err
	}
	p := params{v: v}
	names := list(slices.Concat(facetFields, roleFields), func(f index.Field) string { return string(f) })
	field := index.Field(p.choice("field", names...))
	find := strings.TrimSpace(p.one("find", ""))
	if len(find) > maxValue {
		p.fail("find", "error.value_too_long", "limit", maxValue)
	}
	if p.err != nil {
		return p.err
	}
	if field == "" {
		field = index.FieldCountry
	}
	r := a.request(l)
	r.Limit = 1
	if slices.Contains(roleFields, field) {
		r.Role = field
	}
	resp, err := s.Search.Search(c.Request.Context(), r)
	if err != nil {
		return err
	}
	view := &valuesView{Field: field, Asked: a, Find: find, Back: "/" + string(l) + "/search" + a.encode()}
	for _, f := range resp.Facets {
		if f.Field == field {
			view.Values = s.valueLinks(a, f, find, l)
		}
	}
	hidden, err := url.ParseQuery(strings.TrimPrefix(a.encode(), "?"))
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(hidden)) {
		for _, value := range hidden[name] {
			view.Hidden = append(view.Hidden, pair{name, value})
		}
	}
	view.layout = s.layout(c, l, "values", text(s.texts[l], "values.title", "field", text(s.texts[l], "facet."+string(field))))
	view.Search.Text = a.Text
	return s.render(c, http.StatusOK, view)
}

func (s *server) valueLinks(a *asked, f search.Facet, find string, l corpus.Lang) []valueLink {
	to := func(change func(*asked)) string { return "/" + string(l) + "/search" + a.with(change).encode() }
	wanted := fold.Term(find)
	var links []valueLink
	for _, v := range flat(s.values(a, f.Field, f.Buckets, l)) {
		if !strings.Contains(fold.Term(v.Text), wanted) {
			continue
		}
		link := valueLink{label: v.label, Count: v.Count, Selected: v.Selected}
		if v.Selected {
			link.URL = to(func(b *asked) { untick(b.Values, f.Field, v.ID) })
		} else {
			link.URL = to(func(b *asked) { b.Values[f.Field] = append(b.Values[f.Field], v.ID) })
			link.NotURL = to(func(b *asked) { b.Without[f.Field] = append(b.Without[f.Field], v.ID) })
		}
		links = append(links, link)
	}
	return links
}

// flat lists a tree in the order in which it is read.
func flat(values []valueView) []valueView {
	var all []valueView
	for _, v := range values {
		all = append(all, v)
		all = append(all, flat(v.Below)...)
	}
	return all
}
