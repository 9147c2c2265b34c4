package recognition

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
	"marsa/internal/extract"
	"marsa/internal/extract/tesseract"
)

// texts are pages long enough to tell their language.
var texts = map[corpus.Lang]string{
	"en": "Every foreign worker needs a work permit before the employment begins, and the ministry of labour decides within thirty days.",
	"fr": "Tout travailleur étranger doit obtenir une autorisation de travail avant le début de l’emploi, et le ministère décide dans les trente jours.",
	"ar": "يجب على كل عامل أجنبي أن يحصل على تصريح عمل قبل بدء العمل وتبت الوزارة في الطلب خلال ثلاثين يوما من تاريخ تقديمه",
	"es": "Todo trabajador extranjero necesita un permiso de trabajo antes de comenzar el empleo y el ministerio decide en treinta días.",
}

// desk draws pages and reads them: the picture of page n is "n at dpi", and its
// text is what the page holds.
type desk struct {
	holds      map[int]string
	confidence float64
	installed  []corpus.Lang
	broken     []int
	asked      []string // what was looked at: page, dpi, languages
}

func (d *desk) Draw(_ context.Context, _ []byte, p extract.Picture) ([]byte, error) {
	if slices.Contains(d.broken, p.Page) {
		return nil, errors.New("cannot draw")
	}
	return fmt.Appendf(nil, "%d at %d", p.Page, p.DPI), nil
}

func (d *desk) Reads(l corpus.Lang) bool { return slices.Contains(d.installed, l) }

func (d *desk) Read(_ context.Context, picture []byte, langs ...corpus.Lang) (*tesseract.Reading, error) {
	d.asked = append(d.asked, fmt.Sprintf("%s in %s", picture, langs))
	var n int
	if _, err := fmt.Sscanf(string(picture), "%d at", &n); err != nil {
		return nil, err
	}
	text := d.holds[n]
	return &tesseract.Reading{Text: text, Words: len(strings.Fields(text)), Confidence: d.confidence}, nil
}

func scan(number int) corpus.Page {
	return corpus.Page{Number: number, Quality: corpus.Quality{State: corpus.Scan, Engine: "marsa", Reason: "image-only"}}
}

func garbage(number int) corpus.Page {
	return corpus.Page{Number: number, Text: "xqz", Quality: corpus.Quality{State: corpus.Unreadable, Engine: "marsa", Reason: "not-language"}}
}

func cover(number int) corpus.Page {
	return corpus.Page{Number: number, Text: "Title", Quality: corpus.Quality{State: corpus.Suspicious, Engine: "marsa", Reason: "picture-with-few-words"}}
}

func printed(number int, l corpus.Lang) corpus.Page {
	return corpus.Page{Number: number, Text: texts[l], Quality: corpus.Quality{State: corpus.Complete, Engine: "marsa"}}
}

