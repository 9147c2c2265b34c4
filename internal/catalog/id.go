package catalog

import (
	"strings"

	"marsa/corpus"
	"marsa/internal/fold"
)

// maxSlug is the longest readable part of an ID, in bytes.
const maxSlug = 48

// NewID makes the ID of a document from its title and the place where it was
// found: readable words, and six digits that tell apart documents of one title.
func NewID(title, origin string) corpus.ID {
	return LongID(title, origin, 6)
}

// LongID is NewID with more digits (at most 14), for the rare case that the
// short one is taken.
func LongID(title, origin string, digits int) corpus.ID {
	return corpus.ID(slug(title) + "-" + string(corpus.HashOf([]byte(origin)))[:min(digits, 14)])
}

// slug returns the words of title in plain letters, as many as fit.
func slug(title string) string {
	var b strings.Builder
	for t := range fold.Words(title) {
		word := plain(fold.Term(title[t.Start:t.End]))
		if word == "" {
			continue
		}
		if b.Len() == 0 {
			b.WriteString(word[:min(len(word), maxSlug)])
			continue
		}
		if b.Len()+1+len(word) > maxSlug {
			break
		}
		b.WriteByte('-')
		b.WriteString(word)
	}
	if b.Len() == 0 {
		return "doc"
	}
	return b.String()
}

// plain keeps the ASCII letters and digits of a folded word.
func plain(word string) string {
	return strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, word)
}
