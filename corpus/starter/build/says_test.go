package main

import (
	"io/fs"
	"regexp"
	"sort"
	"strings"
	"testing"

	"marsa/corpus/starter"
	"marsa/internal/extract"
	"marsa/internal/extract/all"
	"marsa/internal/fold"
)

// enough is the share of the words of a text that must be found in its file,
// and of the words of the file that must stand in the text. What is missing are
// words that a line end cuts in two; what is added are page numbers.
const enough = 0.98

// enoughOrdered is the share of the pairs of neighbouring words that must be
// neighbours in the file too. Pages, cells and notes part some of them.
const enoughOrdered = 0.95

func read(t *testing.T, x *Text) *extract.Content {
	t.Helper()
	data, err := fs.ReadFile(starter.FS(), x.File())
	if err != nil {
		t.Fatal(err)
	}
	c, err := all.Table().Extract(t.Context(), x.File(), data)
	if err != nil {
		t.Fatalf("%s: %v", x.File(), err)
	}
	return c
}

func textOf(c *extract.Content) string {
	var b strings.Builder
	for _, p := range c.Pages {
		b.WriteString(p.Label + "\n" + p.Text + "\n")
	}
	return b.String()
}

// pageText is the text without the labels, which repeat headings.
func pageText(c *extract.Content) string {
	var b strings.Builder
	for _, p := range c.Pages {
		b.WriteString(p.Text + "\n")
	}
	return b.String()
}

var markup = regexp.MustCompile("(?m)^:::.*$|custom-style=\"[^\"]*\"")

// printed is what a reader of the file should find: the composed text without
// marks of Markdown, with the title and what else the form adds.
func printed(x *Text) string {
	parts := []string{x.Title, markup.ReplaceAllString(compose(x), "")}
	if x.Format != "md" {
		parts = append(parts, x.kindLabel())
	}
	switch x.Format {
	case "pptx":
		notice, about := x.about()
		parts = append(parts, notice, about)
	case "pdf", "html":
		parts = append(parts, "marsa")
	case "xlsx":
		parts = append(parts, phrases[x.Lang()].ReadMe)
	}
	if x.Contents {
		parts = append(parts, phrases[x.Lang()].Contents)
		_, hs := withAnchors(composeBody(x))
		for _, h := range hs {
			parts = append(parts, h.Title)
		}
	}
	return strings.Join(parts, "\n")
}

func words(s string) map[string]int {
	n := map[string]int{}
	for w := range fold.Words(s) {
		n[fold.Term(s[w.Start:w.End])]++
	}
	return n
}

// share returns how many of the words of a are in b, and the missing ones.
func share(a, b map[string]int) (float64, []string) {
	total, found := 0, 0
	var missing []string
	for w, n := range a {
		total += n
		found += min(n, b[w])
		if n > b[w] {
			missing = append(missing, w)
		}
	}
	sort.Strings(missing)
	return float64(found) / float64(total), missing
}

// Each file is read once, because reading is what takes the time.
func TestFilesSayWhatTheirTextsSay(t *testing.T) {
	pages := map[string]int{}
	for _, x := range texts(t) {
		t.Run(x.File(), func(t *testing.T) {
			c := read(t, x)
			checkWords(t, x, c)
			checkFirstPage(t, x, c)
			checkSources(t, x, c)
			if x.Format == "pdf" {
				pages[string(x.ID)] = len(c.Pages)
			}
		})
	}
	for id, least := range map[string]int{
		"women-and-migration-study-en": 20, "women-and-migration-study-fr": 20,
		"compendium-migration-law-en": 15, "compendium-migration-law-fr": 15,
	} {
		if pages[id] < least {
			t.Errorf("%s has %d pages, want %d or more", id, pages[id], least)
		}
	}
}

func checkWords(t *testing.T, x *Text, c *extract.Content) {
	want, got := words(printed(x)), words(pageText(c))
	if x.Format == "xlsx" { // each row is read with the titles of its columns
		want, got = once(want), once(words(grouped.ReplaceAllString(pageText(c), "$1")))
	}
	recall, lost := share(want, got)
	precision, added := share(got, want)
	ordered, apart := share(pairs(compose(x)), pairs(pageText(c)))
	t.Logf("%d pages, %d words, recall %.4f, precision %.4f, in order %.4f", len(c.Pages), total(want), recall, precision, ordered)
	if ordered < enoughOrdered && x.Format != "xlsx" {
		t.Errorf("in order %.4f; apart: %s", ordered, strings.Join(apart, "; "))
	}
	if recall < enough {
		t.Errorf("recall %.4f; lost: %s", recall, strings.Join(lost, " "))
	}
	if precision < enough {
		t.Errorf("precision %.4f; added: %s", precision, strings.Join(added, " "))
	}
	if n := total(words(printed(x))); n < 500 {
		t.Errorf("only %d words", n)
	}
}

// grouped is the comma of 1,234, as a workbook shows a number.
var grouped = regexp.MustCompile(`(\d),\b`)

// once is the words without how often they stand there.
func once(ws map[string]int) map[string]int {
	out := map[string]int{}
	for w := range ws {
		out[w] = 1
	}
	return out
}

// pairs counts each word with the one before it, so that words in a wrong order
// are seen: Arabic from a PDF above all.
func pairs(s string) map[string]int {
	n := map[string]int{}
	last := ""
	for w := range fold.Words(s) {
		word := fold.Term(s[w.Start:w.End])
		n[last+" "+word]++
		last = word
	}
	return n
}

func total(ws map[string]int) int {
	n := 0
	for _, c := range ws {
		n += c
	}
	return n
}

// squeezed is s as words with one space between, so that line ends do not
// matter.
func squeezed(s string) string {
	var b strings.Builder
	for w := range fold.Words(s) {
		b.WriteString(" " + fold.Term(s[w.Start:w.End]))
	}
	return b.String() + " "
}

func checkFirstPage(t *testing.T, x *Text, c *extract.Content) {
	first := words(c.Pages[0].Text)
	notice, about := x.about()
	for _, s := range []string{notice, about} {
		if found, lost := share(words(s), first); found < 1 {
			t.Errorf("the first page lacks %v of %q", lost, s)
		}
	}
}

func checkSources(t *testing.T, x *Text, c *extract.Content) {
	text := squeezed(textOf(c))
	at := strings.LastIndex(text, squeezed(phrases[x.Lang()].Sources))
	if at < len(text)/3 { // in a summary with many sources the list is long
		t.Error("no list of sources at the end")
	}
	have := words(pageText(c))
	for _, s := range x.Sources {
		if found, lost := share(words(s.URL), have); found < 1 {
			t.Errorf("words of %s not found: %v", s.URL, lost)
		}
	}
}

func TestSlidesHaveNotes(t *testing.T) {
	for _, x := range texts(t) {
		if x.Format != "pptx" {
			continue
		}
		if slides := strings.Count(x.Body, "\n## ") + 1; slides < 8 || slides > 20 {
			t.Errorf("%s has %d slides, want 8 to 20", x.ID, slides)
		}
		for _, part := range strings.Split("\n"+x.Body, "\n## ")[1:] {
			if !strings.Contains(part, "::: notes") {
				title, _, _ := strings.Cut(part, "\n")
				t.Errorf("%s: slide %q has no notes", x.ID, title)
			}
		}
	}
}
