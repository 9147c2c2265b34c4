package ingest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"marsa/corpus"
	"marsa/internal/extract"
	"marsa/internal/harvest"
	"marsa/internal/lang"
)

// recipeOf returns the hash of all that a document is made from besides the
// bytes of its file.
func recipeOf(m *harvest.Meta) corpus.Hash { return recipe(recipeVersion, m) }

func recipe(version int, m *harvest.Meta) corpus.Hash {
	data, err := json.Marshal(struct {
		Version int
		Meta    *harvest.Meta
	}{version, m})
	if err != nil { // only strings: cannot happen
		panic(fmt.Sprintf("recipe: %v", err))
	}
	return corpus.HashOf(data)
}

// madeWith says whether a recipe is one with the record, of whatever version.
func madeWith(h corpus.Hash, m *harvest.Meta) bool {
	for v := 1; v <= recipeVersion; v++ {
		if h == recipe(v, m) {
			return true
		}
	}
	return false
}

// bare says whether a recipe is one without a record, or is not known.
func bare(h corpus.Hash) bool {
	return h == "" || madeWith(h, nil) || madeWith(h, &harvest.Meta{})
}

// compose makes an entry of what was read. What the record says wins; where
// each value comes from is noted. The ID is still missing.
func (p *Pipeline) compose(j *job, c *extract.Content) *corpus.Entry {
	extract.MarkRunning(c.Pages)
	front, warnings := harvest.FromFrontMatter(c.Record)
	m := j.record().Under(front)
	e := &corpus.Entry{Document: corpus.Document{
		Work: m.Work, Licence: m.Licence, Notice: m.Notice,
		Outline: c.Outline, State: c.State, Source: map[string]corpus.Provenance{},
		Warnings: append(slices.Clone(c.Warnings), warnings...),
		Original: corpus.Original{Hash: j.hash, Name: j.file.Name, MediaType: c.MediaType, Size: int64(len(j.file.Data))},
	}, Pages: c.Pages}
	if m.URL != "" {
		e.Origins = []corpus.Origin{{URL: m.URL}}
	}
	j.wants = m.ID
	describe(e, m, c)
	languages(e, m, c)
	abstracts(e, m, c)
	notes(e, m)
	readability(e)
	p.classify(e, m, j.former)
	return e
}

// describe fills in what is printed of a document: title, authors, publisher,
// date and work.
func describe(e *corpus.Entry, m *harvest.Meta, c *extract.Content) {
	from := c.TitleFrom
	if from == "" {
		from = corpus.FromFile
	}
	switch {
	case m.Title != "":
		e.Title, e.Source["title"] = m.Title, corpus.FromRecord
	case c.Title != "":
		e.Title, e.Source["title"] = c.Title, from
	default:
		e.Title, e.Source["title"] = titleOfName(e.Original.Name), corpus.FromGuess
	}
	e.Authors = m.Authors
	e.Publisher = m.Publisher
	e.Issued = m.Issued
	note(e, "authors", len(m.Authors) > 0, corpus.FromRecord)
	note(e, "publisher", m.Publisher != "", corpus.FromRecord)
	note(e, "issued", m.Issued != "", corpus.FromRecord)
	note(e, "work", m.Work != "", corpus.FromRecord)
	if len(e.Authors) == 0 {
		e.Authors = c.Authors
		note(e, "authors", len(c.Authors) > 0, corpus.FromFile)
	}
	if e.Publisher == "" {
		e.Publisher = c.Publisher
		note(e, "publisher", c.Publisher != "", corpus.FromFile)
	}
	if e.Issued == "" {
		e.Issued = c.Issued
		note(e, "issued", c.Issued != "", cmp.Or(c.IssuedFrom, corpus.FromFile))
	}
}

// abstracts gives the abstract without a language that of the document, and drops
// titles that are the document's own. The file's own counts where the record has
// none in that language.
func abstracts(e *corpus.Entry, m *harvest.Meta, c *extract.Content) {
	given := m.Abstracts
	if c.Abstract != "" {
		given = append(slices.Clone(given), corpus.Abstract{Text: c.Abstract})
	}
	for _, a := range harvest.AbstractsIn(e.Lang, given) {
		if a.Lang == e.Lang || a.Title == e.Title {
			a.Title = ""
		}
		if a.Title != "" || a.Text != "" {
			e.Abstracts = append(e.Abstracts, a)
		}
	}
	note(e, "abstracts", len(m.Abstracts) > 0, corpus.FromRecord)
	note(e, "abstracts", len(m.Abstracts) == 0 && c.Abstract != "", corpus.FromFile)
}

// notes gives the notes without a language that of the document, and leaves out
// those to pages that it does not have.
func notes(e *corpus.Entry, m *harvest.Meta) {
	for _, n := range harvest.NotesIn(e.Lang, m.Notes) {
		if slices.ContainsFunc(e.Pages, func(p corpus.Page) bool { return p.Number == n.Page }) {
			e.Notes = append(e.Notes, n)
		}
	}
	if left := len(m.Notes) - len(e.Notes); left > 0 {
		warn(e, fmt.Sprintf("notes of the record that are left out, because the document has no such page, or another note to it: %d", left))
	}
	note(e, "notes", len(e.Notes) > 0, corpus.FromRecord)
}

