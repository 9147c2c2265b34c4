package main

import (
	"errors"
	"strings"

	"marsa/corpus"
	"marsa/corpus/vocab"
	"marsa/internal/catalog"
	"marsa/internal/tagger"
)

// asker asks the rules what documents are about.
type asker struct {
	catalog  *catalog.Catalog
	tagger   *tagger.Tagger
	v        *vocab.Vocabulary
	codebook set
}

// answered is a document with what the rules say of it.
type answered struct {
	document
	countries, topics set
}

// all asks for each document of the gold set. Those that the catalog has not are
// missing.
func (a *asker) all(gold goldSet) (judged []answered, missing goldSet, err error) {
	for _, d := range gold {
		id, err := a.catalog.ByHash(d.hash)
		if errors.Is(err, corpus.ErrNotFound) {
			missing = append(missing, d)
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		e, err := a.catalog.Entry(id)
		if err != nil {
			return nil, nil, err
		}
		judged = append(judged, a.ask(d, e))
	}
	return judged, missing, nil
}

func (a *asker) ask(d document, e *corpus.Entry) answered {
	got := answered{document: d, countries: set{}, topics: set{}}
	for _, t := range a.tagger.Tag(e) {
		switch {
		case t.Role != corpus.About:
		case strings.HasPrefix(string(t.Concept), vocab.Country+"/"):
			got.countries[t.Concept] = true
		default:
			for id := range closed(set{t.Concept: true}, a.v) {
				if a.codebook[id] {
					got.topics[id] = true
				}
			}
		}
	}
	return got
}
