package search

import (
	"cmp"
	"slices"
	"strings"

	"marsa/corpus"
	"marsa/corpus/vocab"
	"marsa/index"
)

// schemes maps the fields whose values are concepts to their scheme.
var schemes = map[index.Field]string{
	index.FieldCountry:     "country",
	index.FieldMentions:    "country",
	index.FieldOrigin:      "country",
	index.FieldTransit:     "country",
	index.FieldDestination: "country",
	index.FieldPublishedBy: "country",
	index.FieldTopic:       "topic",
	index.FieldKind:        "kind",
}

// facetRequests lists the facets in the order in which they are shown. The nine
// partners stay visible when no document is about them.
func facetRequests(v *vocab.Vocabulary) []index.FacetRequest {
	var partners []string
	for _, c := range v.Concepts("country") {
		if c.Group == "MEDA" {
			partners = append(partners, name(c.ID))
		}
	}
	return []index.FacetRequest{
		{Field: index.FieldCountry, Always: partners},
		{Field: index.FieldTopic, Broader: broader(v, "topic")},
		{Field: index.FieldKind},
		{Field: index.FieldLanguage},
		{Field: index.FieldYear},
		{Field: index.FieldPublisher},
		{Field: index.FieldQuality},
		{Field: index.FieldFormat},
	}
}

// Role is a part of countries in documents that they are counted by.
type Role struct {
	Name  string // as readers give it
	Field index.Field
}

// Roles lists the parts that countries can be counted by, the usual one first.
var Roles = []Role{
	{"about", index.FieldCountry}, {"any", index.FieldMentions},
	{"origin", index.FieldOrigin}, {"transit", index.FieldTransit}, {"destination", index.FieldDestination},
	{"published-by", index.FieldPublishedBy},
}

// RoleField returns the field of a role by its name; FieldCountry for none.
func RoleField(name string) (f index.Field, ok bool) {
	i := slices.IndexFunc(Roles, func(r Role) bool { return r.Name == name })
	if i < 0 {
		return index.FieldCountry, name == ""
	}
	return Roles[i].Field, true
}

// RoleNames lists the names of the roles.
func RoleNames() []string {
	var names []string
	for _, r := range Roles {
		names = append(names, r.Name)
	}
	return names
}

// withRole counts countries by another role too, after those that documents are
// about.
func withRole(reqs []index.FacetRequest, f index.Field) []index.FacetRequest {
	if f == "" || f == index.FieldCountry || !slices.Contains(index.CountryFields, f) {
		return reqs
	}
	return slices.Insert(slices.Clone(reqs), 1, index.FacetRequest{Field: f})
}

func broader(v *vocab.Vocabulary, scheme string) map[string][]string {
	m := map[string][]string{}
	for _, c := range v.Concepts(scheme) {
		for _, a := range v.Ancestors(c.ID) {
			m[name(c.ID)] = append(m[name(c.ID)], name(a))
		}
	}
	return m
}

// name is the part of a concept's ID after the slash.
func name(id corpus.ConceptID) string {
	_, n, _ := strings.Cut(string(id), "/")
	return n
}

// withSelected makes ticked values stay visible whatever their count, so that
// they can be unticked.
func withSelected(reqs []index.FacetRequest, values map[index.Field][]string) []index.FacetRequest {
	reqs = slices.Clone(reqs)
	for i := range reqs {
		reqs[i].Always = slices.Concat(reqs[i].Always, values[reqs[i].Field])
	}
	return reqs
}

// filters makes the filters of a request, in a fixed order.
func filters(r *Request) []index.Filter {
	var fs []index.Filter
	for f, vs := range r.Values {
		if len(vs) > 0 && f != index.FieldYear {
			fs = append(fs, index.Filter{Field: f, Values: vs, All: slices.Contains(r.All, f)})
		}
	}
	for f, vs := range r.Without {
		if len(vs) > 0 {
			fs = append(fs, index.Filter{Field: f, Values: vs, Not: true})
		}
	}
	if years := r.Values[index.FieldYear]; r.From != 0 || r.To != 0 || len(years) > 0 {
		fs = append(fs, index.Filter{Field: index.FieldYear, Values: years, From: r.From, To: r.To})
	}
	slices.SortStableFunc(fs, func(a, b index.Filter) int {
		return cmp.Or(strings.Compare(string(a.Field), string(b.Field)), not(a)-not(b))
	})
	return fs
}

// not orders filters that leave out after those that keep.
func not(f index.Filter) int {
	if f.Not {
		return 1
	}
	return 0
}

