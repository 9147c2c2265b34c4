package bleve

import (
	"cmp"
	"slices"

	"marsa/index"
)

// candidate is a document that matches the query, before filters.
type candidate struct {
	found
	row    *row
	fails  int         // fields whose filters keep it out
	failed index.Field // that field, when it is one
}

// candidates joins documents with their rows and puts the versions of a work
// together.
func (v *view) candidates(fs []found, filters *filterSet) []candidate {
	out := make([]candidate, 0, len(fs))
	for _, f := range fs {
		c := candidate{found: f, row: v.rows[f.doc]}
		c.fails, c.failed = filters.fails(c.row)
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.row.workNum, b.row.workNum), cmp.Compare(a.doc, b.doc))
	})
	return out
}

// facets counts works for each requested field. Works with all words are
// counted; works with half of them only where no work has all.
func (v *view) facets(cs []candidate, requests []index.FacetRequest, filters *filterSet) map[index.Field][]index.Bucket {
	if len(requests) == 0 {
		return nil
	}
	full := slices.ContainsFunc(cs, func(c candidate) bool { return c.full })
	out := make(map[index.Field][]index.Bucket, len(requests))
	for _, r := range requests {
		out[r.Field] = v.facet(cs, r, full, filters.strict[r.Field])
	}
	return out
}

func (v *view) facet(cs []candidate, request index.FacetRequest, full, strict bool) []index.Bucket {
	i := column(request.Field)
	c := newCounter(v.names.values[i].all(), request)
	for _, d := range cs {
		if d.full != full || d.fails > 1 || d.fails == 1 && (d.failed != request.Field || strict) {
			continue
		}
		for _, n := range d.row.values[i] {
			c.count(n, d.row.workNum)
		}
	}
	return c.buckets(request.Always)
}

// A counter counts each work once for each value. Works come one after another.
type counter struct {
	names   []string // of the column's dictionary
	byValue [][]int  // the buckets to count in for each number; nil when not known yet
	bucket  map[string]int
	values  []index.Bucket
	last    []uint32 // the work that was counted last in each bucket, plus one
	request index.FacetRequest
}

func newCounter(names []string, request index.FacetRequest) *counter {
	return &counter{
		names: names, byValue: make([][]int, len(names)),
		bucket: map[string]int{}, request: request,
	}
}

func (c *counter) count(number, work uint32) {
	if int(number) >= len(c.byValue) {
		return // a value written after the view was made; none of its rows has it
	}
	if c.byValue[number] == nil {
		name := c.names[number]
		c.byValue[number] = append(c.byValue[number], c.place(name))
		for _, above := range c.request.Broader[name] {
			if n := c.place(above); !slices.Contains(c.byValue[number], n) {
				c.byValue[number] = append(c.byValue[number], n)
			}
		}
	}
	for _, n := range c.byValue[number] {
		if c.last[n] != work+1 {
			c.last[n] = work + 1
			c.values[n].Count++
		}
	}
}

func (c *counter) place(name string) int {
	n, ok := c.bucket[name]
	if !ok {
		n = len(c.values)
		c.bucket[name] = n
		c.values = append(c.values, index.Bucket{Value: name})
		c.last = append(c.last, 0)
	}
	return n
}

func (c *counter) buckets(always []string) []index.Bucket {
	for _, v := range always {
		c.place(v)
	}
	slices.SortFunc(c.values, func(a, b index.Bucket) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
	})
	return c.values
}
