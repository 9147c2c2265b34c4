package web

import (
	"net"
	"net/http"
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"marsa/corpus"
	"marsa/internal/search"
)

// documentView is what the page of a document shows.
type documentView struct {
	layout
	Doc      *corpus.Document
	TitleIn  string         // the title in the reader's language; empty where it is the document's own or not known
	Abstract []abstractView // for the reader first
	Kind     label
	Citation citation
	Guessed  map[string]bool // fields of the record that were not given but worked out
	AnyGuess bool
	State    string    // key of a note on how it was read; empty when there is nothing to say
	Doubts   []runView // pages that are not complete
	Versions []versionView
	Tags     []tagGroup
	Outline  []outlineView
	Pages    []summaryView
	Origins  []originView // web addresses only
	Original string       // address; empty when there is no file
	Inline   bool         // a browser shows the original
	Thumb    string       // the picture of the first page; empty: there is none
	Back     string       // to the results
	Query    string
	Related  []relatedView // other publications that are like it
}

// citation is the parts of a reference to a document.
type citation struct {
	Authors   string
	Title     string
	Publisher string
	Issued    corpus.Date
	URL       string
}

type tagGroup struct {
	Key  string // of the heading
	Tags []tagRecordView
}

type tagRecordView struct {
	tagView
	Rule     string // key of the text that says why
	By       string // the person who gave it; empty for rules and records
	Same     string // key of the text of the link to works with the same tag
	Concept  string // address of the page on what is meant; empty: the vocabulary does not have it
	Evidence []sentenceView
}

type sentenceView struct {
	Page  int
	Label string
	Lang  corpus.Lang
	Parts []search.Part
	URL   string
}

type outlineView struct {
	Title string
	Level int
	Page  int
	URL   string
}

type summaryView struct {
	Number  int
	Label   string
	Lang    corpus.Lang
	Opening string
	InShort *inShortView
	Quality string // key of a note; empty when complete
	URL     string
}

type originView struct {
	Text string
	URL  string // empty for what is no web address
}

func (s *server) document(c *gin.Context) error {
	id, a, err := readDocumentAddress(c)
	if err != nil {
		return err
	}
	l := langOf(c)
	r, err := s.record(c, id, l)
	if err != nil {
		return err
	}
	v := s.documentView(c, r, a, l)
	if v.Related, err = s.relatedViews(c, id, l); err != nil {
		return err
	}
	v.layout = s.layout(c, l, "document", r.Document.Title)
	v.Search.Text = a.Text
	return s.render(c, http.StatusOK, v)
}

func (s *server) record(c *gin.Context, id corpus.ID, l corpus.Lang) (*search.Record, error) {
	r, err := s.Search.Record(c.Request.Context(), id, l)
	if err != nil {
		return nil, noDocument(err)
	}
	return r, nil
}

func (s *server) documentView(c *gin.Context, r *search.Record, a *asked, l corpus.Lang) *documentView {
	d := r.Document
	v := &documentView{
		Doc: d, TitleIn: titleIn(d, l), Abstract: abstractViews(d, l), Kind: s.kindLabel(d.Kind, l), Query: a.Text,
		Citation: citation{strings.Join(d.Authors, "; "), d.Title, d.Publisher, d.Issued, s.address(c, documentURL("", l, d.ID, ""))},
		Guessed:  map[string]bool{},
		State:    qualityKey(d.State), Doubts: doubts(s.texts[l], d.ID, r.Pages, l),
		Original: originalURL("", d.ID), Inline: mediaTypeOf(d) == typePDF,
		Back: backTo(a, l),
		Tags: s.tagGroups(r, a, l),
	}
	if s.Pictures != nil && s.Pictures.Has(d) {
		v.Thumb = pictureURL("", d.ID, 1, thumbWidth)
	}
	for f, from := range d.Source {
		v.Guessed[f] = from == corpus.FromGuess
		v.AnyGuess = v.AnyGuess || v.Guessed[f]
	}
	for _, o := range r.Versions {
		if o.ID != d.ID {
			v.Versions = append(v.Versions, versionView{o.Language, o.Title, documentURL("", l, o.ID, a.encode())})
		}
	}
	for _, h := range d.Outline {
		v.Outline = append(v.Outline, outlineView{h.Title, min(max(h.Level, 1), 4), h.Page, pageAddress(l, d.ID, h.Page, a)})
	}
	for _, p := range r.Pages {
		v.Pages = append(v.Pages, summaryView{p.Number, p.Label, p.Lang, p.Opening, inShort(d, p.Number, p.Lang, l), qualityKey(p.Quality.State), pageAddress(l, d.ID, p.Number, a)})
	}
	for _, o := range d.Origins {
		if from := originOf(o); from.URL != "" { // else it is the file, which the record names
			v.Origins = append(v.Origins, from)
		}
	}
	return v
}

