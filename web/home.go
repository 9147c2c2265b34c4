package web

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"marsa/corpus"
	"marsa/index"
	"marsa/internal/search"
)

// homeView is what the home page shows.
type homeView struct {
	layout
	Stats        corpus.Stats
	NumLanguages int // in which there are documents
	Partners     []choice
	Others       []choice // countries besides, with works only
	Topics       []choice
	Kinds        []choice
	Spoken       []choice
}

// choice is a value to browse by.
type choice struct {
	label
	Count int
	URL   string // empty where there is nothing to see
}

// maxTopics limits the topics offered on the home page.
const maxTopics = 14

func (s *server) home(c *gin.Context) error {
	l := langOf(c)
	if _, err := readQuery(c.Request.URL.RawQuery); err != nil {
		return err
	}
	stats, err := s.Library.Stats()
	if err != nil {
		return err
	}
	resp, err := s.Search.Search(c.Request.Context(), search.Request{Lang: l, Limit: 1})
	if err != nil {
		return err
	}
	b := browse{s: s, lang: l, counts: counts(resp)}
	v := homeView{
		Stats:        stats,
		NumLanguages: len(b.counts[index.FieldLanguage]),
		Kinds:        b.choices(index.FieldKind, "kind", func(_ corpus.ConceptID, n int) bool { return n > 0 }),
		Topics:       b.topics(),
		Spoken:       b.languages(resp),
	}
	v.Partners, v.Others = b.countries()
	v.layout = s.layout(c, l, "home", text(s.texts[l], "home.title"))
	v.Refresh = v.Progress.Running && c.Query("still") == ""
	return s.render(c, http.StatusOK, &v)
}

// counts are the works by value of each field.
func counts(r *search.Response) map[index.Field]map[string]int {
	all := map[index.Field]map[string]int{}
	for _, f := range r.Facets {
		all[f.Field] = map[string]int{}
		for _, b := range f.Buckets {
			if b.Count > 0 {
				all[f.Field][b.ID] = b.Count
			}
		}
	}
	return all
}

// browse makes the lists of the home page.
type browse struct {
	s      *server
	lang   corpus.Lang
	counts map[index.Field]map[string]int
}

func (b *browse) choices(f index.Field, scheme string, keep func(id corpus.ConceptID, count int) bool) []choice {
	var cs []choice
	for _, concept := range b.s.Vocabulary.Concepts(scheme) {
		value := string(concept.ID)[len(scheme)+1:]
		n := b.counts[f][value]
		if keep(concept.ID, n) {
			cs = append(cs, b.choice(f, value, b.s.conceptLabel(concept.ID, b.lang), n))
		}
	}
	return cs
}

func (b *browse) choice(f index.Field, value string, name label, n int) choice {
	c := choice{label: name, Count: n}
	if n > 0 {
		a := asked{Values: map[index.Field][]string{f: {value}}}
		c.URL = "/" + string(b.lang) + "/search" + a.encode()
	}
	return c
}

// countries are the partner countries, even those that no document is about,
// and the other countries that some are.
func (b *browse) countries() (partners, others []choice) {
	partner := func(id corpus.ConceptID) bool {
		c, ok := b.s.Vocabulary.Concept(id)
		return ok && c.Group == "MEDA"
	}
	partners = b.choices(index.FieldCountry, "country", func(id corpus.ConceptID, _ int) bool { return partner(id) })
	others = b.choices(index.FieldCountry, "country", func(id corpus.ConceptID, n int) bool { return !partner(id) && n > 0 })
	return partners, others
}

// topics are the broadest topics that there are documents on.
func (b *browse) topics() []choice {
	top := b.choices(index.FieldTopic, "topic", func(id corpus.ConceptID, n int) bool {
		c, ok := b.s.Vocabulary.Concept(id)
		return ok && len(c.Broader) == 0 && n > 0
	})
	return top[:min(len(top), maxTopics)]
}

func (b *browse) languages(r *search.Response) []choice {
	var cs []choice
	for _, f := range r.Facets {
		if f.Field != index.FieldLanguage {
			continue
		}
		for _, bucket := range f.Buckets {
			if bucket.Count > 0 {
				name := label{Text: b.s.texts[b.lang].Language(bucket.ID)}
				cs = append(cs, b.choice(index.FieldLanguage, bucket.ID, name, bucket.Count))
			}
		}
	}
	return cs
}
