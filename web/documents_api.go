package web

import (
	"math"

	"marsa/corpus"
	"marsa/internal/search"
)

// DocumentAnswer is the record of a document.
type DocumentAnswer struct {
	Version    int                          `json:"version"`
	ID         corpus.ID                    `json:"id"`
	Work       corpus.ID                    `json:"work"`
	Versions   []VersionAnswer              `json:"versions"` // the others
	Title      string                       `json:"title"`
	Authors    []string                     `json:"authors"`
	Publisher  string                       `json:"publisher"`
	Issued     corpus.Date                  `json:"issued"`
	Kind       corpus.Kind                  `json:"kind"`
	Language   corpus.Lang                  `json:"language"`
	Languages  []corpus.Lang                `json:"languages"`
	Licence    string                       `json:"licence"`
	Notice     string                       `json:"notice"`
	Abstracts  []AbstractAnswer             `json:"abstracts"` // by language
	Notes      []PageNoteAnswer             `json:"notes"`     // to pages, by number and language
	Origins    []string                     `json:"origins"`
	Original   OriginalAnswer               `json:"original"`
	Provenance map[string]corpus.Provenance `json:"provenance"`
	Quality    corpus.State                 `json:"quality"`
	NumPages   int                          `json:"numPages"`
	Outline    []HeadingAnswer              `json:"outline"`
	Tags       []TagRecordAnswer            `json:"tags"`
	Pages      []PageSummaryAnswer          `json:"pages"`
	URL        string                       `json:"url"`
}

// PageNoteAnswer is what a page says, in one language.
type PageNoteAnswer struct {
	Page     int         `json:"page"`
	Language corpus.Lang `json:"language"`
	Text     string      `json:"text"`
}

// AbstractAnswer is what a document says, in one language. Title is its title in
// that language where it is not the document's own.
type AbstractAnswer struct {
	Language corpus.Lang `json:"language"`
	Title    string      `json:"title"`
	Text     string      `json:"text"` // paragraphs parted by an empty line
}

// OriginalAnswer is the file that a document was read from.
type OriginalAnswer struct {
	Name      string      `json:"name"`
	MediaType string      `json:"mediaType"`
	Size      int64       `json:"size"`
	SHA256    corpus.Hash `json:"sha256"`
	URL       string      `json:"url"`
}

// HeadingAnswer is an entry of a table of contents.
type HeadingAnswer struct {
	Title string `json:"title"`
	Level int    `json:"level"`
	Page  int    `json:"page"`
}

// TagRecordAnswer is a tag with the sentences that earned it.
type TagRecordAnswer struct {
	TagAnswer
	Rule     string           `json:"rule"`
	State    corpus.TagState  `json:"state"`
	Evidence []SentenceAnswer `json:"evidence"`
}

// SentenceAnswer is a sentence of a document.
type SentenceAnswer struct {
	Page     int          `json:"page"`
	Label    string       `json:"label"`
	Language corpus.Lang  `json:"language"`
	Parts    []PartAnswer `json:"parts"`
	URL      string       `json:"url"`
}

// PageSummaryAnswer is a page without its text.
type PageSummaryAnswer struct {
	Number     int          `json:"number"`
	Label      string       `json:"label"`
	Language   corpus.Lang  `json:"language"`
	Quality    corpus.State `json:"quality"`
	Opening    string       `json:"opening"`
	Reason     string       `json:"reason"`
	Engine     string       `json:"engine"`
	Agreement  float64      `json:"agreement"`
	Confidence float64      `json:"confidence"`
	URL        string       `json:"url"`
}

