package web

import (
	"cmp"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"marsa/corpus"
	"marsa/internal/search"
	"marsa/web/locale"
)

// apiVersion stands in every answer. Fields are added, never changed; another
// number would come with another address.
const apiVersion = 1

// SearchAnswer is the answer to a search, as the API and the command line print
// it. Lists are never null.
type SearchAnswer struct {
	Version   int                      `json:"version"`
	Total     int                      `json:"total"`
	Partial   int                      `json:"partial"`
	Mixed     bool                     `json:"mixed"`
	Documents int                      `json:"documents"`
	Offset    int                      `json:"offset"`
	Limit     int                      `json:"limit"`
	Query     QueryAnswer              `json:"query"`
	Hits      []HitAnswer              `json:"hits"`
	Facets    map[string][]ValueAnswer `json:"facets"`
}

// QueryAnswer says how a query was understood.
type QueryAnswer struct {
	Typed      string             `json:"typed"`
	Expansions []ExpansionAnswer  `json:"expansions"`
	Missing    []string           `json:"missing"`
	DidYouMean []SuggestionAnswer `json:"did_you_mean"` // one at most
	Offers     []OfferAnswer      `json:"offers"`
	Notes      []NoteAnswer       `json:"notes"`
}

// SuggestionAnswer is a query spelled otherwise, and what it finds.
type SuggestionAnswer struct {
	Query   string            `json:"query"`
	Total   int               `json:"total"`
	Partial int               `json:"partial"`
	Words   []RespelledAnswer `json:"words"`
}

// RespelledAnswer is a word that no document has and the one instead.
type RespelledAnswer struct {
	Typed     string      `json:"typed"`
	Word      string      `json:"word"`
	Documents int         `json:"documents"`
	Language  corpus.Lang `json:"language"`
}

// OfferAnswer is a filter that words of a query suggest.
type OfferAnswer struct {
	Field string `json:"field"`
	Value string `json:"value"`
	Label string `json:"label"`
	Count int    `json:"count"`
}

// ExpansionAnswer is a concept found in a query, or words that name none.
type ExpansionAnswer struct {
	Concept  corpus.ConceptID `json:"concept"`
	Typed    string           `json:"typed"`
	Labels   []string         `json:"labels"`
	Searched []LabelAnswer    `json:"searched"` // the labels with their languages
}

// LabelAnswer is a label of a concept.
type LabelAnswer struct {
	Label    string      `json:"label"`
	Language corpus.Lang `json:"language"`
}

// NoteAnswer is a remark on a query; At is a byte position in it.
type NoteAnswer struct {
	Key  string `json:"key"`
	At   int    `json:"at"`
	Arg  string `json:"arg"`
	Text string `json:"text"` // for a reader: what is wrong, and what to write instead
}

// HitAnswer is a work, shown as one of its versions.
type HitAnswer struct {
	ID            corpus.ID          `json:"id"`
	Work          corpus.ID          `json:"work"`
	Versions      []VersionAnswer    `json:"versions"`
	Title         string             `json:"title"`
	TitleIn       string             `json:"titleIn"` // in the language of the request, where it is not the document's own
	Kind          corpus.Kind        `json:"kind"`
	Languages     []corpus.Lang      `json:"languages"`
	Issued        corpus.Date        `json:"issued"`
	Guessed       []string           `json:"guessed"` // fields of the record that nobody gave
	Score         float64            `json:"score"`
	Partial       bool               `json:"partial"`
	Lacks         []string           `json:"lacks"` // of a partial hit: words that it does not have
	MatchingPages int                `json:"matchingPages"`
	Pages         []PageHitAnswer    `json:"pages"`
	Abstract      *AbstractHitAnswer `json:"abstract,omitempty"` // where an abstract answers better than the best page
	Tags          []TagAnswer        `json:"tags"`
	Why           []WhyAnswer        `json:"why,omitempty"` // only with explain
	URL           string             `json:"url"`
}

// WhyAnswer is a word of the query, or another name of what it means, that a work
// was found by.
type WhyAnswer struct {
	Word      string      `json:"word"`
	Language  corpus.Lang `json:"language"`
	Of        string      `json:"of"`
	Forms     []string    `json:"forms"`
	Title     bool        `json:"title"`
	Heading   bool        `json:"heading"`
	Tag       bool        `json:"tag"`
	Times     int         `json:"times"`
	Documents int         `json:"documents"`
	Share     int         `json:"share"`
}

