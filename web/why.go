package web

import (
	"marsa/corpus"
	"marsa/internal/search"
)

// whyView is a word that a publication was found by.
type whyView struct {
	label
	Of        string
	Forms     []string
	Title     bool
	Heading   bool
	Tag       bool
	Times     int
	Documents int
	Size      int // documents in the library
	Share     int
}

func whyViews(h search.Hit, size int, l corpus.Lang) []whyView {
	return list(h.Why, func(y search.Why) whyView {
		return whyView{
			label: foreign(y.Word, y.Language, l), Of: y.Of, Forms: y.Forms, Title: y.Title, Heading: y.Heading, Tag: y.Tag,
			Times: y.Times, Documents: y.Documents, Size: size, Share: y.Share,
		}
	})
}

// whyAddress is the same page of results with reasons, at one of its hits.
func whyAddress(a *asked, id corpus.ID, l corpus.Lang) string {
	params := a.encode()
	if params == "" {
		return "" // everything is shown: there is no reason
	}
	return "/" + string(l) + "/search" + params + "&explain=1#why-" + string(id)
}
