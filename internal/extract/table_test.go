package extract

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
)

// reader is an extractor that does what a test says.
type reader func(ctx context.Context, emit func(corpus.Page) error) (*Meta, error)

func (r reader) Extract(ctx context.Context, _ []byte, emit func(corpus.Page) error) (*Meta, error) {
	return r(ctx, emit)
}

func pages(texts ...string) reader {
	return func(_ context.Context, emit func(corpus.Page) error) (*Meta, error) {
		for i, text := range texts {
			if err := emit(corpus.Page{Number: i + 1, Text: text}); err != nil {
				return nil, err
			}
		}
		return &Meta{}, nil
	}
}

func then(r reader, err error) reader {
	return func(ctx context.Context, emit func(corpus.Page) error) (*Meta, error) {
		if _, err := r(ctx, emit); err != nil {
			return nil, err
		}
		return nil, err
	}
}

func TestExtract(t *testing.T) {
	damaged := fmt.Errorf("object 7: %w", ErrDamaged)
	for _, c := range []struct {
		name   string
		data   string
		read   reader
		pages  int
		state  corpus.State
		reason string
	}{
		{"complete", "x", pages("a", "b"), 2, corpus.Complete, ""},
		{"empty file", " \n", pages("a"), 0, "", "empty"},
		{"no page", "x", pages(), 0, "", "no-text"},
		{"pages without text", "x", pages("", " \u00AD"), 0, "", "no-text"},
		{"damaged at once", "x", then(pages(), damaged), 0, "", "damaged"},
		{"damaged after empty pages", "x", then(pages("", ""), damaged), 0, "", "damaged"},
		{"damaged later", "x", then(pages("a", "b"), damaged), 2, corpus.Partial, ""},
		{"panic", "x", func(context.Context, func(corpus.Page) error) (*Meta, error) { panic("index out of range") }, 0, "", "crashed"},
		{"nil meta", "x", func(_ context.Context, emit func(corpus.Page) error) (*Meta, error) {
			return nil, emit(corpus.Page{Text: "a"})
		}, 1, corpus.Complete, ""},
		{"unsupported", "%!PS-Adobe", pages("a"), 0, "", "unsupported"},
		{"too many pages", "x", func(_ context.Context, emit func(corpus.Page) error) (*Meta, error) {
			for {
				if err := emit(corpus.Page{Text: "a"}); err != nil {
					return nil, err
				}
			}
		}, MaxPages, corpus.Partial, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Table{Text: c.read}.Extract(t.Context(), "a.txt", []byte(c.data))
			if Reason(err) != c.reason || (err != nil) != (c.reason != "") {
				t.Fatalf("error %v, reason %q; want %q", err, Reason(err), c.reason)
			}
			if err != nil {
				return
			}
			if len(got.Pages) != c.pages || got.State != c.state || got.MediaType != Text {
				t.Errorf("%d pages, %s, %s; want %d, %s", len(got.Pages), got.State, got.MediaType, c.pages, c.state)
			}
			if partial := c.state == corpus.Partial; partial != (len(got.Warnings) == 1) {
				t.Errorf("warnings: %q", got.Warnings)
			}
		})
	}
}

func TestTextUnderAFalseNameIsRefused(t *testing.T) {
	for name, reason := range map[string]string{"a.pdf": "mismatch", "A.DOCX": "mismatch", "a.odt": "mismatch", "a.doc": "", "a": "", "a.pdf.txt": ""} {
		_, err := Table{Text: pages("a")}.Extract(t.Context(), name, []byte("only some text"))
		if Reason(err) != reason || (err != nil) != (reason != "") {
			t.Errorf("%s: error %v, reason %q; want %q", name, err, Reason(err), reason)
		}
	}
}

