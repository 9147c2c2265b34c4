package web

import (
	"slices"
	"strings"

	"marsa/corpus"
)

// abstractView is what a document says, in one language.
type abstractView struct {
	Lang       corpus.Lang
	Title      string // of the document in that language; empty where that is its own
	Paragraphs []string
}

// abstractViews puts the abstract for a reader first: the one in the reader's
// language, else in the document's.
func abstractViews(d *corpus.Document, l corpus.Lang) []abstractView {
	var views []abstractView
	for _, a := range d.Abstracts {
		if a.Text != "" {
			views = append(views, abstractView{a.Lang, a.Title, strings.Split(a.Text, "\n\n")})
		}
	}
	rank := func(v abstractView) int {
		switch v.Lang {
		case l:
			return 0
		case d.Lang:
			return 1
		}
		return 2
	}
	slices.SortStableFunc(views, func(a, b abstractView) int { return rank(a) - rank(b) })
	return views
}

// abstractAnchor is the place of an abstract on the page of its document.
func abstractAnchor(l corpus.Lang) string { return "abstract-" + string(l) }

// Anchor is where it stands on the page.
func (v abstractView) Anchor() string { return abstractAnchor(v.Lang) }

// titleIn is the title of a document in a language, where its own is in another and
// the record has it.
func titleIn(d *corpus.Document, l corpus.Lang) string {
	for _, a := range d.Abstracts {
		if a.Lang == l {
			return a.Title
		}
	}
	return ""
}
