package web

import (
	"context"
	"net/http"
	"regexp"
	"strings"

	"github.com/gin-gonic/gin"

	"marsa/corpus"
	"marsa/corpus/vocab"
	"marsa/index"
	"marsa/internal/search"
)

// conceptView is what the page of a concept shows.
type conceptView struct {
	layout
	ID          corpus.ConceptID
	Scheme      string // key of its name
	Name        label
	Path        []link // from the top of the tree
	List        string // address of the whole vocabulary
	Definitions []sourcedText
	Scope       []sourcedText
	Notes       []sourcedText
	Labels      []labelRow
	AnyMarked   bool
	Narrower    []choice
	Broader     []choice
	Related     []choice
	Exact       []string
	Close       []string
	Codes       []string
	Source      string
	Works       int
	Shown       []workLink
	All         string   // address of a search for its works; empty where there are none
	Naming      string   // address of a search for works that only name the country
	Parts       []choice // searches for works in which the country has another part
	Turtle      string
	JSONLD      string
}

// sourcedText is a text on a concept with who says so.
type sourcedText struct {
	label
	Sources   []sourceRef
	Editorial bool
}

// sourceRef is a source that may have an address.
type sourceRef struct{ Text, URL string }

// labelRow is the labels of a concept in one language.
type labelRow struct {
	Lang   corpus.Lang
	Pref   string
	Marked bool // no source was found for it
	Alt    []string
	Hidden []string
}

type link struct {
	label
	URL string
}

type workLink struct {
	label
	URL    string
	Issued corpus.Date
	Kind   label
}

// schemeKeys are the texts that name the schemes.
var schemeKeys = map[string]string{
	"country": "concept.scheme_country", "topic": "concept.scheme_topic", "kind": "concept.scheme_kind",
}

// shownWorks is how many works the page of a concept names.
const shownWorks = 5

func (s *server) concept(c *gin.Context) error {
	l := langOf(c)
	concept, err := s.readConcept(c.Param("scheme"), c.Param("name"))
	if err != nil {
		return err
	}
	if _, err := readQuery(c.Request.URL.RawQuery); err != nil {
		return err
	}
	resp, err := s.Search.Search(c.Request.Context(), conceptRequest(concept, l))
	if err != nil {
		return err
	}
	v := s.conceptView(concept, resp, l)
	if v.Parts, err = s.parts(c.Request.Context(), concept, l); err != nil {
		return err
	}
	v.layout = s.layout(c, l, "concept", v.Name.Text)
	return s.render(c, http.StatusOK, v)
}

// readConcept finds the concept of an address.
func (s *server) readConcept(scheme, name string) (*vocab.Concept, error) {
	if concept, ok := s.Vocabulary.Concept(corpus.ConceptID(scheme + "/" + name)); ok {
		return concept, nil
	}
	return nil, &fault{status: http.StatusNotFound, key: "error.no_concept"}
}

// conceptRequest asks for the works that are tagged with a concept.
func conceptRequest(c *vocab.Concept, l corpus.Lang) search.Request {
	return search.Request{
		Lang: l, Limit: shownWorks, Sort: index.ByNewest,
		Values: map[index.Field][]string{index.Field(c.Scheme()): {c.Name()}},
	}
}

func conceptURL(base string, l corpus.Lang, id corpus.ConceptID) string {
	u := base + "/concept/" + string(id)
	if l != "" {
		u = base + "/" + string(l) + "/concept/" + string(id)
	}
	return u
}

