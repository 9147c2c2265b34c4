package web

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"marsa/corpus"
	"marsa/internal/search"
)

// vocabularyView is what the page of the whole vocabulary shows.
type vocabularyView struct {
	layout
	Topics    []branch
	NumTopics int
	Groups    []group // of countries
	Kinds     []branch
}

// branch is a concept with those below it.
type branch struct {
	choice
	Below []branch
}

// group is concepts under a heading.
type group struct {
	Key    string // of the heading
	Folded bool   // it is long and little is asked for in it
	Values []branch
}

func (s *server) vocabulary(c *gin.Context) error {
	l := langOf(c)
	if _, err := readQuery(c.Request.URL.RawQuery); err != nil {
		return err
	}
	resp, err := s.Search.Search(c.Request.Context(), search.Request{Lang: l, Limit: 1})
	if err != nil {
		return err
	}
	n := treeCounts(resp)
	v := vocabularyView{
		Topics: s.tree("topic", n, l), NumTopics: len(s.Vocabulary.Concepts("topic")),
		Kinds: s.tree("kind", n, l), Groups: s.countryGroups(n, l),
	}
	v.layout = s.layout(c, l, "vocabulary", text(s.texts[l], "vocabulary.title"))
	return s.render(c, http.StatusOK, &v)
}

// tree is the concepts of a scheme, those without a broader one at the top. A
// concept with several stands below each.
func (s *server) tree(scheme string, n map[corpus.ConceptID]int, l corpus.Lang) []branch {
	var top []branch
	for _, c := range s.Vocabulary.Concepts(scheme) {
		if len(c.Broader) == 0 {
			top = append(top, s.branch(c.ID, n, l))
		}
	}
	return top
}

func (s *server) branch(id corpus.ConceptID, n map[corpus.ConceptID]int, l corpus.Lang) branch {
	b := branch{choice: choice{s.conceptLabel(id, l), n[id], conceptURL("", l, id)}}
	if c, ok := s.Vocabulary.Concept(id); ok {
		for _, below := range c.Narrower {
			b.Below = append(b.Below, s.branch(below, n, l))
		}
	}
	return b
}

// countryGroups are the countries by the group they were in at the time of the
// project, in the order of the vocabulary.
func (s *server) countryGroups(n map[corpus.ConceptID]int, l corpus.Lang) []group {
	keys := map[string]string{"MEDA": "vocabulary.partners", "EU27-2011": "vocabulary.union", "candidate-2011": "vocabulary.candidate"}
	var groups []group
	at := map[string]int{}
	for _, c := range s.Vocabulary.Concepts("country") {
		key, named := keys[c.Group]
		if !named {
			key = "vocabulary.other_countries"
		}
		i, ok := at[key]
		if !ok {
			i = len(groups)
			at[key] = i
			groups = append(groups, group{Key: key, Folded: !named})
		}
		groups[i].Values = append(groups[i].Values, s.branch(c.ID, n, l))
	}
	return groups
}
