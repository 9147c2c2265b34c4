package web

import (
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"marsa/corpus"
	"marsa/corpus/vocab"
	"marsa/internal/search"
)

// suggestAnswer lists ways to go on from what is being typed.
type suggestAnswer struct {
	Version     int                `json:"version"`
	Suggestions []completionAnswer `json:"suggestions"`
}

// completionAnswer is a concept or a publication. URL is where it leads: the
// search for Text, or the publication.
type completionAnswer struct {
	Kind     string      `json:"kind"`
	ID       string      `json:"id"`
	Text     string      `json:"text"`
	Label    string      `json:"label"`
	Language corpus.Lang `json:"language"`
	Meaning  string      `json:"meaning"`
	URL      string      `json:"url"`
}

func (s *server) apiSuggest(c *gin.Context) error {
	a, err := readAsked(c.Request.URL.RawQuery)
	if err != nil {
		return err
	}
	l := apiLang(a)
	found, err := s.Search.Suggest(c.Request.Context(), a.Text, l)
	if err != nil {
		return err
	}
	c.Header("Cache-Control", "private, max-age=60") // who goes back a letter asks nothing anew
	return writeJSON(c.Writer, http.StatusOK, typeJSON, suggestAnswer{
		Version: apiVersion, Suggestions: list(found, func(f search.Completion) completionAnswer { return completionJSON(f, l, s.BaseURL) }),
	})
}

func completionJSON(f search.Completion, l corpus.Lang, base string) completionAnswer {
	a := completionAnswer{Kind: f.Kind, ID: string(f.Concept), Text: f.Text, Label: f.Label, Language: f.Language, Meaning: f.Meaning}
	if f.Kind == search.KindTitle {
		a.ID = string(f.Document)
		a.URL = documentURL(base, l, f.Document, "")
		return a
	}
	a.URL = base + "/" + string(l) + "/search?q=" + url.QueryEscape(f.Text)
	return a
}

// words are what the search box suggests without scripts: the partner countries
// and the broadest topics.
func (s *server) words(l corpus.Lang) []string {
	var out []string
	for _, concept := range s.Vocabulary.Concepts(vocab.Country) {
		if concept.Group == "MEDA" {
			out = append(out, s.conceptLabel(concept.ID, l).Text)
		}
	}
	for _, concept := range s.Vocabulary.Concepts(vocab.Topic) {
		if len(concept.Broader) == 0 {
			out = append(out, s.conceptLabel(concept.ID, l).Text)
		}
	}
	return out
}
