package search

import (
	"cmp"
	"errors"
	"slices"

	"marsa/corpus"
	"marsa/index"
)

// hit adds titles, labels and excerpts to what the engine found. It returns nil
// for a work that left the library since the engine answered.
func (s *Service) hit(h *index.Hit, l corpus.Lang) (*Hit, error) {
	if len(h.Documents) == 0 {
		return nil, nil
	}
	shown, err := s.library.Document(h.Documents[0])
	if errors.Is(err, corpus.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	versions, err := s.library.Versions(h.Work)
	if err != nil {
		return nil, err
	}
	hit := &Hit{
		Document: shown, Versions: versionList(shown, versions),
		Score: h.Score, Partial: h.Partial, Lacks: h.Lacks, MatchingPages: h.MatchingPages,
		Tags: s.tags(shown.Tags, l),
	}
	for i := range h.Pages {
		p, err := s.pageHit(&h.Pages[i], shown)
		if err != nil {
			return nil, err
		}
		if p != nil {
			hit.Pages = append(hit.Pages, *p)
		}
	}
	if h.Abstract != nil {
		hit.Abstract = abstractHit(shown, h.Abstract)
	}
	return hit, nil
}

// abstractHit is nil where the abstract was taken away since the engine answered.
func abstractHit(d *corpus.Document, h *index.AbstractHit) *AbstractHit {
	i := slices.IndexFunc(d.Abstracts, func(a corpus.Abstract) bool { return a.Lang == h.Lang })
	if i < 0 {
		return nil
	}
	text := d.Abstracts[i].Text
	return &AbstractHit{Document: d.ID, Language: h.Lang, Excerpt: excerpt(text, within(text, h.Spans))}
}

// pageHit is nil where the page was taken away since the engine answered.
func (s *Service) pageHit(h *index.PageHit, d *corpus.Document) (*PageHit, error) {
	p, err := s.library.Page(h.ID, h.Number)
	if errors.Is(err, corpus.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	hit := &PageHit{Document: h.ID, Number: p.Number, Label: p.Label, Language: p.Lang, Quality: p.Quality.State}
	if h.Note != nil {
		if text := d.Note(p.Number, h.Note.Lang); text != "" {
			hit.Note, hit.Excerpt = h.Note.Lang, excerpt(text, within(text, h.Note.Spans))
			return hit, nil
		}
	}
	hit.Excerpt = excerpt(p.Body(), within(p.Text, h.Spans))
	return hit, nil
}

// within leaves out spans that do not fit the text: the page may have been
// replaced between the engine's answer and now.
func within(text string, spans []index.Match) []index.Match {
	fits := func(m index.Match) bool { return 0 <= m.Start && m.Start < m.End && m.End <= len(text) }
	return slices.DeleteFunc(slices.Clone(spans), func(m index.Match) bool { return !fits(m) })
}

// versionList lists the documents of a work with the one shown first and the
// others by language.
func versionList(shown *corpus.Document, all []*corpus.Document) []Version {
	list := []Version{{ID: shown.ID, Language: shown.Lang, Title: shown.Title}}
	for _, d := range all {
		if d.ID != shown.ID {
			list = append(list, Version{ID: d.ID, Language: d.Lang, Title: d.Title})
		}
	}
	slices.SortStableFunc(list[1:], func(a, b Version) int {
		return cmp.Or(cmp.Compare(a.Language, b.Language), cmp.Compare(a.ID, b.ID))
	})
	return list
}

// tags labels the tags that nobody rejected.
func (s *Service) tags(ts []corpus.Tag, l corpus.Lang) []Tag {
	var list []Tag
	for _, t := range ts {
		if t.State == corpus.Rejected {
			continue
		}
		label, _ := s.vocab.Label(t.Concept, l)
		list = append(list, Tag{Tag: t, Label: label})
	}
	return list
}

func sortMatches(ms []index.Match) {
	slices.SortFunc(ms, func(a, b index.Match) int { return cmp.Or(a.Start-b.Start, a.End-b.End) })
}