// backTo leads to the results that a reader came from.
func backTo(a *asked, l corpus.Lang) string {
	params := a.encode()
	if params == "" {
		return ""
	}
	return "/" + string(l) + "/search" + params
}

// address is the whole address of a path, for citations. Without a base URL it
// goes by the Host header, which anyone may write what they like into: what is
// no host leaves the address relative.
func (s *server) address(c *gin.Context, path string) string {
	if s.BaseURL != "" {
		return s.BaseURL + path
	}
	if !isHost(c.Request.Host) {
		return path
	}
	scheme := "http://"
	if c.Request.TLS != nil {
		scheme = "https://"
	}
	return scheme + c.Request.Host + path
}

// isHost says whether s is a host name or an IP address, with or without a port.
func isHost(s string) bool {
	name := s
	if host, port, err := net.SplitHostPort(s); err == nil {
		if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
			return false
		}
		if name = host; strings.Contains(host, ":") {
			name = "[" + host + "]"
		}
	}
	if bare, ok := strings.CutPrefix(name, "["); ok {
		a, err := netip.ParseAddr(strings.TrimSuffix(bare, "]"))
		return err == nil && a.Is6() && a.Zone() == "" && strings.HasSuffix(bare, "]")
	}
	return len(name) <= maxHost && hostName.MatchString(name)
}

// maxHost is the length of the longest host name (RFC 1035).
const maxHost = 253

var hostName = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$`)

// markKey is the short name of how something was read; empty when it is complete.
func markKey(st corpus.State) string {
	if qualityKey(st) == "" {
		return ""
	}
	return "state." + string(st)
}

// qualityKey is the text that says how well something was read.
func qualityKey(st corpus.State) string {
	switch st {
	case corpus.Partial, corpus.Suspicious, corpus.Scan, corpus.OCR, corpus.Unreadable:
		return "quality." + string(st)
	}
	return ""
}

// originOf shows an origin; only web addresses become links, and where a file
// lay on the machine of whoever added it is nobody's business.
func originOf(o corpus.Origin) originView {
	if strings.HasPrefix(o.URL, "https://") || strings.HasPrefix(o.URL, "http://") {
		return originView{o.URL, o.URL}
	}
	if i := strings.LastIndexAny(o.URL, "/:"); i >= 0 {
		return originView{Text: o.URL[i+1:]}
	}
	return originView{Text: o.URL}
}

// tagGroups sorts the tags of a record by what they say.
func (s *server) tagGroups(r *search.Record, a *asked, l corpus.Lang) []tagGroup {
	groups := []tagGroup{
		{Key: "tags.country"}, {Key: "tags.origin"}, {Key: "tags.transit"}, {Key: "tags.destination"},
		{Key: "tags.topic"}, {Key: "tags.published-by"}, {Key: "tags.mentions"},
	}
	for _, t := range r.Tags {
		if t.State == corpus.Rejected {
			continue
		}
		key, same := "tags.topic", "tags.same"
		switch {
		case t.Role != corpus.About:
			key, same = "tags."+string(t.Role), same+"_"+string(t.Role)
		case strings.HasPrefix(string(t.Concept), "country/"):
			key = "tags.country"
		}
		g := slices.IndexFunc(groups, func(g tagGroup) bool { return g.Key == key })
		if g < 0 {
			continue // a role of a later version
		}
		v := tagRecordView{tagView: s.tagView(t.Tag, l), Rule: ruleKey(t.By), Same: same}
		if _, ok := s.Vocabulary.Concept(t.Concept); ok {
			v.Concept = conceptURL("", l, t.Concept)
		}
		if t.By != corpus.ByRule && t.By != corpus.ByRecord {
			v.By = t.By
		}
		for _, e := range t.Evidence {
			v.Evidence = append(v.Evidence, sentenceView{
				e.Page, e.Label, e.Language, e.Parts, pageURL("", l, r.Document.ID, e.Page, a.Text),
			})
		}
		groups[g].Tags = append(groups[g].Tags, v)
	}
	var filled []tagGroup
	for _, g := range groups {
		if len(g.Tags) > 0 {
			filled = append(filled, g)
		}
	}
	return filled
}

func ruleKey(by string) string {
	switch by {
	case corpus.ByRule:
		return "tags.by_rule"
	case corpus.ByRecord:
		return "tags.by_record"
	}
	return "tags.by_person"
}

// noDocument names what was not found.
func noDocument(err error) error {
	f := explain(err)
	if f.status == http.StatusNotFound {
		return &fault{status: f.status, key: "error.no_document", err: err}
	}
	return err
}
