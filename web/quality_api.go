package web

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"marsa/corpus"
)

// QualityReportAnswer says how well the documents of the library were read.
type QualityReportAnswer struct {
	Version   int                    `json:"version"`
	Library   map[corpus.State]int   `json:"library"` // documents by state
	Pages     []QualityCountAnswer   `json:"pages"`   // those that are not complete
	Total     int                    `json:"total"`   // documents that the filter takes
	Offset    int                    `json:"offset"`
	Limit     int                    `json:"limit"`
	Documents []DoubtfulDocumentJSON `json:"documents"`
}

// QualityCountAnswer counts pages that were read alike.
type QualityCountAnswer struct {
	State     corpus.State `json:"state"`
	Reason    string       `json:"reason"`
	Pages     int          `json:"pages"`
	Documents int          `json:"documents"`
}

// DoubtfulDocumentJSON is a document that is not complete.
type DoubtfulDocumentJSON struct {
	ID       corpus.ID     `json:"id"`
	Title    string        `json:"title"`
	Language corpus.Lang   `json:"language"`
	State    corpus.State  `json:"state"`
	Format   string        `json:"format"`
	NumPages int           `json:"numPages"`
	Pages    []PageRunJSON `json:"pages"`
	URL      string        `json:"url"`
}

// PageRunJSON is pages that follow one another and were read alike.
type PageRunJSON struct {
	From   int          `json:"from"`
	To     int          `json:"to"`
	State  corpus.State `json:"state"`
	Reason string       `json:"reason"`
	Engine string       `json:"engine"`
}

// QualityJSON makes the answer that shows a report; l and base as in SearchJSON.
func QualityJSON(r *corpus.QualityReport, f corpus.QualityFilter, l corpus.Lang, base string) QualityReportAnswer {
	a := QualityReportAnswer{
		Version: apiVersion, Library: map[corpus.State]int{}, Total: r.Total, Offset: f.Offset, Limit: f.Limit,
		Pages: list(r.Pages, func(n corpus.QualityCount) QualityCountAnswer { return QualityCountAnswer(n) }),
		Documents: list(r.Documents, func(d corpus.DoubtfulDocument) DoubtfulDocumentJSON {
			return DoubtfulDocumentJSON{
				ID: d.ID, Title: d.Title, Language: d.Lang, State: d.State, Format: d.Format, NumPages: d.NumPages,
				Pages: list(d.Runs, func(p corpus.PageRun) PageRunJSON { return PageRunJSON{p.From, p.To, p.State, p.Reason, p.Engine} }),
				URL:   documentURL(base, l, d.ID, ""),
			}
		}),
	}
	for _, st := range corpus.States() {
		a.Library[st] = r.Library[st]
	}
	return a
}

func (s *server) apiQuality(c *gin.Context) error {
	f, _, l, err := readReport(c.Request.URL.RawQuery)
	if err != nil {
		return err
	}
	if l == "" {
		l = "en"
	}
	r, err := s.Library.Quality(f)
	if err != nil {
		return err
	}
	return writeJSON(c.Writer, http.StatusOK, typeJSON, QualityJSON(r, f, l, s.BaseURL))
}
