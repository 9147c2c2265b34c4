package bleve

import (
	"cmp"
	"slices"

	"marsa/corpus"
	"marsa/index"
)

// A work is a hit in the making.
type work struct {
	id       corpus.ID
	full     bool
	score    float64
	versions []candidate // that match as well as the best of them, the one to show first
	best     uint32      // the document with the best score
}

// works groups candidates, which stand by work, and leaves out what filters
// keep out.
func works(cs []candidate, prefer []corpus.Lang) []work {
	var out []work
	for i := 0; i < len(cs); {
		j := i
		for j < len(cs) && cs[j].row.workNum == cs[i].row.workNum {
			j++
		}
		if w, ok := workOf(cs[i:j], prefer); ok {
			out = append(out, w)
		}
		i = j
	}
	return out
}

func workOf(cs []candidate, prefer []corpus.Lang) (work, bool) {
	w := work{id: cs[0].row.work}
	for _, c := range cs {
		w.full = w.full || c.fails == 0 && c.full
	}
	for _, c := range cs {
		if c.fails > 0 || c.full != w.full {
			continue
		}
		if len(w.versions) == 0 || c.score > w.score {
			w.score, w.best = c.score, c.doc
		}
		w.versions = append(w.versions, c)
	}
	if len(w.versions) > 1 {
		slices.SortFunc(w.versions, func(a, b candidate) int {
			return cmp.Or(
				lentLast(a, b),
				cmp.Compare(preferred(a.row, prefer), preferred(b.row, prefer)),
				cmp.Compare(b.score, a.score),
				cmp.Compare(a.row.id, b.row.id),
			)
		})
	}
	return w, len(w.versions) > 0
}

// lentLast puts versions that have the words as they were typed before those that
// are found by other names: a reader who writes Arabic reads Arabic.
func lentLast(a, b candidate) int {
	switch {
	case a.lent == b.lent:
		return 0
	case b.lent:
		return -1
	}
	return 1
}

// sortWorks puts works in order; those with all words come first unless they are
// mixed with the others.
func sortWorks(ws []work, by index.Sort, mixed bool) {
	slices.SortFunc(ws, func(a, b work) int {
		first := 0
		if !mixed {
			first = fullFirst(a, b)
		}
		return cmp.Or(first, compareWorks(a, b, by), cmp.Compare(a.id, b.id))
	})
}

func fullFirst(a, b work) int {
	switch {
	case a.full == b.full:
		return 0
	case a.full:
		return -1
	}
	return 1
}

func compareWorks(a, b work, by index.Sort) int {
	switch x, y := a.versions[0].row, b.versions[0].row; by {
	case index.ByNewest:
		return cmp.Compare(y.issued, x.issued)
	case index.ByTitle:
		return cmp.Or(lastIfEmpty(x.title, y.title), cmp.Compare(x.title, y.title))
	}
	return cmp.Compare(b.score, a.score)
}

func lastIfEmpty(a, b string) int {
	switch {
	case (a == "") == (b == ""):
		return 0
	case a == "":
		return 1
	}
	return -1
}
