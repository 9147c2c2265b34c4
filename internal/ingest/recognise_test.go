package ingest_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"marsa/corpus"
	"marsa/internal/extract"
	"marsa/internal/ingest"
)

// glasses recognise "a law" on every scan and remember the languages asked for.
type glasses struct{ langs []corpus.Lang }

func (*glasses) Needs(q corpus.Quality) bool { return q.State == corpus.Scan }

func (g *glasses) Recognize(_ context.Context, c *extract.Content, _ []byte, langs []corpus.Lang, step func(done, all int)) error {
	g.langs = langs
	for i := range c.Pages {
		if p := &c.Pages[i]; g.Needs(p.Quality) {
			p.Text, p.Quality = "a law", corpus.Quality{State: corpus.OCR, Engine: "glasses", Confidence: .9}
			step(1, 1)
		}
	}
	return nil
}

func TestScansAreRecognised(t *testing.T) {
	l := newLibrary(t)
	g := &glasses{}
	l.Recognizer = g
	l.write("law.pdf", "!scan")
	l.write("law.pdf.yaml", "id: law\nlanguages: [ar]\n")
	l.write("study.pdf", "text\f!scan")
	items := l.run(ingest.Options{})
	e, err := l.Catalog.Entry("law")
	if err != nil {
		t.Fatal(err)
	}
	if e.State != corpus.OCR || e.Pages[0].Text != "a law" || e.Pages[0].Quality.Confidence != .9 || e.Pages[0].Lang != "ar" {
		t.Errorf("law: %s, %+v", e.State, e.Pages[0])
	}
	if e, err = l.Catalog.Entry(items["study.pdf"].ID); err != nil || e.State != corpus.OCR || !strings.Contains(strings.Join(e.Warnings, " "), "page 2: read by text recognition") {
		t.Errorf("study: %+v, %v", e, err)
	}
	l.want(ingest.Options{}, outcomes{"law.pdf": ingest.Unchanged, "study.pdf": ingest.Unchanged})
}

// TestRecognitionComesLater takes a scan in before there is a program that reads
// it: afterwards the file is read again though it has not changed, and once only.
func TestRecognitionComesLater(t *testing.T) {
	l := newLibrary(t)
	l.write("law.pdf", "!scan")
	l.write("study.pdf", "text")
	l.want(ingest.Options{}, outcomes{"law.pdf": ingest.Added, "study.pdf": ingest.Added})
	l.Recognizer = &glasses{}
	l.want(ingest.Options{}, outcomes{"law.pdf": ingest.Changed, "study.pdf": ingest.Unchanged})
	l.want(ingest.Options{}, outcomes{"law.pdf": ingest.Unchanged, "study.pdf": ingest.Unchanged})
}

func TestAgain(t *testing.T) {
	l := newLibrary(t)
	l.write("study.pdf", "text")
	l.run(ingest.Options{})
	var names []string
	l.Extractor = reader{called: func(name string) { names = append(names, name) }}
	l.want(ingest.Options{Again: true}, outcomes{"study.pdf": ingest.Changed})
	if !slices.Equal(names, []string{"study.pdf"}) {
		t.Errorf("read: %q", names)
	}
}
