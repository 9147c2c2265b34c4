// Package indextest holds what every search engine of marsa must do: a suite
// that is run against each implementation of index.Engine. Most of it is written
// as scripts in testdata, which say what is in the index, what is asked, and
// what must come back; script.go says how to read them.
package indextest

import (
	"context"
	"testing"

	"marsa/corpus"
	"marsa/index"
)

// Run runs the suite. Open gives a new empty engine for each test and closes it
// by t.Cleanup.
func Run(t *testing.T, open func(t *testing.T) index.Engine) {
	t.Run("scripts", func(t *testing.T) { runScripts(t, open) })
	for name, test := range map[string]func(*testing.T, index.Engine){
		"replace":          testReplace,
		"delete":           testDelete,
		"revs":             testRevs,
		"put of nothing":   testPutNothing,
		"put without id":   testPutWithoutID,
		"put twice in one": testPutTwiceInOne,
		"limits":           testLimits,
		"hostile text":     testHostile,
		"context":          testContext,
		"concurrency":      testConcurrency,
		"filter by id":     testFilterByID,
		"spans":            testSpansAreTrue,
		"running heads":    testRunningHeads,
		"offset and limit": testWindow,
		"similar words":    testSimilar,
		"related":          testRelated,
		"brute force":      testAgainstBruteForce,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

// entry makes a document of one language from the texts of its pages.
func entry(id corpus.ID, lang corpus.Lang, title string, pages ...string) *corpus.Entry {
	e := &corpus.Entry{Document: corpus.Document{ID: id, Work: id, Title: title, Lang: lang, Languages: []corpus.Lang{lang}}}
	for i, text := range pages {
		e.Pages = append(e.Pages, corpus.Page{Number: i + 1, Lang: lang, Text: text, Quality: corpus.Quality{State: corpus.Complete}})
	}
	e.NumPages = len(e.Pages)
	e.Rev = e.Revision()
	return e
}

func put(t *testing.T, e index.Engine, es ...*corpus.Entry) {
	t.Helper()
	if err := e.Put(context.Background(), es...); err != nil {
		t.Fatalf("Put: %v", err)
	}
}

func search(t *testing.T, e index.Engine, q *index.Query) *index.Result {
	t.Helper()
	r, err := e.Search(context.Background(), q)
	if err != nil {
		t.Fatalf("Search(%+v): %v", q, err)
	}
	return r
}

// shown returns the document that each hit shows.
func shown(r *index.Result) []corpus.ID {
	ids := []corpus.ID{}
	for _, h := range r.Hits {
		ids = append(ids, h.Documents[0])
	}
	return ids
}
