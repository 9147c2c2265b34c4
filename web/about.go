package web

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"marsa/corpus"
	"marsa/index"
	"marsa/internal/search"
)

// aboutView is what the page about the library shows.
type aboutView struct {
	layout
	Stats      corpus.Stats
	Failed     int // files that could not be read
	Publishers []choice
	Topics     int // in the vocabulary
	Countries  int
}

func (s *server) about(c *gin.Context) error {
	l := langOf(c)
	stats, err := s.Library.Stats()
	if err != nil {
		return err
	}
	resp, err := s.Search.Search(c.Request.Context(), search.Request{Lang: l, Limit: 1})
	if err != nil {
		return err
	}
	v := aboutView{
		Stats:     stats,
		Topics:    len(s.Vocabulary.Concepts("topic")),
		Countries: len(s.Vocabulary.Concepts("country")),
	}
	for _, n := range stats.Failures {
		v.Failed += n
	}
	b := browse{s: s, lang: l}
	for _, f := range resp.Facets {
		if f.Field != index.FieldPublisher {
			continue
		}
		for _, bucket := range f.Buckets {
			if bucket.Count > 0 {
				v.Publishers = append(v.Publishers, b.choice(f.Field, bucket.ID, label{Text: bucket.ID}, bucket.Count))
			}
		}
	}
	v.layout = s.layout(c, l, "about", text(s.texts[l], "about.title"))
	return s.render(c, http.StatusOK, &v)
}
