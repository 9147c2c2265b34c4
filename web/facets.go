package web

import (
	"cmp"
	"slices"
	"strconv"

	"marsa/corpus"
	"marsa/index"
	"marsa/internal/search"
	"marsa/web/locale"
)

// facetView is a field that results can be narrowed by.
type facetView struct {
	Field    index.Field
	Values   []valueView
	More     []valueView // behind a fold
	Selected int
	Years    *yearsView // nil but for the years
	Every    string     // parameter by which all ticked values are wanted; empty where a document has only one
	All      bool       // whether they are
	List     string     // address of all concepts with their meaning; empty where there is none
	Roles    []roleLink // of countries: by what else they can be counted
	Page     string     // address of the page with all values; empty where all are shown
}

// roleLink leads to the facet of countries in another part.
type roleLink struct {
	Key     string
	URL     string
	Current bool
}

// valueView is a value with the number of works, and in a tree those below it.
type valueView struct {
	label
	ID       string
	Count    int
	Selected bool
	Left     bool   // out
	Name     string // parameter that asks for it, and the one that leaves it out
	Not      string
	Below    []valueView
	Open     bool // whether one of those below is ticked
}

// yearsView is the years as bars and as a range.
type yearsView struct {
	From, To string
	Bars     []barView
}

// barView is the works of some years; URL is the search for those.
type barView struct {
	From, To int
	Count    int
	Height   int // of maxBar
	Y        int // from the top
	URL      string
}

const (
	shownValues = 8  // values of a facet before the fold
	foldValues  = 40 // behind it; the page of the facet has all
	maxBars     = 10 // so that each can be hit with a finger
	maxBar      = 40 // height of the longest
)

func (s *server) facetViews(a *asked, facets []search.Facet, l corpus.Lang) []facetView {
	var views []facetView
	for _, f := range facets {
		shown := cmp.Or(a.Role, index.FieldCountry)
		country := slices.Contains(index.CountryFields, f.Field)
		if !known(f.Field) || country && f.Field != shown {
			continue
		}
		v := s.facetView(a, f, l)
		if country {
			v.Roles = roleLinks(a, l)
		}
		if len(v.Values) > 0 || v.Years != nil || len(v.Roles) > 0 {
			views = append(views, v)
		}
	}
	slices.SortStableFunc(views, func(a, b facetView) int {
		return slices.Index(valueFields, a.Field) - slices.Index(valueFields, b.Field)
	})
	return views
}

func (s *server) facetView(a *asked, f search.Facet, l corpus.Lang) facetView {
	v := facetView{Field: f.Field, All: slices.Contains(a.Every, f.Field)}
	if slices.Contains(everyFields, f.Field) {
		v.Every = "all"
	}
	if scheme := schemeOf(f.Field); scheme != "" {
		v.List = "/" + string(l) + "/vocabulary#" + scheme
	}
	buckets := f.Buckets
	if f.Field == index.FieldYear {
		v.Years = yearsOf(a, buckets, l)
		buckets = newestFirst(buckets)
	}
	all := s.values(a, f.Field, buckets, l)
	v.Selected = ticked(all)
	for _, val := range all {
		if len(v.Values) < shownValues && (v.Years == nil || val.ID == index.NoDate) || val.Selected || val.Left || val.Open {
			v.Values = append(v.Values, val)
		} else {
			v.More = append(v.More, val)
		}
	}
	if len(buckets) > shownValues {
		v.Page = "/" + string(l) + "/search/values" + a.encodeWith("field", string(f.Field))
	}
	v.More = v.More[:min(len(v.More), foldValues)]
	return v
}

// values makes a tree of buckets that stand in the order of one.
func (s *server) values(a *asked, f index.Field, buckets []search.Bucket, l corpus.Lang) []valueView {
	var all []valueView
	for i := 0; i < len(buckets); {
		b := buckets[i]
		end := i + 1
		for end < len(buckets) && buckets[end].Depth > b.Depth {
			end++
		}
		v := valueView{
			label: foreign(b.Label, b.Lang, l), ID: b.ID, Count: b.Count, Selected: b.Selected,
			Left: slices.Contains(a.Without[f], b.ID), Name: string(f), Not: notParam(f),
			Below: s.values(a, f, buckets[i+1:end], l),
		}
		if name, ok := valueName(s.texts[l], f, b.ID); ok {
			v.label = label{Text: name}
		}
		if b.Lang == "" {
			v.label.Lang = ""
		}
		v.Open = ticked(v.Below) > 0
		all = append(all, v)
		i = end
	}
	return all
}

