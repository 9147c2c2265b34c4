package search

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"marsa/index"
)

// Countries are counted by one more part when it is asked for, right after those
// of the subject; values of any part may be labels.
func TestCountriesByRole(t *testing.T) {
	e := &engine{result: index.Result{Facets: map[index.Field][]index.Bucket{
		index.FieldOrigin: {{Value: "sy", Count: 2}, {Value: "eg"}},
	}}}
	s := newService(t, e)
	r, err := s.Search(t.Context(), Request{Lang: "fr", Role: index.FieldOrigin, Values: map[index.Field][]string{
		index.FieldOrigin: {"Égypte"}, index.FieldDestination: {"country/LB"}, index.FieldTransit: {"atlantis"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	if got := []index.Field{e.asked.Facets[0].Field, e.asked.Facets[1].Field, e.asked.Facets[2].Field}; !cmp.Equal(got, []index.Field{index.FieldCountry, index.FieldOrigin, index.FieldTopic}) {
		t.Errorf("asked to count %v", got)
	}
	if diff := cmp.Diff([]string{"eg"}, e.asked.Facets[1].Always); diff != "" {
		t.Errorf("always counted (-want +got):\n%s", diff)
	}
	want := []index.Filter{
		{Field: index.FieldDestination, Values: []string{"lb"}}, {Field: index.FieldOrigin, Values: []string{"eg"}}, {Field: index.FieldTransit, Values: []string{"atlantis"}},
	}
	if diff := cmp.Diff(want, e.asked.Filters); diff != "" {
		t.Errorf("filters (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Bucket{{ID: "sy", Label: "Syrie", Lang: "fr", Count: 2}, {ID: "eg", Label: "Égypte", Lang: "fr", Selected: true}}, r.Facets[1].Buckets); diff != "" {
		t.Errorf("facet (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Note{{Key: NoteUnknownValue, Arg: "transit=atlantis"}}, r.Query.Notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
	if _, err := s.Search(t.Context(), Request{Lang: "en"}); err != nil || e.asked.Facets[1].Field != index.FieldTopic {
		t.Errorf("without a role: %v, %v", e.asked.Facets[1].Field, err)
	}
}

func TestFieldsOfRoles(t *testing.T) {
	s := newService(t, &engine{})
	for q, want := range map[string]index.Field{
		"origin:Morocco": index.FieldOrigin, "origine:maroc": index.FieldOrigin, "منشأ:المغرب": index.FieldOrigin,
		"transit:maroc": index.FieldTransit, "عبور:المغرب": index.FieldTransit,
		"destination:ma": index.FieldDestination, "مقصد:المغرب": index.FieldDestination,
		"published-by:morocco": index.FieldPublishedBy, "publié-par:Maroc": index.FieldPublishedBy, "بلد-النشر:المغرب": index.FieldPublishedBy,
	} {
		e := s.engine.(*engine)
		r, err := s.Search(t.Context(), Request{Text: q, Lang: "en"})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(index.Clause(index.All{only(want, "ma")}), e.asked.Match); diff != "" || len(r.Query.Notes) > 0 {
			t.Errorf("%s: notes %v (-want +got):\n%s", q, r.Query.Notes, diff)
		}
	}
	for _, r := range Roles {
		if f, ok := RoleField(r.Name); !ok || f != r.Field {
			t.Errorf("%s: %s", r.Name, f)
		}
	}
	if _, ok := RoleField("author"); ok || len(Roles) != len(index.CountryFields) {
		t.Error("roles and fields differ")
	}
}
