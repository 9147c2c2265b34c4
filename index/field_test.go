package index

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
)

func TestValues(t *testing.T) {
	d := &corpus.Document{
		ID: "a", Work: "w", Kind: "study", Publisher: "ILO", Issued: "2009-05", State: corpus.Suspicious,
		Original:  corpus.Original{MediaType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
		Languages: []corpus.Lang{"fr", "ar"},
		Tags: []corpus.Tag{
			{Concept: "country/ma", Role: corpus.About},
			{Concept: "country/ma", Role: corpus.Mentions},
			{Concept: "country/tn", Role: corpus.Mentions},
			{Concept: "country/dz", Role: corpus.About, State: corpus.Rejected},
			{Concept: "country/fr", Role: corpus.PublishedBy},
			{Concept: "country/ma", Role: corpus.RoleDestination},
			{Concept: "country/sy", Role: corpus.RoleOrigin},
			{Concept: "country/tr", Role: corpus.RoleTransit},
			{Concept: "country/ly", Role: corpus.RoleTransit, State: corpus.Rejected},
			{Concept: "topic/asylum", Role: corpus.About, State: corpus.Confirmed},
			{Concept: "topic/return", Role: corpus.Mentions},
			{Concept: "topical/other", Role: corpus.About},
		},
	}
	for f, want := range map[Field][]string{
		FieldID:          {"a"},
		FieldWork:        {"w"},
		FieldCountry:     {"ma"},
		FieldMentions:    {"ma", "tn", "sy", "tr"},
		FieldOrigin:      {"sy"},
		FieldTransit:     {"tr"},
		FieldDestination: {"ma"},
		FieldPublishedBy: {"fr"},
		FieldTopic:       {"asylum"},
		FieldKind:        {"study"},
		FieldLanguage:    {"fr", "ar"},
		FieldYear:        {"2009"},
		FieldPublisher:   {"ILO"},
		FieldQuality:     {"suspicious"},
		FieldFormat:      {"docx"},
		"size":           nil,
	} {
		if diff := cmp.Diff(want, Values(d, f)); diff != "" {
			t.Errorf("Values(%s) (-want +got):\n%s", f, diff)
		}
	}
}

// A country tagged in a role alone is found in the field of the role.
func TestCountryField(t *testing.T) {
	seen := map[Field]bool{}
	for _, r := range corpus.Roles() {
		f := CountryField(r)
		d := &corpus.Document{Tags: []corpus.Tag{{Concept: "country/ma", Role: r}}}
		if vs := Values(d, f); len(vs) != 1 || vs[0] != "ma" || seen[f] {
			t.Errorf("%s: %s has %v", r, f, vs)
		}
		seen[f] = true
	}
	if len(seen) != len(CountryFields) {
		t.Errorf("fields %v", seen)
	}
}

func TestValuesOfAnEmptyRecord(t *testing.T) {
	d := &corpus.Document{ID: "a", Work: "a"}
	if diff := cmp.Diff([]string{NoDate}, Values(d, FieldYear)); diff != "" {
		t.Errorf("year (-want +got):\n%s", diff)
	}
	for _, f := range []Field{FieldCountry, FieldMentions, FieldOrigin, FieldTransit, FieldDestination, FieldPublishedBy, FieldTopic, FieldKind, FieldLanguage, FieldPublisher, FieldQuality, FieldFormat} {
		if vs := Values(d, f); vs != nil {
			t.Errorf("Values(%s) = %q, want none", f, vs)
		}
	}
}
