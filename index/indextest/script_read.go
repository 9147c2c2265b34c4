package indextest

import (
	"bufio"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"marsa/corpus"
	"marsa/index"
)

func parseScript(text string) (*script, error) {
	p := &scriptParser{}
	lines := bufio.NewScanner(strings.NewReader(text))
	for n := 1; lines.Scan(); n++ {
		if err := p.parse(n, unescape(lines.Text())); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
	}
	for _, e := range p.entries {
		e.NumPages = len(e.Pages)
		e.Rev = e.Revision()
	}
	return &p.script, lines.Err()
}

type scriptParser struct {
	script
	text *string // of the page, abstract or note that indented lines belong to
}

func (p *scriptParser) parse(n int, line string) error {
	if p.text != nil && strings.HasPrefix(line, "  ") {
		if *p.text != "" {
			*p.text += "\n"
		}
		*p.text += strings.TrimSpace(line)
		return nil
	}
	p.text = nil
	line = strings.TrimSpace(line)
	if line == "" || strings.HasPrefix(line, "#") {
		return nil
	}
	if rest, ok := strings.CutPrefix(line, "query"); ok {
		return p.query(n, strings.TrimSpace(rest))
	}
	words := split(line)
	switch words[0] {
	case "doc":
		return p.doc(words[1:])
	case "page":
		return p.page(words[1:])
	case "abstract":
		return p.abstract(words[1:])
	case "note":
		return p.note(words[1:])
	}
	return p.detail(n, words[0], words[1:])
}

func (p *scriptParser) entry() *corpus.Entry { return p.entries[len(p.entries)-1] }

func (p *scriptParser) doc(words []string) error {
	if len(p.asked) > 0 || len(words) == 0 {
		return fmt.Errorf("a document needs a name and stands before queries")
	}
	e := &corpus.Entry{Document: corpus.Document{ID: corpus.ID(words[0]), Work: corpus.ID(words[0]), Lang: "en"}}
	for _, w := range words[1:] {
		key, value, _ := strings.Cut(w, "=")
		if err := setField(e, key, value); err != nil {
			return err
		}
	}
	e.Languages = []corpus.Lang{e.Lang}
	p.entries = append(p.entries, e)
	return nil
}

func setField(e *corpus.Entry, key, value string) error {
	tag := func(scheme string, role corpus.Role) {
		for _, v := range strings.Split(value, ",") {
			e.Tags = append(e.Tags, corpus.Tag{Concept: corpus.ConceptID(scheme + v), Role: role, Weight: 1})
		}
	}
	switch key {
	case "work":
		e.Work = corpus.ID(value)
	case "lang":
		e.Lang = corpus.Lang(value)
	case "title":
		e.Title = value
	case "issued":
		e.Issued = corpus.Date(value)
	case "kind":
		e.Kind = corpus.Kind(value)
	case "publisher":
		e.Publisher = value
	case "author":
		e.Authors = strings.Split(value, ",")
	case "quality":
		e.State = corpus.State(value)
	case "country":
		tag("country/", corpus.About)
	case "mentions":
		tag("country/", corpus.Mentions)
	case "origin", "transit", "destination", "published-by":
		tag("country/", corpus.Role(key))
	case "topic":
		tag("topic/", corpus.About)
	default:
		return fmt.Errorf("no key %q", key)
	}
	return nil
}

func (p *scriptParser) page(words []string) error {
	if len(p.entries) == 0 {
		return fmt.Errorf("a page needs a document")
	}
	e := p.entry()
	page := corpus.Page{Number: len(e.Pages) + 1, Lang: e.Lang, Quality: corpus.Quality{State: corpus.Complete}}
	if len(words) > 0 {
		page.Lang = corpus.Lang(words[0])
	}
	if len(words) > 1 {
		page.Quality.State = corpus.State(words[1])
	}
	if !slices.Contains(e.Languages, page.Lang) {
		e.Languages = append(e.Languages, page.Lang)
	}
	e.Pages = append(e.Pages, page)
	p.text = &e.Pages[len(e.Pages)-1].Text
	return nil
}

