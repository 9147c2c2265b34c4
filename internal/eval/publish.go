package main

import (
	"context"
	"fmt"

	"marsa/corpus"
	"marsa/index"
	"marsa/index/bleve"
	"marsa/internal/extract"
	"marsa/internal/lang"
)

// place is a page of a publication.
type place struct {
	id   corpus.ID
	page int
}

// published is a collection's documents as publications, and which document
// each page is.
type published struct {
	entries   []*corpus.Entry
	documents map[place]string
}

// publish makes publications of up to n pages, a page a document. A publication
// ends where the language changes.
func publish(documents []item, n int) *published {
	p := &published{documents: map[place]string{}}
	var e *corpus.Entry
	for _, d := range documents {
		text, title := extract.Clean(d.Text), extract.CleanLine(d.Title, 0)
		l := d.Metadata.Lang
		if l == "" {
			l = lang.Detect(title + "\n" + text)
		}
		if e == nil || len(e.Pages) == n || e.Lang != l {
			// Numbers with zeros, so that ties are in the order of the file.
			id := corpus.ID(fmt.Sprintf("p%08d", len(p.entries)+1))
			e = &corpus.Entry{Document: corpus.Document{ID: id, Work: id, Title: title, Lang: l, State: corpus.Complete}}
			if l != "" {
				e.Languages = []corpus.Lang{l}
			}
			p.entries = append(p.entries, e)
		}
		number := len(e.Pages) + 1
		e.Pages = append(e.Pages, corpus.Page{Number: number, Lang: l, Text: text, Quality: corpus.Quality{State: corpus.Complete}})
		e.NumPages = number
		p.documents[place{e.ID, number}] = d.ID
	}
	return p
}

// put stores the publications in batches of bleve.BatchText.
func (p *published) put(ctx context.Context, engine index.Engine) error {
	var batch []*corpus.Entry
	size := 0
	for i, e := range p.entries {
		batch = append(batch, e)
		for _, page := range e.Pages {
			size += len(page.Text)
		}
		if size < bleve.BatchText && i < len(p.entries)-1 {
			continue
		}
		if err := engine.Put(ctx, batch...); err != nil {
			return err
		}
		batch, size = nil, 0
	}
	return nil
}
