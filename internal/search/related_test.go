package search

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
	"marsa/index"
)

// relatives answers with fixed works and remembers the profile.
type relatives struct {
	engine
	asked  *index.Profile
	result []index.Relative
}

func (e *relatives) Related(_ context.Context, p *index.Profile) ([]index.Relative, error) {
	e.asked = p
	return e.result, nil
}

func TestRelated(t *testing.T) {
	e := &relatives{result: []index.Relative{
		{Work: "other", Document: "other", Score: 0.5, Values: []index.Value{{Field: index.FieldTopic, ID: "domestic-work"}, {Field: index.FieldCountry, ID: "eg"}}, Words: []string{"kafala"}},
		{Work: "gone", Document: "gone", Score: 0.4},
	}}
	about := func(id corpus.ConceptID, weight float64) corpus.Tag {
		return corpus.Tag{Concept: id, Role: corpus.About, Weight: weight}
	}
	s := newService(t, e)
	s.library = library{
		"own": {
			Document: corpus.Document{ID: "own", Work: "w", Title: "Kafala", NumPages: 3, Tags: []corpus.Tag{
				about("topic/domestic-work", 0.9), about("country/lb", 0.7), {Concept: "country/jo", Role: corpus.Mentions, Weight: 1},
				{Concept: "topic/asylum", Role: corpus.About, Weight: 1, State: corpus.Rejected},
			}},
			Pages: []corpus.Page{
				{Number: 1, Text: "The kafala of 2009 and the Kafala sponsors, 2009.", Quality: corpus.Quality{State: corpus.Complete}},
				{Number: 2, Text: "kafala kafala kafala gibberish", Quality: corpus.Quality{State: corpus.Unreadable}},
			},
		},
		"other": {Document: corpus.Document{ID: "other", Work: "other", Tags: []corpus.Tag{about("topic/domestic-work", 1)}}},
	}
	got, err := s.Related(t.Context(), "own", "fr", 5)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 || got[0].Document.ID != "other" || len(got[0].Shared) != 1 || got[0].Shared[0].Label != "travail domestique" {
		t.Errorf("related: %+v; want the one that is still there, with what it still shares", got)
	}
	values := map[index.Field][]index.Weighted{
		index.FieldTopic: {{Value: "domestic-work", Weight: 0.9}}, index.FieldCountry: {{Value: "lb", Weight: 0.7}},
	}
	if d := cmp.Diff(values, e.asked.Values); d != "" {
		t.Errorf("values of the profile (-want +got):\n%s", d)
	}
	var words []string
	for _, w := range e.asked.Words {
		words = append(words, w.Value)
	}
	if d := cmp.Diff([]string{"Kafala", "sponsors"}, words); d != "" {
		t.Errorf("words of the profile, without numbers, short words and pages that are no language (-want +got):\n%s", d)
	}
	if _, err := s.Related(t.Context(), "nothing", "en", 5); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("of no document: %v", err)
	}
}
