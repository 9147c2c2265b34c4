package web

import (
	"bytes"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"marsa/corpus"
	"marsa/corpus/vocab"
	"marsa/internal/skos"
)

// schemesAnswer lists the schemes of the vocabulary.
type schemesAnswer struct {
	Version int            `json:"version"`
	Schemes []schemeAnswer `json:"schemes"`
}

type schemeAnswer struct {
	ID    string `json:"id"`
	Count int    `json:"count"`
	URL   string `json:"url"`
}

// conceptsAnswer lists the concepts of a scheme.
type conceptsAnswer struct {
	Version  int             `json:"version"`
	Scheme   string          `json:"scheme"`
	Concepts []conceptAnswer `json:"concepts"`
}

type conceptAnswer struct {
	ID         corpus.ConceptID         `json:"id"`
	Labels     map[corpus.Lang]string   `json:"labels"`
	Other      map[corpus.Lang][]string `json:"otherLabels"`
	Unverified []corpus.Lang            `json:"unverified"` // languages whose label no source was found for
	Broader    []corpus.ConceptID       `json:"broader"`
	Narrower   []corpus.ConceptID       `json:"narrower"`
	Group      string                   `json:"group"`
	Source     string                   `json:"source"`

	Hidden      map[corpus.Lang][]string `json:"hiddenLabels"`
	Notation    string                   `json:"notation"`
	Related     []corpus.ConceptID       `json:"related"`
	Definitions []noteAnswer             `json:"definitions"`
	Scope       []noteAnswer             `json:"scopeNotes"`
	Notes       []noteAnswer             `json:"notes"`
	Exact       []string                 `json:"exactMatch"`
	Close       []string                 `json:"closeMatch"`
}

func conceptJSON(c *vocab.Concept) conceptAnswer {
	a := conceptAnswer{
		ID: c.ID, Labels: map[corpus.Lang]string{}, Other: map[corpus.Lang][]string{}, Unverified: []corpus.Lang{},
		Broader: filled(c.Broader), Narrower: filled(c.Narrower), Group: c.Group, Source: c.Source,
		Hidden: map[corpus.Lang][]string{}, Notation: c.Notation, Related: filled(c.Related),
		Definitions: notesJSON(c.Definitions), Scope: notesJSON(c.Scope), Notes: notesJSON(c.Notes),
		Exact: filled(c.Exact), Close: filled(c.Close),
	}
	for _, l := range sortedLangs(c.Pref) {
		a.Labels[l] = c.Pref[l]
		if c.Marked[l] {
			a.Unverified = append(a.Unverified, l)
		}
	}
	for l, labels := range c.Alt {
		a.Other[l] = filled(labels)
	}
	for l, labels := range c.Hidden {
		a.Hidden[l] = filled(labels)
	}
	return a
}

// conceptRecordAnswer is a concept with the number of its works.
type conceptRecordAnswer struct {
	Version int           `json:"version"`
	Concept conceptAnswer `json:"concept"`
	Works   int           `json:"works"`
	URL     string        `json:"url"`
}

// noteAnswer is a text on a concept.
type noteAnswer struct {
	Language corpus.Lang `json:"language"`
	Text     string      `json:"text"`
	Source   string      `json:"source"`
}

func notesJSON(notes []vocab.Note) []noteAnswer {
	return list(notes, func(n vocab.Note) noteAnswer { return noteAnswer{n.Lang, n.Text, n.Source} })
}

// apiConcept answers with a concept: as JSON, or as SKOS where the address ends
// so or the program asks for it.
func (s *server) apiConcept(c *gin.Context) error {
	name, f := skosFormat(c, c.Param("name"))
	concept, err := s.readConcept(c.Param("scheme"), name)
	if err != nil {
		return err
	}
	if f != "" {
		return s.writeSKOS(c, f, []*vocab.Concept{concept})
	}
	a, err := readAsked(c.Request.URL.RawQuery)
	if err != nil {
		return err
	}
	l := apiLang(a)
	resp, err := s.Search.Search(c.Request.Context(), conceptRequest(concept, l))
	if err != nil {
		return err
	}
	c.Header("Vary", "Accept")
	return writeJSON(c.Writer, http.StatusOK, typeJSON, conceptRecordAnswer{
		Version: apiVersion, Concept: conceptJSON(concept), Works: resp.Total, URL: conceptURL(s.BaseURL, l, concept.ID),
	})
}

// skosFormat says in which format of SKOS something is asked for, if at all, and
// its name without the ending.
func skosFormat(c *gin.Context, name string) (string, skos.Format) {
	for _, f := range []skos.Format{skos.Turtle, skos.JSONLD} {
		if short, ok := strings.CutSuffix(name, "."+string(f)); ok {
			return short, f
		}
	}
	return name, acceptedSKOS(c.GetHeader("Accept"))
}

// acceptedSKOS is the format of SKOS that an Accept header names, the first of
// several; none where it names JSON or a page before.
func acceptedSKOS(accept string) skos.Format {
	for part := range strings.SplitSeq(accept, ",") {
		mediaType, _, _ := strings.Cut(part, ";")
		switch strings.TrimSpace(mediaType) {
		case "text/turtle":
			return skos.Turtle
		case "application/ld+json":
			return skos.JSONLD
		case "text/html", "application/xhtml+xml", typeJSON:
			return ""
		}
	}
	return ""
}

// writeSKOS sends concepts, written in whole before anything is sent.
func (s *server) writeSKOS(c *gin.Context, f skos.Format, cs []*vocab.Concept) error {
	var out bytes.Buffer
	if err := skos.Write(&out, f, s.BaseURL, cs); err != nil {
		return err
	}
	c.Header("Vary", "Accept")
	c.Data(http.StatusOK, f.MediaType(), out.Bytes())
	return nil
}

// allSKOS answers with the whole vocabulary.
func (s *server) allSKOS(f skos.Format) func(*gin.Context) error {
	return func(c *gin.Context) error {
		var all []*vocab.Concept
		for _, scheme := range schemes {
			all = append(all, s.Vocabulary.Concepts(scheme)...)
		}
		return s.writeSKOS(c, f, all)
	}
}

// anyConcept leads a reader to the page of a concept in their language, and gives
// a program that asks for SKOS what the address names.
func (s *server) anyConcept(c *gin.Context) error {
	c.Header("Vary", "Accept, Accept-Language")
	f := acceptedSKOS(c.GetHeader("Accept"))
	if f == "" {
		return s.negotiate(c)
	}
	concept, err := s.readConcept(c.Param("scheme"), c.Param("name"))
	if err != nil {
		return err
	}
	return s.writeSKOS(c, f, []*vocab.Concept{concept})
}