// VersionAnswer is a document of a work.
type VersionAnswer struct {
	ID       corpus.ID   `json:"id"`
	Language corpus.Lang `json:"language"`
	Title    string      `json:"title"`
}

// AbstractHitAnswer is an abstract that matches.
type AbstractHitAnswer struct {
	Document corpus.ID    `json:"document"`
	Language corpus.Lang  `json:"language"`
	Excerpt  []PartAnswer `json:"excerpt"`
	URL      string       `json:"url"`
}

// PageHitAnswer is a page that matches.
type PageHitAnswer struct {
	Document corpus.ID    `json:"document"`
	Number   int          `json:"number"`
	Label    string       `json:"label"`
	Language corpus.Lang  `json:"language"`
	Quality  corpus.State `json:"quality"`
	Note     corpus.Lang  `json:"note,omitempty"` // the excerpt is from the note to the page in this language, which answers better
	Excerpt  []PartAnswer `json:"excerpt"`
	URL      string       `json:"url"`
}

// PartAnswer is a stretch of text; Hit marks a word of the query.
type PartAnswer struct {
	Text string `json:"text"`
	Hit  bool   `json:"hit"`
}

// TagAnswer is a tag of a document.
type TagAnswer struct {
	ID     corpus.ConceptID `json:"id"`
	Label  string           `json:"label"`
	Role   corpus.Role      `json:"role"`
	Weight float64          `json:"weight"`
	By     string           `json:"by"`
}

// ValueAnswer is a value of a facet.
type ValueAnswer struct {
	ID       string `json:"id"`
	Label    string `json:"label"`
	Count    int    `json:"count"`
	Selected bool   `json:"selected"`
}

// SearchJSON makes the answer to a search. The addresses of pages are those of
// the pages in l below base, the address of the server without a slash at its
// end; without base they are relative. Languages are named as the pages do.
func SearchJSON(r *search.Response, l corpus.Lang, base string) SearchAnswer {
	var t *locale.Catalogue
	if texts, err := locale.Load(); err == nil { // a test loads them
		t = texts[string(l)]
	}
	return searchJSON(r, t, l, base)
}

// searchJSON is SearchJSON with the names of languages and states from t; without
// it they are their codes.
func searchJSON(r *search.Response, t *locale.Catalogue, l corpus.Lang, base string) SearchAnswer {
	a := SearchAnswer{
		Version: apiVersion, Total: r.Total, Partial: r.Partial, Mixed: r.Mixed, Documents: r.Documents, Offset: r.Offset, Limit: r.Limit,
		Query: QueryAnswer{
			Typed:      r.Query.Typed,
			Expansions: list(r.Query.Expansions, expansionJSON),
			Missing:    filled(r.Query.Missing),
			DidYouMean: suggestionsJSON(r.Query.DidYouMean),
			Offers:     list(r.Query.Offers, func(o search.Offer) OfferAnswer { return OfferAnswer{string(o.Field), o.Value, o.Label, o.Count} }),
			Notes:      list(r.Query.Notes, func(n search.Note) NoteAnswer { return NoteAnswer{n.Key, n.At, n.Arg, noteText(t, n)} }),
		},
		Hits:   list(r.Hits, func(h search.Hit) HitAnswer { return hitJSON(h, r.Query.Typed, l, base) }),
		Facets: map[string][]ValueAnswer{},
	}
	for _, f := range r.Facets {
		byCount := slices.Clone(f.Buckets) // which are a tree
		slices.SortFunc(byCount, func(a, b search.Bucket) int { return cmp.Or(b.Count-a.Count, cmp.Compare(a.ID, b.ID)) })
		a.Facets[string(f.Field)] = list(byCount, func(b search.Bucket) ValueAnswer {
			if t != nil {
				if name, ok := valueName(t, f.Field, b.ID); ok {
					b.Label = name
				}
			}
			return ValueAnswer{b.ID, b.Label, b.Count, b.Selected}
		})
	}
	return a
}

func expansionJSON(e search.Expansion) ExpansionAnswer {
	return ExpansionAnswer{
		Concept: e.Concept, Typed: e.Typed,
		Labels:   list(e.Labels, func(l search.Label) string { return l.Text }),
		Searched: list(e.Labels, func(l search.Label) LabelAnswer { return LabelAnswer{l.Text, l.Lang} }),
	}
}