// DocumentJSON makes the answer that shows a record; l and base as in
// SearchJSON.
func DocumentJSON(r *search.Record, l corpus.Lang, base string) DocumentAnswer {
	d := r.Document
	a := DocumentAnswer{
		Version: apiVersion, ID: d.ID, Work: d.Work, Title: d.Title, Authors: filled(d.Authors), Publisher: d.Publisher,
		Issued: d.Issued, Kind: d.Kind, Language: d.Lang, Languages: filled(d.Languages), Licence: d.Licence, Notice: d.Notice,
		Quality: d.State, NumPages: d.NumPages, Provenance: map[string]corpus.Provenance{},
		Abstracts: list(d.Abstracts, func(a corpus.Abstract) AbstractAnswer { return AbstractAnswer{a.Lang, a.Title, a.Text} }),
		Notes:     list(d.Notes, func(n corpus.PageNote) PageNoteAnswer { return PageNoteAnswer{n.Page, n.Lang, n.Text} }),
		Versions:  list(r.Versions, versionJSON),
		Origins:   list(d.Origins, func(o corpus.Origin) string { return originOf(o).Text }),
		Original:  OriginalAnswer{d.Original.Name, d.Original.MediaType, d.Original.Size, d.Original.Hash, originalURL(base, d.ID)},
		Outline:   list(d.Outline, func(h corpus.Heading) HeadingAnswer { return HeadingAnswer(h) }),
		Tags: list(r.Tags, func(t search.TagRecord) TagRecordAnswer {
			return TagRecordAnswer{
				TagAnswer: tagJSON(t.Tag), Rule: t.Rule, State: t.State,
				Evidence: list(t.Evidence, func(s search.Sentence) SentenceAnswer {
					return SentenceAnswer{s.Page, s.Label, s.Language, list(s.Parts, partJSON), pageURL(base, l, d.ID, s.Page, "")}
				}),
			}
		}),
		Pages: list(r.Pages, func(p corpus.PageSummary) PageSummaryAnswer {
			q := p.Quality
			return PageSummaryAnswer{
				p.Number, p.Label, p.Lang, q.State, p.Opening, q.Reason, q.Engine, q.Agreement, q.Confidence, pageURL(base, l, d.ID, p.Number, ""),
			}
		}),
		URL: documentURL(base, l, d.ID, ""),
	}
	for field, from := range d.Source {
		a.Provenance[field] = from
	}
	return a
}

// PageAnswer is a page of a document.
type PageAnswer struct {
	Version       int           `json:"version"`
	Document      corpus.ID     `json:"document"`
	Number        int           `json:"number"`
	Label         string        `json:"label"`
	Language      corpus.Lang   `json:"language"`
	Quality       QualityAnswer `json:"quality"`
	Text          string        `json:"text"`
	Parts         []PartAnswer  `json:"parts"` // the text, cut at the words of q
	Marks         []BoxAnswer   `json:"marks"` // where the words of q stand
	PreviousHit   int           `json:"previousHit"`
	NextHit       int           `json:"nextHit"`
	MatchingPages int           `json:"matchingPages"`
	URL           string        `json:"url"`
}

// BoxAnswer is a rectangle in hundredths of the width and the height of a page.
type BoxAnswer struct {
	X float32 `json:"x"`
	Y float32 `json:"y"`
	W float32 `json:"w"`
	H float32 `json:"h"`
}

func boxJSON(b corpus.Box) BoxAnswer {
	percent := func(share float32) float32 { return float32(math.Round(float64(share)*10_000) / 100) }
	return BoxAnswer{percent(b.X), percent(b.Y), percent(b.W), percent(b.H)}
}

// QualityAnswer says how well a page was read.
type QualityAnswer struct {
	State      corpus.State `json:"state"`
	Engine     string       `json:"engine"`
	Agreement  float64      `json:"agreement"`
	Confidence float64      `json:"confidence"`
	Reason     string       `json:"reason"`
}

// PageJSON makes the answer that shows page m of a document, its words marked
// for the query typed; l and base as in SearchJSON.
func PageJSON(id corpus.ID, m *search.Marked, typed string, l corpus.Lang, base string) PageAnswer {
	p := m.Page
	return PageAnswer{
		Version: apiVersion, Document: id, Number: p.Number, Label: p.Label, Language: p.Lang,
		Quality: QualityAnswer(p.Quality), Text: p.Text, Parts: list(m.Parts, partJSON), Marks: list(boxesOfHits(m), boxJSON),
		PreviousHit: m.Previous, NextHit: m.Next, MatchingPages: m.MatchingPages,
		URL: pageURL(base, l, id, p.Number, typed),
	}
}
