package bleve

import (
	"slices"

	"marsa/index"
)

// lacks tells of works that have only some of the words which they do not have.
func (r *run) lacks(ws []work, hits []index.Hit, required []node) error {
	places := map[uint32]int{} // of hits, by document
	var docs []uint32
	for i, w := range ws {
		if !w.full {
			places[w.versions[0].doc] = i
			docs = append(docs, w.versions[0].doc)
		}
	}
	if len(docs) == 0 {
		return nil
	}
	outer := r.only
	defer func() { r.only = outer }()
	r.only = sorted(docs)
	for _, n := range required {
		if err := r.lack(n, places, hits); err != nil {
			return err
		}
	}
	return nil
}

// lack adds the words of a clause to the hits that it does not match. Only words
// have a name to be given; a concept's are all there with one of its labels.
func (r *run) lack(n node, places map[uint32]int, hits []index.Hit) error {
	words := []node{n}
	has := map[uint32]bool{}
	if c, ok := n.(*conceptNode); ok {
		words = c.words
		if c.labels != nil {
			m, err := c.labels.eval(r)
			if err != nil {
				return err
			}
			for _, doc := range m.docs {
				has[doc] = true
			}
		}
	}
	for _, w := range words {
		l, ok := w.(*leaf)
		if !ok {
			continue
		}
		m, err := l.eval(r)
		if err != nil {
			return err
		}
		for doc, i := range places {
			if _, found := slices.BinarySearch(m.docs, doc); !found && !has[doc] {
				hits[i].Lacks = append(hits[i].Lacks, l.text)
			}
		}
	}
	return nil
}