func TestScanIsContent(t *testing.T) {
	r := reader(func(_ context.Context, emit func(corpus.Page) error) (*Meta, error) {
		return nil, emit(corpus.Page{Number: 1, Quality: corpus.Quality{State: corpus.Scan}})
	})
	got, err := Table{Text: r}.Extract(t.Context(), "a.txt", []byte("x"))
	if err != nil || len(got.Pages) != 1 {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestTooLargeFile(t *testing.T) {
	_, err := Table{Text: pages("a")}.Extract(t.Context(), "a.txt", make([]byte, MaxFile+1))
	if !errors.Is(err, ErrTooLarge) {
		t.Errorf("got %v", err)
	}
}

func TestCancelledIsNotPartial(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	r := reader(func(_ context.Context, emit func(corpus.Page) error) (*Meta, error) {
		for i := range 10 {
			if i == 5 {
				cancel()
			}
			if err := emit(corpus.Page{Text: "a"}); err != nil {
				return nil, err
			}
		}
		return nil, nil
	})
	if _, err := (Table{Text: r}).Extract(ctx, "a.txt", []byte("x")); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// TestLongPage checks that a page over the limit comes as several with nothing
// lost, that boxes go with their words, and that the outline still points right.
func TestLongPage(t *testing.T) {
	word := strings.Repeat("é", 9) + " "
	long := strings.TrimSpace(strings.Repeat(word, MaxPageText/10*2+5))
	at := strings.LastIndex(long, "é") - 16
	r := reader(func(_ context.Context, emit func(corpus.Page) error) (*Meta, error) {
		for i, text := range []string{"first", long, "last"} {
			p := corpus.Page{Number: i + 1, Label: "L", Text: text}
			if i == 1 {
				p.Boxes = []corpus.Box{{Start: at, End: at + 18}}
			}
			if err := emit(p); err != nil {
				return nil, err
			}
		}
		return &Meta{Outline: []corpus.Heading{{Title: "Last", Page: 3}, {Title: "Nowhere", Page: 9}}}, nil
	})
	got, err := Table{Text: r}.Extract(t.Context(), "a.txt", []byte("x"))
	if err != nil {
		t.Fatal(err)
	}
	var labels, middle []string
	for i, p := range got.Pages {
		labels = append(labels, p.Label)
		if p.Number != i+1 || utf8.RuneCountInString(p.Text) > MaxPageText {
			t.Errorf("page %d: number %d, %d characters", i+1, p.Number, utf8.RuneCountInString(p.Text))
		}
		if i > 0 && i < len(got.Pages)-1 {
			middle = append(middle, p.Text)
		}
	}
	if d := cmp.Diff([]string{"L", "L", "L (2)", "L (3)", "L"}, labels); d != "" {
		t.Error(d)
	}
	if strings.Join(middle, " ") != long {
		t.Error("text was lost")
	}
	b := got.Pages[3].Boxes
	if len(b) != 1 || got.Pages[3].Text[b[0].Start:b[0].End] != strings.Repeat("é", 9) {
		t.Errorf("boxes: %v", b)
	}
	if d := cmp.Diff([]corpus.Heading{{Title: "Last", Level: 1, Page: 5}}, got.Outline); d != "" {
		t.Error(d)
	}
}

func TestReasons(t *testing.T) {
	for _, c := range causes() {
		if Cause(c.key) != c.err || Reason(fmt.Errorf("extract: %w", c.err)) != c.key {
			t.Errorf("%s does not come back", c.key)
		}
	}
	if Reason(nil) != "" || Reason(errors.New("x")) != "" || Cause("x") != nil {
		t.Error("what is unknown has a reason")
	}
}

func TestSections(t *testing.T) {
	type page struct{ Label, Text string }
	long := strings.Repeat("word ", SectionText/5+10)
	for _, c := range []struct {
		name string
		do   func(s *Sections) error
		want []page
	}{
		{"headings", func(s *Sections) error {
			return errors.Join(s.Paragraph("before"), s.Heading(1, "A"), s.Heading(2, "B"), s.Paragraph("text"),
				s.Heading(4, "small"), s.Line("x"), s.Heading(3, "C"), s.Heading(3, "D"), s.Heading(1, " "), s.Paragraph("end"))
		}, []page{{"", "before"}, {"B", "A\n\nB\n\ntext\n\nsmall\nx"}, {"C", "C"}, {"D", "D\n\nend"}}},
		{"notes go with their section", func(s *Sections) error {
			s.Note("head")
			err := s.Heading(1, "A")
			s.Note("[1] a")
			return errors.Join(err, s.Paragraph("text"), s.Heading(1, "B"), s.Paragraph("more"))
		}, []page{{"A", "A\n\ntext\n\nhead\n\n[1] a"}, {"B", "B\n\nmore"}}},
		{"nothing but a note", func(s *Sections) error { s.Note("head"); return nil }, []page{{"", "head"}}},
		{"long section", func(s *Sections) error {
			return errors.Join(s.Heading(1, "A"), s.Paragraph(long), s.Paragraph("tail"))
		}, []page{{"A", "A\n\n" + strings.TrimSpace(long)}, {"A (2)", "tail"}}},
		{"page breaks", func(s *Sections) error {
			err := s.Paragraph("short")
			s.Break()
			err = errors.Join(err, s.Paragraph(long[:BreakText]))
			s.Break()
			return errors.Join(err, s.Paragraph("next"))
		}, []page{{"", "short\n\n" + strings.TrimSpace(long[:BreakText])}, {"(2)", "next"}}},
		{"title", func(s *Sections) error { s.Name("T"); return errors.Join(s.Paragraph("T"), s.Heading(1, "A")) },
			[]page{{"T", "T"}, {"A", "A"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []page
			s := &Sections{Engine: "test", Emit: func(p corpus.Page) error {
				got = append(got, page{p.Label, p.Text})
				return nil
			}}
			if err := errors.Join(c.do(s), s.Close()); err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Error(d)
			}
			for _, h := range s.Outline {
				if h.Page < 1 || h.Page > len(got) || !strings.Contains(got[h.Page-1].Text, h.Title) {
					t.Errorf("outline points to the wrong page: %+v", h)
				}
			}
		})
	}
}
