package web

import (
	"slices"

	"marsa/corpus"
	"marsa/internal/search"
)

// expansionView is words of a query, and what was searched too: the other labels of
// the concept that they name, or words that mean the same.
type expansionView struct {
	Typed   string
	Also    []alsoView
	More    []alsoView // behind a fold
	Removed []alsoView // URL searches them again
}

// alsoView is a label; URL is the search without it.
type alsoView struct {
	label
	URL string
}

// shownLabels is how many labels stand before the fold.
const shownLabels = 4

// expansionViews are of the concepts of a query, and of its other words.
func expansionViews(a *asked, es []search.Expansion, l corpus.Lang) (concepts, everyday []expansionView) {
	link := func(change func(*asked)) string { return "/" + string(l) + "/search" + a.with(change).encode() }
	for _, e := range es {
		v := expansionView{Typed: e.Typed}
		seen := map[string]bool{}
		for _, o := range e.Labels {
			if seen[o.Text] { // the same in two languages
				continue
			}
			seen[o.Text] = true
			also := alsoView{foreign(o.Text, o.Lang, l), link(func(b *asked) { b.No = append(slices.Clone(b.No), o.Text) })}
			if len(v.Also) < shownLabels {
				v.Also = append(v.Also, also)
			} else {
				v.More = append(v.More, also)
			}
		}
		for _, o := range e.Removed {
			again := link(func(b *asked) {
				b.No = slices.DeleteFunc(slices.Clone(b.No), func(no string) bool { return no == o.Text })
			})
			v.Removed = append(v.Removed, alsoView{foreign(o.Text, o.Lang, l), again})
		}
		if e.Concept != "" {
			concepts = append(concepts, v)
		} else {
			everyday = append(everyday, v)
		}
	}
	return concepts, everyday
}

// expandSwitch leads to the search with all labels, or with none.
func expandSwitch(a *asked, l corpus.Lang) string {
	return "/" + string(l) + "/search" + a.with(func(b *asked) { b.Plain, b.No = !b.Plain, nil }).encode()
}