func (p *scriptParser) abstract(words []string) error {
	if len(p.entries) == 0 || len(words) == 0 {
		return fmt.Errorf("an abstract needs a document and a language")
	}
	e := p.entry()
	a := corpus.Abstract{Lang: corpus.Lang(words[0])}
	if len(words) > 1 {
		a.Title = words[1]
	}
	e.Abstracts = append(e.Abstracts, a)
	p.text = &e.Abstracts[len(e.Abstracts)-1].Text
	return nil
}

func (p *scriptParser) note(words []string) error {
	if len(p.entries) == 0 || len(words) != 2 {
		return fmt.Errorf("a note needs a document, a page and a language")
	}
	page, err := strconv.Atoi(words[0])
	if err != nil {
		return err
	}
	e := p.entry()
	e.Notes = append(e.Notes, corpus.PageNote{Page: page, Lang: corpus.Lang(words[1])})
	p.text = &e.Notes[len(e.Notes)-1].Text
	return nil
}

func (p *scriptParser) query(n int, text string) error {
	a := &asked{line: n, text: text, query: index.Query{Limit: index.MaxLimit, Pages: 20, Explain: true}}
	if text != "" {
		cs, rest, err := parseClauses(split(spaced(text)), "")
		if err != nil || len(rest) > 0 {
			return fmt.Errorf("query %q: %v, rest %q", text, err, rest)
		}
		a.query.Match = index.All(cs)
	}
	p.asked = append(p.asked, a)
	return nil
}

func (p *scriptParser) detail(n int, kind string, words []string) error {
	if len(p.asked) == 0 || len(words) == 0 {
		return fmt.Errorf("%s needs a query before it and something after it", kind)
	}
	a := p.asked[len(p.asked)-1]
	q := &a.query
	switch kind {
	case "want":
		w := want{line: n, kind: words[0], fields: []string{}}
		for _, f := range words[1:] {
			w.fields = append(w.fields, strings.Trim(f, `"`))
		}
		a.wants = append(a.wants, w)
		return nil
	case "prefer":
		for _, w := range words {
			q.Prefer = append(q.Prefer, corpus.Lang(w))
		}
	case "sort":
		q.Sort = index.Sort(words[0])
	case "filter":
		q.Filters = append(q.Filters, index.Filter{Field: index.Field(words[0]), Values: words[1:]})
	case "without":
		q.Filters = append(q.Filters, index.Filter{Field: index.Field(words[0]), Values: words[1:], Not: true})
	case "years":
		from, _ := strconv.Atoi(words[0])
		to, _ := strconv.Atoi(words[1])
		q.Filters = append(q.Filters, index.Filter{Field: index.FieldYear, From: from, To: to})
	case "facet":
		q.Facets = append(q.Facets, index.FacetRequest{Field: index.Field(words[0]), Broader: map[string][]string{}})
	case "broader":
		q.Facets[len(q.Facets)-1].Broader[words[0]] = words[1:]
	case "always":
		q.Facets[len(q.Facets)-1].Always = words
	default:
		return fmt.Errorf("no line %q", kind)
	}
	return nil
}

var escape = regexp.MustCompile(`\\u[0-9a-fA-F]{4}`)

func unescape(s string) string {
	return escape.ReplaceAllStringFunc(s, func(e string) string {
		n, err := strconv.ParseUint(e[2:], 16, 32)
		if err != nil { // the expression lets only hexadecimal digits through
			return e
		}
		return string(rune(n))
	})
}

var field = regexp.MustCompile(`(?:[^\s'"=]+=)?'[^']*'|(?:title:|author:|publisher:)?"[^"]*"(?:~\d+)?|\S+`)

// split cuts a line at spaces outside quotes, and takes single quotes off.
func split(line string) []string {
	var out []string
	for _, w := range field.FindAllString(line, -1) {
		if strings.HasSuffix(w, "'") && (strings.HasPrefix(w, "'") || strings.Contains(w, "='")) {
			w = strings.TrimSuffix(strings.Replace(w, "'", "", 1), "'")
		}
		out = append(out, w)
	}
	return out
}
