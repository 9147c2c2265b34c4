package bleve

import (
	"slices"

	"marsa/corpus"
	"marsa/index"
)

// A filterSet is the filters of a query, made ready to be asked about rows.
type filterSet struct {
	fields []index.Field        // that are filtered, each once
	tests  []fieldTest          // for each of fields
	strict map[index.Field]bool // those of which all values are wanted
}

// fieldTest is all that the filters on one field want.
type fieldTest []func(*row) bool

func (t fieldTest) pass(r *row) bool {
	for _, test := range t {
		if !test(r) {
			return false
		}
	}
	return true
}

func newFilterSet(q *index.Query, names *dictionaries) *filterSet {
	s := &filterSet{strict: map[index.Field]bool{}}
	for _, f := range q.Filters {
		i := slices.Index(s.fields, f.Field)
		if i < 0 {
			i = len(s.fields)
			s.fields = append(s.fields, f.Field)
			s.tests = append(s.tests, nil)
		}
		s.strict[f.Field] = s.strict[f.Field] || f.All && !f.Not
		s.tests[i] = append(s.tests[i], testOf(f, broader(q, f.Field), names))
	}
	return s
}

// fails returns how many fields keep a row out, and the last of them.
func (s *filterSet) fails(r *row) (n int, last index.Field) {
	for i, t := range s.tests {
		if !t.pass(r) {
			n++
			last = s.fields[i]
		}
	}
	return n, last
}

func broader(q *index.Query, f index.Field) map[string][]string {
	for _, r := range q.Facets {
		if r.Field == f {
			return r.Broader
		}
	}
	return nil
}

func testOf(f index.Filter, broader map[string][]string, names *dictionaries) func(*row) bool {
	if f.Not {
		f.Not = false
		has := testOf(f, broader, names)
		return func(r *row) bool { return !has(r) }
	}
	if f.All {
		return testOfAll(f, broader, names)
	}
	switch f.Field {
	case index.FieldID:
		return func(r *row) bool { return slices.Contains(f.Values, string(r.id)) }
	case index.FieldWork:
		return func(r *row) bool { return slices.Contains(f.Values, string(r.work)) }
	}
	i := column(f.Field)
	wanted := wantedNumbers(f.Values, broader, &names.values[i])
	ranged := f.From != 0 || f.To != 0
	return func(r *row) bool {
		for _, n := range r.values[i] {
			if wanted[n] {
				return true
			}
		}
		return ranged && r.year != 0 && r.year >= f.From && (f.To == 0 || r.year <= f.To)
	}
}

// testOfAll wants every value of a filter.
func testOfAll(f index.Filter, broader map[string][]string, names *dictionaries) func(*row) bool {
	var tests fieldTest
	for _, v := range f.Values {
		tests = append(tests, testOf(index.Filter{Field: f.Field, Values: []string{v}}, broader, names))
	}
	if f.From != 0 || f.To != 0 {
		tests = append(tests, testOf(index.Filter{Field: f.Field, From: f.From, To: f.To}, broader, names))
	}
	return tests.pass
}

// wantedNumbers are the values and all that is narrower than one of them.
func wantedNumbers(values []string, broader map[string][]string, d *dictionary) map[uint32]bool {
	wanted := map[uint32]bool{}
	add := func(v string) {
		if n, ok := d.number(v); ok {
			wanted[n] = true
		}
	}
	for _, v := range values {
		add(v)
	}
	for narrow, above := range broader {
		for _, v := range above {
			if slices.Contains(values, v) {
				add(narrow)
			}
		}
	}
	return wanted
}

// restrict returns the documents that a query can match because it asks for
// them by name, in rising order; nil when it does not. Facets see all
// documents, so a query with facets is never restricted.
func (v *view) restrict(q *index.Query) ([]uint32, error) {
	if len(q.Facets) > 0 {
		return nil, nil
	}
	for _, f := range q.Filters {
		if f.Field == index.FieldID && !f.Not {
			return v.numbersOf(f.Values)
		}
	}
	return nil, nil
}

func (v *view) numbersOf(ids []string) ([]uint32, error) {
	docs := []uint32{}
	for _, id := range ids {
		internal, err := v.snapshot.InternalID(id)
		if err != nil {
			return nil, err
		}
		if internal != nil {
			docs = append(docs, uint32(internal.Value()))
		}
	}
	slices.Sort(docs)
	return slices.Compact(docs), nil
}

// preferred ranks a document by its language: lower is better.
func preferred(r *row, prefer []corpus.Lang) int {
	for i, l := range prefer {
		if len(r.languages) > 0 && r.languages[0] == l {
			return 2 * i
		}
		if slices.Contains(r.languages, l) {
			return 2*i + 1
		}
	}
	return 2 * len(prefer)
}
