package pdf

import (
	"errors"
	"fmt"
	"testing"

	"marsa/corpus"
	"marsa/internal/extract"
)

// fake is a second reader that reads what it is told, "!" being a failure.
type fake struct {
	texts  []string
	refuse error
	closed *int
	asked  *int
}

func (o fake) Load(string) error { return nil }

func (o fake) Open([]byte) (SecondFile, error) {
	if o.refuse != nil {
		return nil, o.refuse
	}
	return o, nil
}

func (o fake) Pages() int { return len(o.texts) }
func (o fake) Close()     { *o.closed++ }

func (o fake) Text(i int) (string, error) {
	*o.asked++
	if o.texts[i] == "!" {
		return "", errors.New("out of memory")
	}
	return o.texts[i], nil
}

func (o fake) Words(i int) (string, []corpus.Box, error) {
	text, err := o.Text(i)
	return text, []corpus.Box{{Start: 0, End: len(text), W: 1, H: 1}}, err
}

func (o fake) Pictures(int) float64                   { return 1 }
func (o fake) Labels() []string                       { return []string{"iv"} }
func (o fake) Meta() *extract.Meta                    { return &extract.Meta{Title: "Of the other"} }
func (o fake) Draw(p extract.Picture) ([]byte, error) { return []byte{byte(p.Page)}, nil }

const (
	drawn    = "BT /F1 12 Tf 50 700 Td (The law of the country says that work is free) Tj ET"
	ours     = "The law of the country says that work is free"
	land     = "The law of the land says to all that they are free to work in it"
	reversed = "eht fo yrtnuoc syas taht krow si eerf wal"
)

func TestWhichTextIsKept(t *testing.T) {
	good := document("", testPage{content: drawn})
	empty := document("", testPage{})
	for _, c := range []struct {
		name   string
		data   []byte
		other  fake
		text   string
		engine string
		agree  float64
		err    error
	}{
		{"they agree", good, fake{texts: []string{ours}}, ours, Engine, 1, nil},
		{"in another order", good, fake{texts: []string{"free is work that says country the of law The"}}, ours, Engine, 1, nil},
		{"the other is reversed", good, fake{texts: []string{reversed}}, ours, Engine, 0, nil},
		{"ours has nothing", empty, fake{texts: []string{land}}, land, SecondEngine, 0, nil},
		{"neither has anything", empty, fake{texts: []string{""}}, "", Engine, 1, nil},
		{"the other breaks down", good, fake{texts: []string{"!"}}, ours, Engine, 0, nil},
		{"the other counts pages that are not there", good, fake{texts: []string{land, "!"}}, ours, Engine, 0, nil},
		{"the other finds pages that we lost", good, fake{texts: []string{land, ""}}, land, SecondEngine, 0, nil},
		{"the other refuses", good, fake{refuse: extract.ErrDamaged}, ours, Engine, 0, nil},
		{"we refuse", []byte("%PDF-1.7 and no more"), fake{texts: []string{land}}, land, SecondEngine, 0, nil},
		{"we refuse, a scan", []byte("%PDF-1.7 and no more"), fake{texts: []string{""}}, "", SecondEngine, 0, nil},
		{"we refuse, and the other cannot read it", []byte("%PDF-1.7 and no more"), fake{texts: []string{"!"}}, "", SecondEngine, 0, extract.ErrDamaged},
		{"both refuse", []byte("%PDF-1.7 and no more"), fake{refuse: extract.ErrDamaged}, "", "", 0, extract.ErrDamaged},
		{"the other knows that it has a password", []byte("%PDF-1.7 and no more"), fake{refuse: extract.ErrPassword}, "", "", 0, extract.ErrPassword},
	} {
		t.Run(c.name, func(t *testing.T) {
			closed, asked := 0, 0
			c.other.closed, c.other.asked = &closed, &asked
			var pages []corpus.Page
			_, err := Extractor{Second: c.other}.Extract(t.Context(), c.data, func(p corpus.Page) error {
				pages = append(pages, p)
				return nil
			})
			if !errors.Is(err, c.err) {
				t.Fatalf("error %v; want %v", err, c.err)
			}
			if opened := c.other.refuse == nil; opened != (closed == 1) {
				t.Errorf("closed %d times", closed)
			}
			if len(pages) == 0 {
				if c.engine != "" {
					t.Error("no pages")
				}
				return
			}
			p := pages[0]
			if p.Text != c.text || p.Quality.Engine != c.engine || p.Quality.Agreement != c.agree {
				t.Errorf("%q by %s, agreement %v; want %q by %s, %v", p.Text, p.Quality.Engine, p.Quality.Agreement, c.text, c.engine, c.agree)
			}
			if c.text != "" && len(p.Boxes) == 0 {
				t.Error("no boxes")
			}
		})
	}
}

// TestABrokenReaderIsLeftAlone: what broke down on three pages is not asked for
// the other hundred.
func TestABrokenReaderIsLeftAlone(t *testing.T) {
	var pages []testPage
	var texts []string
	for range 20 {
		pages, texts = append(pages, testPage{content: drawn}), append(texts, "!")
	}
	closed, asked := 0, 0
	read := 0
	_, err := Extractor{Second: fake{texts: texts, closed: &closed, asked: &asked}}.Extract(t.Context(), document("", pages...), func(p corpus.Page) error {
		if read++; p.Text != ours {
			return fmt.Errorf("page %d: %q", read, p.Text)
		}
		return nil
	})
	if err != nil || read != 20 || asked != mostFailures {
		t.Errorf("%d pages, asked %d times, %v", read, asked, err)
	}
}

func TestDrawNeedsASecondReader(t *testing.T) {
	if _, err := (Extractor{}).Draw(nil, extract.Picture{Page: 1}); !errors.Is(err, extract.ErrUnsupported) {
		t.Errorf("error %v", err)
	}
	closed := 0
	got, err := Extractor{Second: fake{closed: &closed}}.Draw(nil, extract.Picture{Page: 7})
	if err != nil || len(got) != 1 || got[0] != 7 || closed != 1 {
		t.Errorf("%v, %v, closed %d times", got, err, closed)
	}
}

func TestWhatTheSecondReaderSaysOfAFileIsChecked(t *testing.T) {
	m := honest(&extract.Meta{Title: "Microsoft Word - law.doc", TitleFrom: corpus.FromFile, Authors: []string{"user", "Amal Haddad; Administrator"}})
	if m.Title != "" || m.TitleFrom != "" || len(m.Authors) != 1 || m.Authors[0] != "Amal Haddad" {
		t.Errorf("got %+v", m)
	}
}
