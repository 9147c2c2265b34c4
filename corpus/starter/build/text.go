package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"marsa/corpus"
	"marsa/internal/yamldoc"
)

// Text is one source text: front matter and Markdown.
type Text struct {
	ID        corpus.ID     `yaml:"id"`
	Work      corpus.ID     `yaml:"work"` // the document's own ID when it has no versions
	Title     string        `yaml:"title"`
	Authors   []string      `yaml:"authors"`
	Publisher string        `yaml:"publisher"`
	Kind      corpus.Kind   `yaml:"kind"`
	Languages []corpus.Lang `yaml:"languages"`
	Issued    corpus.Date   `yaml:"issued"` // when it was compiled
	Countries []string      `yaml:"countries"`
	Topics    []string      `yaml:"topics"`
	Format    string        `yaml:"format"`   // pdf, docx, pptx, xlsx, html or md
	Contents  bool          `yaml:"contents"` // whether a PDF gets a cover page and a table of contents
	Licence   string        `yaml:"licence"`
	Sources   []Source      `yaml:"sources"`

	Body string `yaml:"-"`
}

// Source is a public page that the text cites as [@key].
type Source struct {
	Key  string `yaml:"key"`
	Name string `yaml:"name"` // as listed at the end, in the language of the text
	URL  string `yaml:"url"`
	// Read and Supports are for a source that is not in facts.tsv: when it was
	// read, and what it says that the text uses.
	Read     corpus.Date `yaml:"read"`
	Supports string      `yaml:"supports"`
}

// Lang is the main language of the text.
func (t *Text) Lang() corpus.Lang { return t.Languages[0] }

// File is the name of the file made from the text.
func (t *Text) File() string { return string(t.ID) + "." + t.Format }

// readTexts reads every text of a folder in the order of their names.
func readTexts(dir string) ([]*Text, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.md"))
	if err != nil {
		return nil, fmt.Errorf("list texts of %s: %w", dir, err)
	}
	slices.Sort(names)
	texts := make([]*Text, 0, len(names))
	for _, name := range names {
		t, err := readText(name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		texts = append(texts, t)
	}
	return texts, nil
}

func readText(name string) (*Text, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	front, body := yamldoc.SplitFrontMatter(data)
	t := &Text{Body: strings.TrimSpace(string(body)) + "\n"}
	if err := yamldoc.Decode(front, t); err != nil {
		return nil, err
	}
	if string(t.ID)+".md" != filepath.Base(name) {
		return nil, fmt.Errorf("id %q is not the name of the file", t.ID)
	}
	return t, t.check()
}

// chartBegin is the line before the table of a chart.
const chartBegin = "::: chart\n"

func (t *Text) hasCharts() bool { return strings.Contains(t.Body, chartBegin) }

// check finds what would make a wrong or an empty record.
func (t *Text) check() error {
	var missing []string
	for field, empty := range map[string]bool{
		"work": t.Work == "", "title": t.Title == "", "authors": len(t.Authors) == 0,
		"publisher": t.Publisher == "", "kind": t.Kind == "", "licence": t.Licence == "",
		"sources": len(t.Sources) == 0, "countries or topics": len(t.Countries)+len(t.Topics) == 0,
	} {
		if empty {
			missing = append(missing, field)
		}
	}
	slices.Sort(missing)
	if len(missing) > 0 {
		return fmt.Errorf("front matter lacks %s", strings.Join(missing, ", "))
	}
	if _, err := corpus.ParseDate(string(t.Issued)); err != nil {
		return err
	}
	if len(t.Languages) == 0 || phrases[t.Lang()] == nil {
		return fmt.Errorf("languages %v: the first must be one of en, fr, ar", t.Languages)
	}
	if !slices.Contains([]string{"pdf", "docx", "pptx", "xlsx", "html", "md"}, t.Format) {
		return fmt.Errorf("format %q is not known", t.Format)
	}
	return t.checkCitations()
}

var citation = regexp.MustCompile(`\[@([a-z0-9-]+)\]`)

// checkCitations finds citations without a source and sources never cited.
func (t *Text) checkCitations() error {
	cited := map[string]bool{}
	for _, m := range citation.FindAllStringSubmatch(t.Body, -1) {
		cited[m[1]] = true
	}
	for _, s := range t.Sources {
		if s.Key == "" || s.Name == "" || s.URL == "" {
			return fmt.Errorf("source %q needs key, name and url", s.Key+s.URL)
		}
		if !cited[s.Key] {
			return fmt.Errorf("source %q is not cited", s.Key)
		}
		delete(cited, s.Key)
	}
	for key := range cited {
		return fmt.Errorf("[@%s] is cited, but not once among the sources", key)
	}
	return nil
}
