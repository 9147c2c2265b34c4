package web

import (
	"maps"
	"net/http"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"marsa/corpus"
	"marsa/web/locale"
)

const (
	typeJSON    = "application/json"
	typeProblem = "application/problem+json"
)

// schemes are the schemes of the vocabulary, in the order in which they are
// listed.
var schemes = []string{"country", "topic", "kind"}

func (s *server) apiSearch(c *gin.Context) error {
	a, err := readAsked(c.Request.URL.RawQuery)
	if err != nil {
		return err
	}
	l := apiLang(a)
	resp, err := s.Search.Search(c.Request.Context(), a.request(l))
	if err != nil {
		return err
	}
	return writeJSON(c.Writer, http.StatusOK, typeJSON, searchJSON(resp, s.texts[l], l, s.BaseURL))
}

// apiLang is the language of labels and addresses in an answer to a program.
func apiLang(a *asked) corpus.Lang {
	if a.Lang == "" {
		return "en"
	}
	return a.Lang
}

func (s *server) apiDocument(c *gin.Context) error {
	id, a, err := readDocumentAddress(c)
	if err != nil {
		return err
	}
	l := apiLang(a)
	r, err := s.record(c, id, l)
	if err != nil {
		return err
	}
	return writeJSON(c.Writer, http.StatusOK, typeJSON, DocumentJSON(r, l, s.BaseURL))
}

func (s *server) apiPage(c *gin.Context) error {
	id, a, err := readDocumentAddress(c)
	if err != nil {
		return err
	}
	m, err := s.marked(c, id, a)
	if err != nil {
		return err
	}
	return writeJSON(c.Writer, http.StatusOK, typeJSON, PageJSON(id, m, a.Text, apiLang(a), s.BaseURL))
}

func (s *server) apiSchemes(c *gin.Context) error {
	a := schemesAnswer{Version: apiVersion, Schemes: []schemeAnswer{}}
	for _, scheme := range schemes {
		a.Schemes = append(a.Schemes, schemeAnswer{scheme, len(s.Vocabulary.Concepts(scheme)), s.BaseURL + "/api/v1/vocabulary/" + scheme})
	}
	return writeJSON(c.Writer, http.StatusOK, typeJSON, a)
}

func (s *server) apiConcepts(c *gin.Context) error {
	scheme := c.Param("scheme")
	if !slices.Contains(schemes, scheme) {
		return &fault{status: http.StatusNotFound, key: "error.no_scheme"}
	}
	return writeJSON(c.Writer, http.StatusOK, typeJSON, conceptsAnswer{
		Version: apiVersion, Scheme: scheme, Concepts: list(s.Vocabulary.Concepts(scheme), conceptJSON),
	})
}

func (s *server) apiDescription(c *gin.Context) error {
	c.Data(http.StatusOK, typeJSON, s.openAPI)
	return nil
}

func sortedLangs[V any](m map[corpus.Lang]V) []corpus.Lang { return slices.Sorted(maps.Keys(m)) }

// problemAnswer is an error as RFC 9457 has it.
type problemAnswer struct {
	Type      string `json:"type"`
	Title     string `json:"title"`
	Status    int    `json:"status"`
	Detail    string `json:"detail"`
	Parameter string `json:"parameter,omitempty"` // the one that is wrong
	Fault     string `json:"fault,omitempty"`     // under which the log has more
}

func (s *server) problem(c *gin.Context, f *fault, id string) {
	l := c.Query("lang")
	if !slices.Contains(locale.Languages(), l) {
		l = "en"
	}
	p := problemAnswer{
		Type: "about:blank", Title: http.StatusText(f.status), Status: f.status,
		Detail: text(s.texts[corpus.Lang(l)], f.key, f.args...), Parameter: f.param, Fault: id,
	}
	c.Header("Content-Language", l)
	if err := writeJSON(c.Writer, f.status, typeProblem, p); err != nil {
		c.Status(f.status)
	}
}

// readDocumentAddress reads the document's ID and the parameters that came with
// it: those of the search that led there.
func readDocumentAddress(c *gin.Context) (corpus.ID, *asked, error) {
	id, err := readID(c.Param("id"))
	if err != nil {
		return "", nil, err
	}
	a, err := readAsked(c.Request.URL.RawQuery)
	return id, a, err
}

// readNumber reads the number of a page; what is not a number of a page leads to
// the same answer as a page that a document does not have.
func readNumber(s string) (int, bool) {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > maxPageNumber || strconv.Itoa(n) != s {
		return 0, false
	}
	return n, true
}
