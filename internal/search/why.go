package search

import (
	"math"
	"slices"
	"strings"

	"marsa/corpus"
	"marsa/index"
	"marsa/internal/fold"
)

// Why is a word or phrase of the query, or another name of what it means, that a
// work was found by.
type Why struct {
	Word      string
	Language  corpus.Lang // of a name
	Of        string      // the words of the query that it is another name of; empty for what was typed
	Forms     []string    // other forms of it on the pages shown
	Title     bool        // it stands in the title,
	Heading   bool        // in a heading,
	Tag       bool        // and names what the document is about
	Times     int         // that it stands in the text
	Documents int         // of the library that have it
	Share     int         // hundredths of what all of them count for
}

// why says what the words of a query do for a hit, in the order of the query.
func (s *Service) why(h *index.Hit, hit *Hit, es []Expansion) []Why {
	sum := 0.0
	for _, w := range h.Why {
		sum += w.Score
	}
	var out []Why
	for _, w := range h.Why {
		y := Why{Word: w.Word, Title: w.Title, Times: w.Times, Documents: w.Documents}
		if sum > 0 {
			y.Share = int(math.Round(100 * w.Score / sum))
		}
		for _, e := range es {
			about := slices.ContainsFunc(hit.Document.Tags, func(t corpus.Tag) bool {
				return t.Concept == e.Concept && t.Role == corpus.About && t.State != corpus.Rejected
			})
			i := slices.IndexFunc(e.Labels, func(l Label) bool { return l.Text == w.Word })
			switch {
			case w.Label && i >= 0:
				y.Of, y.Language, y.Tag = e.Typed, e.Labels[i].Lang, y.Tag || about
			case !w.Label && slices.Contains(strings.Fields(fold.Text(e.Typed)), fold.Text(w.Word)):
				y.Tag = y.Tag || about
			}
		}
		if !w.Label {
			y.Forms = s.forms(h, w.Word)
		}
		y.Heading = inHeading(hit.Document, append([]string{y.Word}, y.Forms...))
		out = append(out, y)
	}
	return out
}

// maxForms is how many forms of a word are shown.
const maxForms = 5

// forms are the ways, other than as typed, in which a word is written on the
// pages shown.
func (s *Service) forms(h *index.Hit, word string) []string {
	seen := map[string]bool{fold.Text(word): true}
	var out []string
	for _, p := range h.Pages {
		page, err := s.library.Page(p.ID, p.Number)
		if err != nil {
			continue // it left the library since the engine answered
		}
		for _, m := range within(page.Text, p.Spans) {
			form := page.Text[m.Start:m.End]
			if m.Word != word || seen[fold.Text(form)] || len(out) == maxForms {
				continue
			}
			seen[fold.Text(form)] = true
			out = append(out, oneLine(form))
		}
	}
	return out
}

func inHeading(d *corpus.Document, words []string) bool {
	return slices.ContainsFunc(d.Outline, func(h corpus.Heading) bool {
		title := " " + fold.Text(h.Title) + " "
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(title, " "+fold.Text(w)+" ") })
	})
}