func note(e *corpus.Entry, field string, known bool, from corpus.Provenance) {
	if known {
		e.Source[field] = from
	}
}

// titleOfName makes a file's name readable.
func titleOfName(name string) string {
	base := strings.TrimSuffix(name, path.Ext(name))
	if base == "" {
		base = name
	}
	return strings.Join(strings.FieldsFunc(base, func(r rune) bool { return r == '_' || r == ' ' }), " ")
}

// minShare is the share of a document's text from which a language counts as
// one of its languages: single misjudged pages do not.
const minShare = 0.05

// languages finds the language of each page and of the document.
func languages(e *corpus.Entry, m *harvest.Meta, c *extract.Content) {
	size := map[corpus.Lang]int{}
	total := 0
	for i := range e.Pages {
		p := &e.Pages[i]
		if !p.Quality.State.Searchable() {
			continue
		}
		if p.Lang = lang.Detect(p.Body()); p.Lang != "" {
			size[p.Lang] += len(p.Text)
			total += len(p.Text)
		}
	}
	found := slices.SortedFunc(maps.Keys(size), func(a, b corpus.Lang) int {
		if size[a] != size[b] {
			return size[b] - size[a]
		}
		return strings.Compare(string(a), string(b))
	})
	found = slices.DeleteFunc(found, func(l corpus.Lang) bool { return float64(size[l]) < minShare*float64(total) })
	switch {
	case len(m.Languages) > 0:
		e.Languages, e.Source["lang"] = m.Languages, corpus.FromRecord
	case len(found) > 0:
		e.Languages, e.Source["lang"] = found, corpus.FromGuess
	case c.Lang != "":
		e.Languages, e.Source["lang"] = []corpus.Lang{c.Lang}, corpus.FromFile
	default:
		return
	}
	e.Lang = e.Languages[0]
	for i := range e.Pages {
		if p := &e.Pages[i]; p.Lang == "" && p.Quality.State.Searchable() {
			p.Lang = e.Lang
		}
	}
}

// install says what makes pictures of text searchable.
const install = "install tesseract with the data of its language (on Debian tesseract-ocr and, for Arabic, tesseract-ocr-ara) and take it in again"

// readability says what of the document could not be read as language, and what
// was recognised from pictures.
func readability(e *corpus.Entry) {
	numbers := map[corpus.State][]int{}
	var untried, vain []int
	for _, p := range e.Pages {
		numbers[p.Quality.State] = append(numbers[p.Quality.State], p.Number)
		switch tried := strings.HasPrefix(p.Quality.Reason, "ocr-"); {
		case p.Quality.State == corpus.Scan && !tried:
			untried = append(untried, p.Number)
		case p.Quality.State == corpus.Scan, p.Quality.State == corpus.Unreadable && tried:
			vain = append(vain, p.Number)
		}
	}
	garbage, recognised := numbers[corpus.Unreadable], numbers[corpus.OCR]
	all, lost := len(e.Pages), len(numbers[corpus.Scan])+len(garbage)
	switch {
	case len(untried) == all:
		warn(e, "scan, no text: it is found by its title and record only; "+install)
	case len(untried) > 0:
		warn(e, fmt.Sprintf("%s: scan, no text; to make all of it searchable, %s", pageList(untried), install))
	case len(vain) == all:
		warn(e, "its pages are pictures in which no text was recognised: it is found by its title and record only")
	case len(vain) > 0:
		warn(e, fmt.Sprintf("%s: pictures in which no text was recognised", pageList(vain)))
	}
	garbage = slices.DeleteFunc(garbage, func(n int) bool { return slices.Contains(vain, n) })
	switch {
	case len(garbage) == 0:
	case len(garbage) == all:
		warn(e, "the text of the file is not language: it is found by its title and record only; get another copy, or "+install)
	default:
		warn(e, fmt.Sprintf("%s: the text in the file is not language and is not searched", pageList(garbage)))
	}
	if len(recognised) > 0 {
		warn(e, fmt.Sprintf("%s: read by text recognition; compare with the picture of the page before you cite it", pageList(recognised)))
	}
	if e.State == corpus.Complete || e.State == "" || lost == all { // else reading broke off
		e.State = corpus.StateOf(e.Pages)
	}
}

// pageList names pages: "page 3", "pages 1-4, 7 and 3 more".
func pageList(numbers []int) string {
	const most = 5 // stretches named
	var parts []string
	left := 0
	for i := 0; i < len(numbers); {
		k := i
		for k+1 < len(numbers) && numbers[k+1] == numbers[k]+1 {
			k++
		}
		switch {
		case len(parts) == most:
			left += k - i + 1
		case k > i:
			parts = append(parts, fmt.Sprintf("%d-%d", numbers[i], numbers[k]))
		default:
			parts = append(parts, fmt.Sprint(numbers[i]))
		}
		i = k + 1
	}
	s := "pages "
	if len(numbers) == 1 {
		s = "page "
	}
	s += strings.Join(parts, ", ")
	if left > 0 {
		s += fmt.Sprintf(" and %d more", left)
	}
	return s
}
