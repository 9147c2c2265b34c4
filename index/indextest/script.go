package indextest

import (
	"bufio"
	"embed"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
	"marsa/index"
)

// Scripts are files of lines. A line that begins with # says why; empty lines
// part. What comes before the first query is put into the index.
//
//	doc ID KEY=VALUE…     a document: work, lang, title, issued, kind, author, publisher;
//	                      country, topic, mentions, origin, transit, destination, published-by may be
//	                      lists with commas
//	page [LANG] [STATE]   its next page; the lines after it, indented, are its text
//	query CLAUSE…         what is asked: see parseClauses
//	prefer LANG…  sort ORDER  filter FIELD VALUE…  years FROM TO  facet FIELD
//	broader NARROW BROAD…  always VALUE…            of the facet above
//	want total N | partial N | documents N | missing WORD… | cut WORD…
//	want hits WORK…       in this order; ~WORK has only some of the words
//	want shown DOC…       the version shown of each hit
//	want versions WORK DOC…
//	want pages WORK N…    the pages of a hit, best first
//	want matching WORK N
//	want lacks WORK WORD…  what a hit does not have
//	want why WORK WORD=TIMES…  what counts for a hit: +WORD stands in the title too,
//	                      ~WORD is a label of a concept, /N at the end is the documents that have it
//	want spans WORK N TEXT…  the marked places of a page, in order
//	want buckets FIELD VALUE=N…
//
// Values with spaces stand in single quotes, or in double ones after want; \uXXXX is a character that would
// not be seen.
//
//go:embed testdata/*.txt
var scripts embed.FS

type script struct {
	entries []*corpus.Entry
	asked   []*asked
}

type asked struct {
	line  int
	text  string
	query index.Query
	wants []want
}

type want struct {
	line   int
	kind   string
	fields []string
}

func runScripts(t *testing.T, open func(t *testing.T) index.Engine) {
	names, err := fs.Glob(scripts, "testdata/*.txt")
	if err != nil || len(names) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(strings.TrimPrefix(name, "testdata/"), ".txt"), func(t *testing.T) {
			data, err := scripts.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			s, err := parseScript(string(data))
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			s.run(t, name, open(t))
		})
	}
}

func (s *script) run(t *testing.T, name string, e index.Engine) {
	put(t, e, s.entries...)
	texts := map[corpus.ID]*corpus.Entry{}
	for _, entry := range s.entries {
		texts[entry.ID] = entry
	}
	for _, a := range s.asked {
		r := search(t, e, &a.query)
		for _, w := range a.wants {
			got := answer(r, w, texts)
			if d := cmp.Diff(w.fields, got); d != "" {
				t.Errorf("%s:%d: query %s (line %d): want %s (-want +got):\n%s", name, w.line, a.text, a.line, w.kind, d)
			}
		}
	}
}

// answer says what came back in the form of the line that wants it.
func answer(r *index.Result, w want, entries map[corpus.ID]*corpus.Entry) []string {
	switch w.kind {
	case "total":
		return []string{strconv.Itoa(r.Total)}
	case "partial":
		return []string{strconv.Itoa(r.Partial)}
	case "documents":
		return []string{strconv.Itoa(r.Documents)}
	case "missing":
		return append([]string{}, r.Missing...)
	case "cut":
		return append([]string{}, r.Cut...)
	case "hits":
		return hitNames(r)
	case "shown":
		out := []string{}
		for _, id := range shown(r) {
			out = append(out, string(id))
		}
		return out
	case "buckets":
		return bucketNames(r, w.fields[0])
	}
	return hitAnswer(r, w, entries)
}

func hitNames(r *index.Result) []string {
	out := []string{}
	for _, h := range r.Hits {
		if h.Partial {
			out = append(out, "~"+string(h.Work))
		} else {
			out = append(out, string(h.Work))
		}
	}
	return out
}

func bucketNames(r *index.Result, field string) []string {
	out := []string{field}
	for _, b := range r.Facets[index.Field(field)] {
		out = append(out, fmt.Sprintf("%s=%d", b.Value, b.Count))
	}
	return out
}

// hitAnswer answers about the hit of the work that is the first field.
func hitAnswer(r *index.Result, w want, entries map[corpus.ID]*corpus.Entry) []string {
	out := w.fields[:1:1]
	i := slices.IndexFunc(r.Hits, func(h index.Hit) bool { return string(h.Work) == w.fields[0] })
	if i < 0 {
		return []string{"no such hit"}
	}
	h := r.Hits[i]
	switch w.kind {
	case "versions":
		for _, d := range h.Documents {
			out = append(out, string(d))
		}
	case "pages":
		for _, p := range h.Pages {
			out = append(out, strconv.Itoa(p.Number))
		}
	case "lacks":
		out = append(out, h.Lacks...)
	case "why":
		for _, y := range h.Why {
			sign := ""
			if y.Label {
				sign += "~"
			}
			if y.Title {
				sign += "+"
			}
			out = append(out, fmt.Sprintf("%s%s=%d/%d", sign, y.Word, y.Times, y.Documents))
		}
	case "matching":
		out = append(out, strconv.Itoa(h.MatchingPages))
	case "spans":
		return append(w.fields[:2:2], spanTexts(h, w.fields[1], entries)...)
	}
	return out
}