// ticked counts the values that are asked for or left out.
func ticked(values []valueView) int {
	n := 0
	for _, v := range values {
		if v.Selected || v.Left {
			n++
		}
		n += ticked(v.Below)
	}
	return n
}

// yearsOf joins years to bars.
func yearsOf(a *asked, buckets []search.Bucket, l corpus.Lang) *yearsView {
	v := &yearsView{From: year(a.From), To: year(a.To)}
	counts := map[int]int{}
	for _, b := range buckets {
		if y, err := strconv.Atoi(b.ID); err == nil && b.Count > 0 {
			counts[y] = b.Count
		}
	}
	if len(counts) < 2 {
		return v
	}
	first, last := 9999, 0
	for y := range counts {
		first, last = min(first, y), max(last, y)
	}
	width := 1
	for _, w := range []int{1, 2, 5, 10, 20, 50, 100, 500} {
		if width = w; (last-first/w*w)/w < maxBars {
			break
		}
	}
	highest := 0
	for from := first / width * width; from <= last; from += width {
		b := barView{From: from, To: from + width - 1}
		for y := b.From; y <= b.To; y++ {
			b.Count += counts[y]
		}
		highest = max(highest, b.Count)
		b.URL = "/" + string(l) + "/search" + a.with(func(c *asked) { c.From, c.To = b.From, b.To }).encode()
		v.Bars = append(v.Bars, b)
	}
	for i := range v.Bars {
		b := &v.Bars[i]
		b.Height = (b.Count*maxBar + highest - 1) / highest
		b.Y = maxBar - b.Height
	}
	return v
}

// valueName names a value of a field whose names stand in the catalogue.
func valueName(t *locale.Catalogue, f index.Field, value string) (string, bool) {
	switch {
	case f == index.FieldLanguage:
		return t.Language(value), true
	case f == index.FieldQuality && t.Has("state."+value):
		return text(t, "state."+value), true
	case f == index.FieldFormat:
		return formatText(value), true
	case f == index.FieldYear && value == index.NoDate:
		return text(t, "facet.no_date"), true
	}
	return "", false
}

func known(f index.Field) bool { return slices.Contains(valueFields, f) }

// schemeOf is the scheme of the concepts in a field; empty where it has none.
func schemeOf(f index.Field) string {
	switch {
	case slices.Contains(index.CountryFields, f):
		return string(index.FieldCountry)
	case slices.Contains(schemes, string(f)):
		return string(f)
	}
	return ""
}

// roleLinks lead to the countries in each part, with all that is ticked kept.
func roleLinks(a *asked, l corpus.Lang) []roleLink {
	shown := cmp.Or(a.Role, index.FieldCountry)
	return list(search.Roles, func(r search.Role) roleLink {
		u := "/" + string(l) + "/search" + a.with(func(b *asked) { b.Role = r.Field }).encode() + "#countries"
		return roleLink{"role." + r.Name, u, r.Field == shown}
	})
}

// alsoAsked are the parameters of the search that no facet shown has: countries in
// other parts.
func alsoAsked(a *asked) []pair {
	var ps []pair
	shown := cmp.Or(a.Role, index.FieldCountry)
	for _, f := range index.CountryFields {
		if f == shown {
			continue
		}
		for _, v := range a.Values[f] {
			ps = append(ps, pair{string(f), v})
		}
		for _, v := range a.Without[f] {
			ps = append(ps, pair{notParam(f), v})
		}
		if slices.Contains(a.Every, f) {
			ps = append(ps, pair{"all", string(f)})
		}
	}
	if name := roleName(a.Role); name != "" {
		ps = append(ps, pair{"role", name})
	}
	return ps
}

// newestFirst orders years, which are looked for by time and not by number of
// works; documents without a date come first, where they are seen.
func newestFirst(years []search.Bucket) []search.Bucket {
	years = slices.Clone(years)
	slices.SortStableFunc(years, func(a, b search.Bucket) int {
		none := func(b search.Bucket) int {
			if b.ID == index.NoDate {
				return 0
			}
			return 1
		}
		return cmp.Or(none(a)-none(b), cmp.Compare(b.ID, a.ID))
	})
	return years
}
