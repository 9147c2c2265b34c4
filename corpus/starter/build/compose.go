package main

import (
	"fmt"
	"regexp"
	"strings"

	"marsa/corpus"
	"marsa/internal/yamldoc"
)

// sourcesPerSlide is how many sources stand on one slide.
const sourcesPerSlide = 3

// compose returns the whole document as pandoc's Markdown without its title:
// what it is, the body with numbered citations, and the list of sources. Slides
// say what they are on the title slide, which is metadata.
func compose(t *Text) string {
	return composeAbout(t) + composeBody(t)
}

// composeAbout is what the first page says of the document.
func composeAbout(t *Text) string {
	var b strings.Builder
	if t.Format != "pptx" {
		notice, record := t.about()
		fmt.Fprintf(&b, "::: {.about custom-style=\"About\"}\n%s\n\n%s\n:::\n\n", notice, record)
	}
	return b.String()
}

// composeBody is the rest.
func composeBody(t *Text) string {
	var b strings.Builder
	b.WriteString(t.numbered())
	t.writeSources(&b)
	return b.String()
}

// numbered is the body with [@key] replaced by the number of the source.
func (t *Text) numbered() string {
	number := map[string]int{}
	for i, s := range t.Sources {
		number[s.Key] = i + 1
	}
	return citation.ReplaceAllStringFunc(t.Body, func(c string) string {
		return fmt.Sprintf(`\[%d\]`, number[citation.FindStringSubmatch(c)[1]])
	})
}

// writeSources writes the list with numbers as text, because the marks of a list
// are lost when a file is read.
func (t *Text) writeSources(b *strings.Builder) {
	heading := phrases[t.Lang()].Sources
	for i, s := range t.Sources {
		if slide := t.Format == "pptx" && i%sourcesPerSlide == 0; i == 0 || slide {
			if i > 0 {
				b.WriteString(":::\n")
			}
			fmt.Fprintf(b, "\n## %s\n\n::: {.sources custom-style=\"Sources\"}\n", heading)
		}
		fmt.Fprintf(b, "\\[%d\\] %s <%s>\n\n", i+1, s.Name, s.URL)
	}
	b.WriteString(":::\n")
}

// composePlain returns the document as the Markdown file that is shipped: its
// front matter is its record.
func composePlain(t *Text) (string, error) {
	record, err := yamldoc.Encode(t.record())
	if err != nil {
		return "", fmt.Errorf("write record of %s: %w", t.ID, err)
	}
	notice, about := t.about()
	var b strings.Builder
	fmt.Fprintf(&b, "---\n%s---\n\n# %s\n\n> %s\n>\n> %s\n\n", record, t.Title, notice, about)
	b.WriteString(t.numbered())
	var sources strings.Builder
	t.writeSources(&sources)
	b.WriteString(fence.ReplaceAllString(sources.String(), ""))
	return b.String(), nil
}

// record is the front matter of a shipped Markdown file: keys of a sidecar.
type record struct {
	ID        corpus.ID     `yaml:"id"`
	Work      corpus.ID     `yaml:"work"`
	Title     string        `yaml:"title"`
	Authors   []string      `yaml:"authors"`
	Publisher string        `yaml:"publisher"`
	Issued    corpus.Date   `yaml:"issued"`
	Kind      corpus.Kind   `yaml:"kind"`
	Languages []corpus.Lang `yaml:"languages"`
	Countries []string      `yaml:"countries,omitempty"`
	Topics    []string      `yaml:"topics,omitempty"`
	Licence   string        `yaml:"licence"`
	Notice    string        `yaml:"notice"`
}

func (t *Text) record() record {
	notice, _ := t.about()
	return record{t.ID, t.Work, t.Title, t.Authors, t.Publisher, t.Issued, t.Kind, t.Languages,
		t.Countries, t.Topics, t.Licence, notice}
}

// heading is a section of the document, for its table of contents.
type heading struct{ Anchor, Title string }

var (
	headingLine = regexp.MustCompile(`(?m)^## (.+)$`)
	fence       = regexp.MustCompile(`(?m)^:::.*\n`)
)

// withAnchors gives every section an anchor and returns the sections.
func withAnchors(markdown string) (string, []heading) {
	var hs []heading
	out := headingLine.ReplaceAllStringFunc(markdown, func(line string) string {
		h := heading{fmt.Sprintf("s%d", len(hs)+1), strings.TrimPrefix(line, "## ")}
		hs = append(hs, h)
		return fmt.Sprintf("%s {#%s}", line, h.Anchor)
	})
	return out, hs
}