func spanTexts(h index.Hit, number string, entries map[corpus.ID]*corpus.Entry) []string {
	var out []string
	for _, p := range h.Pages {
		if strconv.Itoa(p.Number) != number {
			continue
		}
		for _, s := range p.Spans {
			out = append(out, pageText(entries[p.ID], s))
		}
	}
	return out
}

func pageText(e *corpus.Entry, s index.Match) string {
	for _, p := range e.Pages {
		if p.Number == s.Page && 0 <= s.Start && s.Start <= s.End && s.End <= len(p.Text) {
			return p.Text[s.Start:s.End]
		}
	}
	return fmt.Sprintf("no place %+v", s)
}

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

type scriptParser struct {
	script
	inPage bool
}

func (p *scriptParser) parse(n int, line string) error {
	if p.inPage && strings.HasPrefix(line, "  ") {
		page := &p.entry().Pages[len(p.entry().Pages)-1]
		if page.Text != "" {
			page.Text += "\n"
		}
		page.Text += strings.TrimSpace(line)
		return nil
	}
	p.inPage = false
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
	p.inPage = true
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

// parseClauses reads words, "phrases", "near words"~5, prefix*, fuzzy~, -clause
// for Not, title:clause, author:clause and publisher:clause for In,
// only:FIELD=VALUE for Only, [ words = LANG:label… ] for Concept, ( a b ) for All
// and ( a | b ) for Any, up to the word end.
func parseClauses(words []string, end string) (cs []index.Clause, rest []string, err error) {
	cs = []index.Clause{}
	for len(words) > 0 && words[0] != end && words[0] != "|" {
		var c index.Clause
		if c, words, err = parseClause(words); err != nil {
			return nil, nil, err
		}
		cs = append(cs, c)
	}
	return cs, words, nil
}

func parseClause(words []string) (index.Clause, []string, error) {
	w := words[0]
	switch {
	case w == "-":
		if len(words) < 2 {
			return nil, nil, fmt.Errorf("- without a clause")
		}
		c, rest, err := parseClause(words[1:])
		return index.Not{Clause: c}, rest, err
	case w == "(":
		return parseGroup(words[1:])
	case w == "[":
		return parseConcept(words[1:])
	case fielded.MatchString(w):
		name, rest, _ := strings.Cut(w, ":")
		if name == "only" {
			f, value, _ := strings.Cut(rest, "=")
			return index.Only{Filter: index.Filter{Field: index.Field(f), Values: []string{value}}}, words[1:], nil
		}
		c, after, err := parseClause(append([]string{rest}, words[1:]...))
		return index.In{Field: index.TextField(name), Clause: c}, after, err
	case near.MatchString(w):
		m := near.FindStringSubmatch(w)
		n, err := strconv.Atoi(m[2])
		return index.Near{Text: m[1], Within: n}, words[1:], err
	case len(w) > 1 && strings.HasSuffix(w, "*"):
		return index.Prefix{Text: strings.TrimSuffix(w, "*")}, words[1:], nil
	case len(w) > 1 && strings.HasSuffix(w, "~"):
		return index.Fuzzy{Text: strings.TrimSuffix(w, "~")}, words[1:], nil
	case strings.HasPrefix(w, `"`):
		return index.Phrase{Text: strings.Trim(w, `"`)}, words[1:], nil
	}
	return index.Word{Text: w}, words[1:], nil
}

var (
	fielded = regexp.MustCompile(`^(title|author|publisher|only):.`)
	near    = regexp.MustCompile(`^"([^"]*)"~(\d+)$`)
)

func parseGroup(words []string) (index.Clause, []string, error) {
	var any index.Any
	for {
		cs, rest, err := parseClauses(words, ")")
		if err != nil || len(rest) == 0 {
			return nil, nil, fmt.Errorf("group is not closed: %v", err)
		}
		all := index.All(cs)
		if rest[0] == ")" && any == nil {
			return all, rest[1:], nil
		}
		if len(cs) == 1 {
			any = append(any, cs[0])
		} else {
			any = append(any, all)
		}
		if rest[0] == ")" {
			return any, rest[1:], nil
		}
		words = rest[1:]
	}
}

func parseConcept(words []string) (index.Clause, []string, error) {
	var c index.Concept
	labels := false
	for i, w := range words {
		lang, text, _ := strings.Cut(w, ":")
		switch {
		case w == "]":
			return c, words[i+1:], nil
		case w == "=":
			labels = true
		case labels:
			c.Labels = append(c.Labels, index.Label{Text: text, Lang: corpus.Lang(lang)})
		default:
			c.Words = append(c.Words, index.Word{Text: w})
		}
	}
	return nil, nil, fmt.Errorf("concept is not closed")
}

var signs = regexp.MustCompile(`'[^']*'|(?:title:|author:|publisher:)?"[^"]*"(?:~\d+)?|[()|]|(?:^|[ (])-`)

// spaced puts spaces around the signs of a query.
func spaced(s string) string {
	return signs.ReplaceAllStringFunc(s, func(m string) string {
		if strings.Contains(m, `"`) || strings.HasPrefix(m, "'") {
			return m
		}
		if m[0] == '(' && len(m) > 1 {
			return " ( - "
		}
		return " " + strings.TrimSpace(m) + " "
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