func suggestionsJSON(s *search.Suggestion) []SuggestionAnswer {
	if s == nil {
		return []SuggestionAnswer{}
	}
	return []SuggestionAnswer{{
		Query: s.Text, Total: s.Total, Partial: s.Partial,
		Words: list(s.Words, func(w search.Respelled) RespelledAnswer { return RespelledAnswer{w.Typed, w.Word, w.Documents, w.Lang} }),
	}}
}

func hitJSON(h search.Hit, typed string, l corpus.Lang, base string) HitAnswer {
	d := h.Document
	return HitAnswer{
		ID: d.ID, Work: d.Work, Title: d.Title, TitleIn: titleIn(d, l), Kind: d.Kind, Languages: filled(d.Languages), Issued: d.Issued, Guessed: guessed(d),
		Score: h.Score, Partial: h.Partial, Lacks: filled(h.Lacks), MatchingPages: h.MatchingPages,
		Versions: list(h.Versions, versionJSON),
		Pages: list(h.Pages, func(p search.PageHit) PageHitAnswer {
			return PageHitAnswer{
				Document: p.Document, Number: p.Number, Label: p.Label, Language: p.Language, Quality: p.Quality, Note: p.Note,
				Excerpt: list(p.Excerpt, partJSON), URL: pageURL(base, l, p.Document, p.Number, typed),
			}
		}),
		Abstract: abstractJSON(h.Abstract, l, base),
		Tags:     list(kept(h.Tags), tagJSON),
		Why: list(h.Why, func(y search.Why) WhyAnswer {
			y.Forms = filled(y.Forms)
			return WhyAnswer(y)
		}),
		URL: documentURL(base, l, d.ID, ""),
	}
}

func abstractJSON(h *search.AbstractHit, l corpus.Lang, base string) *AbstractHitAnswer {
	if h == nil {
		return nil
	}
	return &AbstractHitAnswer{
		Document: h.Document, Language: h.Language, Excerpt: list(h.Excerpt, partJSON),
		URL: documentURL(base, l, h.Document, "") + "#" + abstractAnchor(h.Language),
	}
}

// guessed lists the fields of a record that were worked out from the text or the
// name of the file.
func guessed(d *corpus.Document) []string {
	fields := []string{}
	for f, from := range d.Source {
		if from == corpus.FromGuess {
			fields = append(fields, f)
		}
	}
	slices.Sort(fields)
	return fields
}

// kept leaves out tags that a person has rejected.
func kept(tags []search.Tag) []search.Tag {
	return slices.DeleteFunc(slices.Clone(tags), func(t search.Tag) bool { return t.State == corpus.Rejected })
}

func versionJSON(v search.Version) VersionAnswer { return VersionAnswer(v) }

func partJSON(p search.Part) PartAnswer { return PartAnswer(p) }

func tagJSON(t search.Tag) TagAnswer {
	return TagAnswer{t.Concept, t.Label, t.Role, t.Weight, t.By}
}

// list maps a slice; the result is never nil, so that JSON has [] and not null.
func list[T, U any](from []T, f func(T) U) []U {
	to := make([]U, 0, len(from))
	for _, v := range from {
		to = append(to, f(v))
	}
	return to
}

func filled[T any](from []T) []T {
	if from == nil {
		return []T{}
	}
	return from
}

func documentURL(base string, l corpus.Lang, id corpus.ID, params string) string {
	return base + "/" + string(l) + "/doc/" + url.PathEscape(string(id)) + params
}

func pageURL(base string, l corpus.Lang, id corpus.ID, number int, typed string) string {
	u := documentURL(base, l, id, "") + "/p/" + strconv.Itoa(number)
	if typed != "" {
		u += "?q=" + url.QueryEscape(typed)
	}
	return u
}

func originalURL(base string, id corpus.ID) string {
	return base + "/doc/" + url.PathEscape(string(id)) + "/original"
}

// writeJSON writes v, encoded before anything is sent.
func writeJSON(w http.ResponseWriter, status int, mediaType string, v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", mediaType)
	w.WriteHeader(status)
	_, _ = w.Write(append(data, '\n')) // a reader who has gone is no error of ours
	return nil
}