func (s *server) conceptView(c *vocab.Concept, r *search.Response, l corpus.Lang) *conceptView {
	n := treeCounts(r)
	v := &conceptView{
		ID: c.ID, Scheme: schemeKeys[c.Scheme()], Name: s.conceptLabel(c.ID, l),
		List:        "/" + string(l) + "/vocabulary#" + c.Scheme(),
		Definitions: noteTexts(c.Definitions, l), Scope: noteTexts(c.Scope, l), Notes: noteTexts(c.Notes, l),
		Broader: s.conceptChoices(c.Broader, n, l), Narrower: s.conceptChoices(c.Narrower, n, l), Related: s.conceptChoices(c.Related, n, l),
		Exact: c.Exact, Close: c.Close, Source: c.Source,
		Works: r.Total, Turtle: "/api/v1/concepts/" + string(c.ID) + ".ttl", JSONLD: "/api/v1/concepts/" + string(c.ID) + ".jsonld",
	}
	for _, code := range []string{c.Notation, c.ISO3} {
		if code != "" {
			v.Codes = append(v.Codes, code)
		}
	}
	for up := c.Broader; len(up) > 0; { // by the first of several parents
		v.Path = append([]link{{s.conceptLabel(up[0], l), conceptURL("", l, up[0])}}, v.Path...)
		parent, ok := s.Vocabulary.Concept(up[0])
		if !ok {
			break
		}
		up = parent.Broader
	}
	v.Labels, v.AnyMarked = labelRows(c)
	field := index.Field(c.Scheme())
	searchFor := func(f index.Field) string {
		a := asked{Values: map[index.Field][]string{f: {c.Name()}}}
		return "/" + string(l) + "/search" + a.encode()
	}
	if r.Total > 0 {
		v.All = searchFor(field)
	}
	if field == index.FieldCountry {
		v.Naming = searchFor(index.FieldMentions)
	}
	for _, h := range r.Hits {
		d := h.Document
		v.Shown = append(v.Shown, workLink{foreign(d.Title, d.Lang, l), documentURL("", l, d.ID, ""), d.Issued, s.kindLabel(d.Kind, l)})
	}
	return v
}

// parts lead to the works in which a country has another part than being what they
// are about, each with the number of works; parts that it has in none are left out.
func (s *server) parts(ctx context.Context, c *vocab.Concept, l corpus.Lang) ([]choice, error) {
	if index.Field(c.Scheme()) != index.FieldCountry {
		return nil, nil
	}
	var out []choice
	for _, r := range search.Roles[2:] {
		values := map[index.Field][]string{r.Field: {c.Name()}}
		resp, err := s.Search.Search(ctx, search.Request{Lang: l, Limit: 1, Values: values})
		if err != nil {
			return nil, err
		}
		if resp.Total > 0 {
			a := asked{Values: values}
			out = append(out, choice{label{Text: text(s.texts[l], "role."+r.Name)}, resp.Total, "/" + string(l) + "/search" + a.encode()})
		}
	}
	return out, nil
}

// labelRows are the labels by language, those of the pages first.
func labelRows(c *vocab.Concept) (rows []labelRow, marked bool) {
	for _, l := range c.Languages() {
		row := labelRow{l, c.Pref[l], c.Marked[l], c.Alt[l], c.Hidden[l]}
		rows = append(rows, row)
		marked = marked || row.Marked
	}
	return rows, marked
}

// treeCounts are the works by concept, as the facets count them.
func treeCounts(r *search.Response) map[corpus.ConceptID]int {
	n := map[corpus.ConceptID]int{}
	for f, values := range counts(r) {
		for v, count := range values {
			n[corpus.ConceptID(string(f)+"/"+v)] = count
		}
	}
	return n
}

// conceptChoices lead to the pages of concepts, each with its number of works.
func (s *server) conceptChoices(ids []corpus.ConceptID, n map[corpus.ConceptID]int, l corpus.Lang) []choice {
	return list(ids, func(id corpus.ConceptID) choice {
		return choice{s.conceptLabel(id, l), n[id], conceptURL("", l, id)}
	})
}

// noteTexts are the notes for a reader of language l.
func noteTexts(notes []vocab.Note, l corpus.Lang) []sourcedText {
	return list(vocab.In(notes, l), func(n vocab.Note) sourcedText {
		v := sourcedText{label: foreign(n.Text, n.Lang, l), Editorial: n.Source == vocab.Editorial}
		if !v.Editorial {
			v.Sources = sourceRefs(n.Source)
		}
		return v
	})
}

// sourcePart is a source of a note: its name, and its address between < and >.
var sourcePart = regexp.MustCompile(`^(.*?)\s*<(https?://[^<>\s]+)>$`)

func sourceRefs(source string) []sourceRef {
	var refs []sourceRef
	for part := range strings.SplitSeq(source, " | ") {
		if m := sourcePart.FindStringSubmatch(part); m != nil {
			refs = append(refs, sourceRef{m[1], m[2]})
		} else if part != "" {
			refs = append(refs, sourceRef{Text: part})
		}
	}
	return refs
}