// named returns ticked values as the index has them: concepts may also be given
// by their whole ID, in capitals, or by a label in any language.
func (s *Service) named(values map[index.Field][]string) map[index.Field][]string {
	out := make(map[index.Field][]string, len(values))
	for f, vs := range values {
		for _, v := range vs {
			out[f] = append(out[f], s.value(f, v))
		}
	}
	return out
}

func (s *Service) value(f index.Field, v string) string {
	scheme, ok := schemes[f]
	if !ok {
		if slices.Contains([]index.Field{index.FieldLanguage, index.FieldQuality, index.FieldFormat, index.FieldYear}, f) {
			return strings.ToLower(v)
		}
		return v
	}
	id := corpus.ConceptID(scheme + "/" + strings.TrimPrefix(strings.ToLower(v), scheme+"/"))
	if _, known := s.vocab.Concept(id); known {
		return name(id)
	}
	for _, c := range s.vocab.Lookup(v) {
		if strings.HasPrefix(string(c.ID), scheme+"/") {
			return name(c.ID)
		}
	}
	return v
}

// unknownValues notes ticked values that cannot be what they should be.
func (s *Service) unknownValues(r *Request) []Note {
	var notes []Note
	for prefix, values := range map[string]map[index.Field][]string{"": r.Values, "not_": r.Without} {
		for f, vs := range values {
			for _, v := range vs {
				if !s.possible(f, v) {
					notes = append(notes, Note{Key: NoteUnknownValue, Arg: prefix + string(f) + "=" + v})
				}
			}
		}
	}
	slices.SortFunc(notes, func(a, b Note) int { return strings.Compare(a.Arg, b.Arg) })
	return notes
}

// possible says whether a value can stand in a field: concepts are in the
// vocabulary, years are numbers, languages are codes.
func (s *Service) possible(f index.Field, v string) bool {
	if scheme, ok := schemes[f]; ok {
		_, known := s.vocab.Concept(corpus.ConceptID(scheme + "/" + v))
		return known
	}
	switch f {
	case index.FieldYear:
		_, err := corpus.ParseDate(v)
		return err == nil || v == index.NoDate
	case index.FieldFormat:
		return slices.Contains(corpus.Formats(), v)
	case index.FieldQuality:
		return slices.Contains(corpus.States(), corpus.State(v))
	case index.FieldLanguage:
		return (len(v) == 2 || len(v) == 3) && strings.Trim(v, "abcdefghijklmnopqrstuvwxyz") == ""
	}
	return true
}

// labelled gives the counted values their labels in the reader's language.
// Labels of languages are left to the caller, whose catalogue has them.
func (s *Service) labelled(reqs []index.FacetRequest, counts map[index.Field][]index.Bucket, r *Request) []Facet {
	var fs []Facet
	for _, req := range reqs {
		f := Facet{Field: req.Field}
		for _, b := range counts[req.Field] {
			label, lang := s.valueLabel(req.Field, b.Value, r.Lang)
			f.Buckets = append(f.Buckets, Bucket{
				ID: b.Value, Label: label, Lang: lang, Count: b.Count,
				Selected: slices.Contains(r.Values[req.Field], b.Value),
			})
		}
		if req.Broader != nil {
			f.Buckets = s.tree(schemes[req.Field], f.Buckets)
		}
		fs = append(fs, f)
	}
	return fs
}

// tree puts each value after the one that it is narrower than, and says how deep
// it stands. Among the narrower values of one the order stays. A value with
// several above it stands below the first that is there.
func (s *Service) tree(scheme string, buckets []Bucket) []Bucket {
	there := map[string]bool{}
	for _, b := range buckets {
		there[b.ID] = true
	}
	below := map[string][]Bucket{}
	for _, b := range buckets {
		above := ""
		if c, ok := s.vocab.Concept(corpus.ConceptID(scheme + "/" + b.ID)); ok {
			for _, id := range c.Broader {
				if there[name(id)] {
					above = name(id)
					break
				}
			}
		}
		below[above] = append(below[above], b)
	}
	var out []Bucket
	var add func(above string, depth int)
	add = func(above string, depth int) {
		for _, b := range below[above] {
			b.Depth = depth
			out = append(out, b)
			add(b.ID, depth+1)
		}
	}
	add("", 0)
	return out
}

func (s *Service) valueLabel(f index.Field, value string, l corpus.Lang) (string, corpus.Lang) {
	scheme, ok := schemes[f]
	if !ok {
		return value, ""
	}
	return s.vocab.Label(corpus.ConceptID(scheme+"/"+value), l)
}
