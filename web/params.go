package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"marsa/corpus"
	"marsa/index"
	"marsa/internal/search"
	"marsa/web/locale"
)

// Limits of what an address may carry.
const (
	maxQuery = 32 << 10 // bytes of all parameters together
	maxValue = 300      // bytes of a ticked value
	maxID    = 200      // bytes of a document's ID
)

// facetFields are the fields whose values are counted, in the order in which
// facets are shown.
var facetFields = []index.Field{
	index.FieldCountry, index.FieldTopic, index.FieldKind, index.FieldLanguage, index.FieldYear, index.FieldPublisher, index.FieldFormat, index.FieldQuality,
}

// roleFields are the fields of countries by their part in a document other than
// being what it is about. The facet of countries counts one of index.CountryFields.
var roleFields = index.CountryFields[1:]

// valueFields are the parameters that may be given many times: what is counted,
// and countries by their part.
var valueFields = slices.Insert(slices.Clone(facetFields), 1, roleFields...)

// leaveOutFields are the fields whose values may be left out, each by the
// parameter that notParam names.
var leaveOutFields = valueFields

// everyFields are the fields of which a document can have several values, so that
// all of those ticked can be asked for, by the parameter all.
var everyFields = slices.Concat(index.CountryFields, []index.Field{index.FieldTopic, index.FieldLanguage})

func notParam(f index.Field) string { return "not_" + string(f) }

// asked is a search as an address carries it.
type asked struct {
	Text     string
	Plain    bool        // no labels of concepts are searched
	No       []string    // labels that are not searched
	Explain  bool        // hits say why they are found; links do not carry it on
	Role     index.Field // by which countries are counted; empty is index.FieldCountry
	Values   map[index.Field][]string
	Without  map[index.Field][]string
	Every    []index.Field // of which all ticked values are wanted
	From, To int
	Sort     index.Sort
	Page     int // 1 is the first
	// Only programs give these.
	Offset, Limit int
	Lang          corpus.Lang
}

// readAsked reads the parameters of a search. Parameters that it does not know
// are passed over, so that links with additions of others keep working.
func readAsked(rawQuery string) (*asked, error) {
	v, err := readQuery(rawQuery)
	if err != nil {
		return nil, err
	}
	p := params{v: v}
	a := &asked{
		Text:   strings.TrimSpace(p.one("q", "")),
		Values: map[index.Field][]string{}, Without: map[index.Field][]string{},
		From:    p.number("year_from", 1000, 2999, 0),
		To:      p.number("year_to", 1000, 2999, 0),
		Page:    p.number("page", 1, index.MaxOffset/search.DefaultLimit+1, 1),
		Limit:   p.number("limit", 1, index.MaxLimit, search.DefaultLimit),
		Lang:    corpus.Lang(p.choice("lang", locale.Languages()...)),
		Plain:   p.choice("expand", "on", "off") == "off",
		Explain: p.choice("explain", "1") == "1",
	}
	if role := p.choice("role", search.RoleNames()...); role != "" && role != search.Roles[0].Name {
		a.Role, _ = search.RoleField(role)
	}
	p.labels(a)
	a.Sort = sorts[p.choice("sort", "relevance", "date", "title")]
	a.Offset = p.number("offset", 0, index.MaxOffset, -1)
	if a.Offset >= 0 && v.Has("page") {
		p.fail("page", "error.param_both", "other", "offset")
	}
	if a.Offset < 0 {
		a.Offset = (a.Page - 1) * a.Limit
	}
	if len(a.Text) > search.MaxText {
		p.fail("q", "error.text_too_long", "limit", search.MaxText)
	}
	if a.From != 0 && a.To != 0 && a.From > a.To {
		p.fail("year_from", "error.years")
	}
	if a.Offset > index.MaxOffset {
		p.fail("page", "error.param_range", "min", 1, "max", index.MaxOffset/a.Limit+1)
	}
	p.values(a)
	return a, p.err
}

// sorts are the orders by the name that an address has for them.
var sorts = map[string]index.Sort{
	"": index.ByRelevance, "relevance": index.ByRelevance, "date": index.ByNewest, "title": index.ByTitle,
}

func readQuery(raw string) (url.Values, error) {
	if len(raw) > maxQuery {
		return nil, &fault{status: http.StatusBadRequest, key: "error.address_too_long"}
	}
	v, err := url.ParseQuery(raw)
	if err != nil {
		return nil, &fault{status: http.StatusBadRequest, key: "error.address_broken", err: err}
	}
	for _, vs := range v {
		for _, s := range vs {
			if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
				return nil, &fault{status: http.StatusBadRequest, key: "error.not_text"}
			}
		}
	}
	return v, nil
}

// params reads parameters and keeps the first error.
type params struct {
	v   url.Values
	err error
}

func (p *params) fail(name, key string, args ...any) {
	if p.err == nil {
		p.err = &fault{
			status: http.StatusBadRequest, key: key, param: name,
			args: append([]any{"param", name}, args...),
		}
	}
}

// one returns the value of a parameter that may be given once.
func (p *params) one(name, otherwise string) string {
	vs := p.v[name]
	switch {
	case len(vs) > 1:
		p.fail(name, "error.param_twice")
	case len(vs) == 1 && vs[0] != "":
		return vs[0]
	}
	return otherwise
}

