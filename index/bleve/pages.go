package bleve

import (
	"cmp"
	"slices"
)

// A mark is a place on a page that answers a leaf.
type mark struct {
	place
	leaf int
}

// A page is an array element that has a leaf.
type page struct {
	element int
	score   float64
	marks   []mark // in order of their starts, no two at the same start
}

// locate returns the marks of leaves in the texts of documents.
func (r *run) locate(docs []uint32, leaves []*leaf) (map[uint32][]mark, error) {
	docs = sorted(docs)
	out := make(map[uint32][]mark, len(docs))
	for i, l := range leaves {
		if err := r.locateLeaf(docs, l, i, out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (r *run) locateLeaf(docs []uint32, l *leaf, number int, out map[uint32][]mark) error {
	for _, o := range l.labels {
		if err := r.locateLeaf(docs, o, number, out); err != nil {
			return err
		}
	}
	if l.phrase != nil {
		for _, f := range l.texts() {
			err := r.rowIn(f, l, docs, func(doc uint32, _, _ int, at []place) {
				for _, p := range at {
					out[doc] = append(out[doc], mark{p, number})
				}
			})
			if err != nil {
				return err
			}
		}
		return nil
	}
	for _, t := range l.terms {
		if t.field.is(titlePart) {
			continue
		}
		err := r.each(t.field, t.term, docs, true, func(p posting) error {
			for _, v := range p.places {
				out[p.doc] = append(out[p.doc], mark{placeOf(v), number})
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// texts are the fields of texts and abstracts, not of titles, that a phrase is looked for in.
func (l *leaf) texts() []field {
	return slices.DeleteFunc(slices.Clone(l.in), func(f field) bool { return f.is(titlePart) })
}

// pages groups the marks of a document by page, best page first.
func (r *run) pages(d *row, marks []mark, leaves []*leaf) []page {
	slices.SortFunc(marks, compareMarks)
	average := r.view.pages.average()
	var out []page
	for i := 0; i < len(marks); {
		j := i
		for j < len(marks) && marks[j].element == marks[i].element {
			j++
		}
		p := page{element: marks[i].element, marks: slices.CompactFunc(marks[i:j:j], func(a, b mark) bool {
			return a.start == b.start
		})}
		words := float64(d.length(p.element))
		if d.isNote(p.element) { // it says in few words what a page says in many
			words = max(words, average)
		}
		p.score = pageScore(p.marks, leaves, words, average)
		if slices.Contains(d.sources, p.element) {
			p.score *= sourcesWeight
		}
		out = append(out, p)
		i = j
	}
	slices.SortStableFunc(out, func(a, b page) int { return cmp.Compare(b.score, a.score) })
	return out
}

// compareMarks puts marks in order of their places; of two at one start the
// longer is first. It is called so often that it looks at no more than it must.
func compareMarks(a, b mark) int {
	switch {
	case a.element != b.element:
		return a.element - b.element
	case a.start != b.start:
		return a.start - b.start
	case a.end != b.end:
		return b.end - a.end
	}
	return a.leaf - b.leaf
}

// sourcesWeight is what a page that lists sources is worth: it names many things
// and says little of them.
const sourcesWeight = 0.5

// pageScore is BM25 over pages, with a premium for words
// that stand close together.
func pageScore(marks []mark, leaves []*leaf, words, average float64) float64 {
	counts := make([]int, len(leaves))
	for _, m := range marks {
		counts[m.leaf]++
	}
	once(counts, leaves, words, average)
	score, sum, distinct := 0.0, 0.0, 0
	for i, n := range counts {
		if n > 0 {
			score += leaves[i].onPage() * saturation(float64(n), words, average)
			sum += leaves[i].onPage()
			distinct++
		}
	}
	score *= asTyped(counts, leaves)
	if distinct > 1 {
		score += closeWeight * sum * float64(distinct) / float64(shortest(marks, counts, distinct))
	}
	return score
}

// asTyped is what a page is worth that has the words of the query themselves, where
// words that mean the same are searched too: up to twice as much. Else a page in
// another language would be worth as much as the one in the reader's that it translates.
func asTyped(counts []int, leaves []*leaf) float64 {
	all, typed, akin := 0.0, 0.0, false
	for i, l := range leaves {
		switch {
		case l.labels != nil:
			akin = akin || l.akin
		default:
			all += l.onPage()
			if counts[i] > 0 {
				typed += l.onPage()
			}
		}
	}
	if !akin || all == 0 {
		return 1
	}
	share := typed / all
	return 1 + share*share
}

// closeWeight is what words in one unbroken row add to their page's score, as a
// share of their weight.
const closeWeight = 0.25

// shortest returns the length, in words, of the shortest stretch that has every
// leaf of the page.
func shortest(marks []mark, counts []int, distinct int) int {
	have := make([]int, len(counts))
	best, from, got := 1<<30, 0, 0
	for _, m := range marks {
		if have[m.leaf]++; have[m.leaf] == 1 && counts[m.leaf] > 0 {
			got++
		}
		for got == distinct {
			best = min(best, m.last-marks[from].first+1)
			f := marks[from].leaf
			if have[f]--; have[f] == 0 && counts[f] > 0 {
				got--
			}
			from++
		}
	}
	return max(best, distinct)
}

func sorted(docs []uint32) []uint32 {
	docs = slices.Clone(docs)
	slices.Sort(docs)
	return slices.Compact(docs)
}
