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