func (p *params) number(name string, low, high, otherwise int) int {
	s := strings.TrimSpace(p.one(name, ""))
	if s == "" { // forms send fields that nobody filled
		return otherwise
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < low || n > high {
		p.fail(name, "error.param_range", "min", strconv.Itoa(low), "max", strconv.Itoa(high))
		return otherwise
	}
	return n
}

func (p *params) choice(name string, allowed ...string) string {
	s := p.one(name, "")
	if s != "" && !slices.Contains(allowed, s) {
		p.fail(name, "error.param_choice", "values", strings.Join(allowed, ", "))
		return ""
	}
	return s
}

// values reads the ticked values, each once.
func (p *params) values(a *asked) {
	n := 0
	for _, f := range valueFields {
		p.ticked(string(f), f, a.Values, &n)
	}
	for _, f := range leaveOutFields {
		p.ticked(notParam(f), f, a.Without, &n)
	}
	p.every(a)
}

// labels reads the labels that are not to be searched.
func (p *params) labels(a *asked) {
	for _, s := range p.v["no"] {
		switch {
		case s == "" || slices.Contains(a.No, s):
			continue
		case len(s) > maxValue:
			p.fail("no", "error.value_too_long", "limit", maxValue)
			return
		case len(a.No) == search.MaxNo:
			p.fail("no", "error.too_many_values", "limit", search.MaxNo)
			return
		}
		a.No = append(a.No, s)
	}
}

// every reads of which fields all ticked values are wanted.
func (p *params) every(a *asked) {
	for _, name := range p.v["all"] {
		f := index.Field(name)
		if !slices.Contains(everyFields, f) {
			p.fail("all", "error.param_choice", "values", strings.Join(list(everyFields, func(f index.Field) string { return string(f) }), ", "))
			return
		}
		if !slices.Contains(a.Every, f) {
			a.Every = append(a.Every, f)
		}
	}
}

func (p *params) ticked(name string, f index.Field, values map[index.Field][]string, n *int) {
	for _, s := range p.v[name] {
		switch {
		case s == "" || slices.Contains(values[f], s):
			continue
		case len(s) > maxValue:
			p.fail(name, "error.value_too_long", "limit", maxValue)
			return
		case *n == search.MaxValues:
			p.fail(name, "error.too_many_values", "limit", search.MaxValues)
			return
		}
		values[f] = append(values[f], s)
		*n++
	}
}

// request is what the reader of a language asks the library.
func (a *asked) request(l corpus.Lang) search.Request {
	return search.Request{
		Text: a.Text, Explain: a.Explain, Plain: a.Plain, No: a.No, Lang: l, Role: a.Role, Values: a.Values, Without: a.Without, All: a.Every, From: a.From, To: a.To, Sort: a.Sort,
		Offset: a.Offset, Limit: a.Limit,
	}
}

// narrowed says whether anything but the text narrows the search.
func (a *asked) narrowed() bool {
	return len(a.Values) > 0 || len(a.Without) > 0 || a.From != 0 || a.To != 0
}

// encode writes the search as parameters, always in the same order, so that the
// same search has one address. It begins with "?", or is empty.
func (a *asked) encode() string {
	var b strings.Builder
	add := func(name, value string) {
		if value == "" {
			return
		}
		sep := byte('&')
		if b.Len() == 0 {
			sep = '?'
		}
		b.WriteByte(sep)
		b.WriteString(name)
		b.WriteByte('=')
		b.WriteString(url.QueryEscape(value))
	}
	add("q", a.Text)
	if a.Plain {
		add("expand", "off")
	}
	for _, label := range a.No {
		add("no", label)
	}
	for _, f := range valueFields {
		for _, v := range a.Values[f] {
			add(string(f), v)
		}
	}
	for _, f := range leaveOutFields {
		for _, v := range a.Without[f] {
			add(notParam(f), v)
		}
	}
	for _, f := range a.Every {
		add("all", string(f))
	}
	add("role", roleName(a.Role))
	add("year_from", year(a.From))
	add("year_to", year(a.To))
	add("sort", string(a.Sort))
	if a.Page > 1 {
		add("page", strconv.Itoa(a.Page))
	}
	return b.String()
}

// roleName is the parameter of a role that countries are counted by; empty for the
// usual one.
func roleName(f index.Field) string {
	for _, r := range search.Roles[1:] {
		if r.Field == f {
			return r.Name
		}
	}
	return ""
}

// encodeWith is encode with one more parameter.
func (a *asked) encodeWith(name, value string) string {
	q := a.encode()
	if q == "" {
		return "?" + name + "=" + url.QueryEscape(value)
	}
	return q + "&" + name + "=" + url.QueryEscape(value)
}

func year(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// with returns a copy on its first page, changed by change.
func (a *asked) with(change func(*asked)) *asked {
	b := *a
	b.Page = 1
	b.Values, b.Without, b.Every = cloned(a.Values), cloned(a.Without), slices.Clone(a.Every)
	change(&b)
	return &b
}

func cloned(values map[index.Field][]string) map[index.Field][]string {
	c := make(map[index.Field][]string, len(values))
	for f, vs := range values {
		c[f] = slices.Clone(vs)
	}
	return c
}

func (a *asked) without(f index.Field, value string) *asked {
	return a.with(func(b *asked) { untick(b.Values, f, value) })
}

func untick(values map[index.Field][]string, f index.Field, value string) {
	values[f] = slices.DeleteFunc(values[f], func(v string) bool { return v == value })
	if len(values[f]) == 0 {
		delete(values, f)
	}
}

// readID checks the form of a document's ID before anything is asked about it.
func readID(s string) (corpus.ID, error) {
	if s == "" || len(s) > maxID || strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		return "", &fault{status: http.StatusNotFound, key: "error.no_document"}
	}
	return corpus.ID(s), nil
}