func recognise(t *testing.T, d *desk, langs []corpus.Lang, pages ...corpus.Page) *extract.Content {
	t.Helper()
	c := &extract.Content{MediaType: extract.PDF, Pages: pages}
	r := &Recognizer{Drawer: d, Reader: d}
	if err := r.Recognize(t.Context(), c, nil, langs, func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestManner(t *testing.T) {
	for _, c := range []struct {
		name      string
		record    []corpus.Lang
		installed []corpus.Lang
		pages     []corpus.Page
		holds     corpus.Lang
		want      []string
	}{
		{"the mark of who scanned it says nothing", nil, []corpus.Lang{"ar", "en", "fr"},
			[]corpus.Page{{Number: 1, Text: texts["en"], Quality: cover(1).Quality}}, "ar", []string{"1 at 150 in [en fr ar]", "1 at 150 in [ar]"}},
		{"the record says it", []corpus.Lang{"fr"}, []corpus.Lang{"ar", "en", "fr"}, []corpus.Page{scan(1)}, "fr",
			[]string{"1 at 300 in [fr]"}},
		{"Arabic alone, in a small picture", []corpus.Lang{"ar", "en"}, []corpus.Lang{"ar", "en", "fr"}, []corpus.Page{scan(1)}, "ar",
			[]string{"1 at 150 in [ar]"}},
		{"two languages of Latin script together", []corpus.Lang{"fr", "en", "ar"}, []corpus.Lang{"ar", "en", "fr"}, []corpus.Page{scan(1)}, "fr",
			[]string{"1 at 300 in [fr en]"}},
		{"the other pages say it", nil, []corpus.Lang{"ar", "en", "fr"}, []corpus.Page{printed(1, "fr"), printed(2, "fr"), printed(3, "en"), scan(4)}, "fr",
			[]string{"4 at 300 in [fr]"}},
		{"a first look says it", nil, []corpus.Lang{"ar", "en", "fr"}, []corpus.Page{scan(1), scan(2)}, "ar",
			[]string{"1 at 150 in [en fr ar]", "1 at 150 in [ar]", "2 at 150 in [ar]"}},
		{"only one language is installed", nil, []corpus.Lang{"en"}, []corpus.Page{scan(1)}, "en",
			[]string{"1 at 300 in [en]"}},
		{"a language that is not installed", []corpus.Lang{"es"}, []corpus.Lang{"en", "fr"}, []corpus.Page{scan(1)}, "es",
			[]string{"1 at 150 in [en fr]", "1 at 300 in [en fr]"}},
		{"text is left alone", nil, []corpus.Lang{"en"}, []corpus.Page{printed(1, "en")}, "en", nil},
		{"nothing is installed", nil, nil, []corpus.Page{scan(1)}, "en", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := &desk{holds: map[int]string{}, confidence: .9, installed: c.installed}
			for n := range 9 {
				d.holds[n] = texts[c.holds]
			}
			recognise(t, d, c.record, c.pages...)
			if diff := cmp.Diff(c.want, d.asked); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWhatIsKept(t *testing.T) {
	for _, c := range []struct {
		name       string
		page       corpus.Page
		text       string
		confidence float64
		want       corpus.Quality
		kept       string
	}{
		{"a scan", scan(1), "a law", .9, corpus.Quality{State: corpus.OCR, Engine: "tesseract", Confidence: .9}, "a law"},
		{"a doubtful one", scan(1), "a law", .6, corpus.Quality{State: corpus.OCR, Engine: "tesseract", Confidence: .6, Reason: corpus.ReasonLowConfidence}, "a law"},
		{"noise taken for letters", scan(1), "a; ,l", .3, corpus.Quality{State: corpus.Unreadable, Engine: "tesseract", Confidence: .3, Reason: corpus.ReasonLowConfidence}, "a; ,l"},
		{"a picture without text", scan(1), "", 0, corpus.Quality{State: corpus.Scan, Engine: "marsa", Reason: corpus.ReasonNoText}, ""},
		{"letters that were no language", garbage(1), "a law", .9, corpus.Quality{State: corpus.OCR, Engine: "tesseract", Confidence: .9}, "a law"},
		{"a scan with the mark of its maker", cover(1), "a law of some length", .9, corpus.Quality{State: corpus.OCR, Engine: "tesseract", Confidence: .9}, "a law of some length"},
		{"a cover with a picture", cover(1), "hill sky", .9, corpus.Quality{State: corpus.Complete, Engine: "marsa"}, "Title"},
		{"garbage on garbage", garbage(1), "zzz", .3, garbage(1).Quality, "xqz"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := &desk{holds: map[int]string{1: c.text}, confidence: c.confidence, installed: []corpus.Lang{"en"}}
			p := recognise(t, d, nil, c.page).Pages[0]
			if diff := cmp.Diff(c.want, p.Quality); diff != "" || p.Text != c.kept {
				t.Errorf("text %q, want %q; %s", p.Text, c.kept, diff)
			}
		})
	}
}

func TestFailures(t *testing.T) {
	d := &desk{holds: map[int]string{2: "a law"}, confidence: .9, installed: []corpus.Lang{"en"}, broken: []int{1}}
	c := recognise(t, d, nil, scan(1), scan(2))
	if q := c.Pages[0].Quality; q.State != corpus.Scan || q.Reason != corpus.ReasonFailed || len(c.Warnings) != 1 {
		t.Errorf("a page that cannot be drawn: %+v, %q", q, c.Warnings)
	}
	if c.Pages[1].Text != "a law" {
		t.Error("the page after it was not read")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r := &Recognizer{Drawer: d, Reader: d}
	err := r.Recognize(ctx, &extract.Content{MediaType: extract.PDF, Pages: []corpus.Page{scan(1)}}, nil, nil, func(int, int) {})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
