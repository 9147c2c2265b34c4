package indextest

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
	"marsa/index"
)

func tagged(e *corpus.Entry, work corpus.ID, tags string) *corpus.Entry {
	e.Work = work
	for _, t := range strings.Fields(tags) {
		e.Tags = append(e.Tags, corpus.Tag{Concept: corpus.ConceptID(t), Role: corpus.About, Weight: 1})
	}
	e.Rev = e.Revision()
	return e
}

// testRelated finds works by rare tags in any language, and by rare words.
func testRelated(t *testing.T, e index.Engine) {
	put(t, e,
		tagged(entry("own-en", "en", "Own", "kafala sponsorship passport wages recruitment work"), "own", "country/lb topic/domestic-work"),
		tagged(entry("own-ar", "ar", "Own", "الكفالة"), "own", "country/lb topic/domestic-work"),
		tagged(entry("near-en", "en", "Near", "rules of work"), "near", "country/lb topic/domestic-work"),
		tagged(entry("near-ar", "ar", "Near", "قواعد"), "near", "country/lb topic/domestic-work"),
		tagged(entry("wide", "en", "Wide", "work"), "wide", "country/lb country/jo country/eg country/ma topic/domestic-work topic/asylum topic/return topic/labour"),
		tagged(entry("word", "en", "Word", "the kafala, again: sponsorship, wages, recruitment and passports; a passport"), "word", ""),
		tagged(entry("far-1", "en", "Far", "work and fish"), "far-1", "country/ma topic/asylum"),
		tagged(entry("far-2", "fr", "Far", "work and birds"), "far-2", "country/dz topic/return"),
		tagged(entry("far-3", "fr", "Far", "work"), "far-3", "country/tn topic/labour"),
	)
	p := &index.Profile{
		Work: "own",
		Values: map[index.Field][]index.Weighted{
			index.FieldCountry: {{Value: "lb", Weight: 1}, {Value: "nowhere", Weight: 1}},
			index.FieldTopic:   {{Value: "domestic-work", Weight: 0.5}},
		},
		Words:  []index.Weighted{{Value: "Kafala", Weight: 2}, {Value: "work", Weight: 3}, {Value: "sponsorship", Weight: 1}, {Value: "wages", Weight: 1}, {Value: "passport", Weight: 1}, {Value: "recruitment", Weight: 1}, {Value: "", Weight: 1}},
		Prefer: []corpus.Lang{"ar"},
		Limit:  10,
	}
	got, err := e.Related(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for i, r := range got {
		lines = append(lines, fmt.Sprint(r.Document, " ", r.Values, " ", r.Words))
		if r.Score <= 0 || r.Score > 1 || i > 0 && r.Score > got[i-1].Score {
			t.Errorf("score of %s: %v", r.Work, r.Score)
		}
	}
	want := []string{"near-ar [{topic domestic-work} {country lb}] []", "word [] [Kafala sponsorship wages passport recruitment]", "wide [{topic domestic-work} {country lb}] []"}
	// which of two values is the weightier is the engine's affair
	norm := strings.NewReplacer("[{country lb} {topic domestic-work}]", "[{topic domestic-work} {country lb}]")
	if d := cmp.Diff(want, strings.Split(norm.Replace(strings.Join(lines, "\n")), "\n")); d != "" {
		t.Errorf("related (-want +got):\n%s", d)
	}
	p.Limit = 1
	if got, err := e.Related(t.Context(), p); err != nil || len(got) != 1 {
		t.Errorf("limit 1: %v, %v", got, err)
	}
	for name, p := range map[string]*index.Profile{
		"field": {Values: map[index.Field][]index.Weighted{"size": {{Value: "a", Weight: 1}}}},
		"limit": {Limit: index.MaxLimit + 1},
		"words": {Words: make([]index.Weighted, index.MaxProfile+1)},
	} {
		if _, err := e.Related(t.Context(), p); !errors.Is(err, corpus.ErrInvalid) {
			t.Errorf("%s over the limit: %v", name, err)
		}
	}
	if got, err := e.Related(t.Context(), &index.Profile{Limit: 5}); err != nil || len(got) > 0 {
		t.Errorf("a profile of nothing: %v, %v", got, err)
	}
}
