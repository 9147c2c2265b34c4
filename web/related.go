package web

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"marsa/corpus"
	"marsa/internal/search"
)

// shownRelated is how many similar publications the page of a document lists, and
// sharedShown how many tags and words of each.
const (
	shownRelated = 6
	sharedShown  = 6
)

// relatedView is a publication that is like the one shown.
type relatedView struct {
	Title  string
	Lang   corpus.Lang
	URL    string
	Kind   label
	Issued corpus.Date
	Shared []label  // countries and topics of both
	Words  []string // rare words of both
}

func (s *server) relatedViews(c *gin.Context, id corpus.ID, l corpus.Lang) ([]relatedView, error) {
	found, err := s.Search.Related(c.Request.Context(), id, l, shownRelated)
	if err != nil {
		return nil, noDocument(err)
	}
	return list(found, func(r search.Related) relatedView {
		d := r.Document
		v := relatedView{Title: d.Title, Lang: d.Lang, URL: documentURL("", l, d.ID, ""), Kind: s.kindLabel(d.Kind, l), Issued: d.Issued}
		for _, t := range r.Shared[:min(len(r.Shared), sharedShown)] {
			v.Shared = append(v.Shared, s.conceptLabel(t.Concept, l))
		}
		v.Words = r.Words[:min(len(r.Words), sharedShown-len(v.Shared))]
		return v
	}), nil
}

// similarAnswer lists the works most like a document.
type similarAnswer struct {
	Version int             `json:"version"`
	Similar []relatedAnswer `json:"similar"`
}

type relatedAnswer struct {
	ID        corpus.ID     `json:"id"`
	Work      corpus.ID     `json:"work"`
	Title     string        `json:"title"`
	Kind      corpus.Kind   `json:"kind"`
	Languages []corpus.Lang `json:"languages"`
	Issued    corpus.Date   `json:"issued"`
	Score     float64       `json:"score"`
	Tags      []TagAnswer   `json:"tags"`  // of both
	Words     []string      `json:"words"` // rare ones of both
	URL       string        `json:"url"`
}

func (s *server) apiSimilar(c *gin.Context) error {
	id, a, err := readDocumentAddress(c)
	if err != nil {
		return err
	}
	l := apiLang(a)
	found, err := s.Search.Related(c.Request.Context(), id, l, min(a.Limit, search.MaxRelated))
	if err != nil {
		return noDocument(err)
	}
	return writeJSON(c.Writer, http.StatusOK, typeJSON, similarAnswer{
		Version: apiVersion, Similar: list(found, func(r search.Related) relatedAnswer {
			d := r.Document
			return relatedAnswer{
				ID: d.ID, Work: d.Work, Title: d.Title, Kind: d.Kind, Languages: filled(d.Languages), Issued: d.Issued,
				Score: r.Score, Tags: list(r.Shared, tagJSON), Words: filled(r.Words), URL: documentURL(s.BaseURL, l, d.ID, ""),
			}
		}),
	})
}
