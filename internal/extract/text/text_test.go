package text

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"

	"marsa/corpus"
	"marsa/internal/extract"
)

func read(t testing.TB, data string) []corpus.Page {
	t.Helper()
	var got []corpus.Page
	_, err := Extractor{}.Extract(t.Context(), []byte(data), func(p corpus.Page) error {
		got = append(got, p)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func texts(ps []corpus.Page) []string {
	var out []string
	for _, p := range ps {
		out = append(out, p.Text)
	}
	return out
}

func TestPages(t *testing.T) {
	paragraph := strings.TrimSpace(strings.Repeat("mot ", 350)) // 1,399 characters
	word := strings.Repeat("é", pageText)
	for _, c := range []struct {
		name, in string
		want     []string
	}{
		{"short", "one\r\n\r\n\r\ntwo  \r\n", []string{"one\n\ntwo"}},
		{"form feeds", "one\f\n\ftwo\f", []string{"one", "", "two"}},
		{"cut between paragraphs", paragraph + "\n\n" + paragraph + "\n\n" + paragraph + "\n\n" + paragraph,
			[]string{paragraph + "\n\n" + paragraph, paragraph + "\n\n" + paragraph}},
		{"no paragraphs", strings.TrimSpace(strings.Repeat("mot ", 1_500)), []string{
			strings.TrimSpace(strings.Repeat("mot ", 750)), strings.TrimSpace(strings.Repeat("mot ", 750))}},
		{"no blanks", word + word, []string{word, word}},
		{"end of file of an old system", "one\r\n\x1a", []string{"one"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, texts(read(t, c.in))); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestEncodingIsNamed(t *testing.T) {
	in, err := charmap.Windows1256.NewEncoder().String("تمنح رخصة العمل لمدة سنة قابلة للتجديد")
	if err != nil {
		t.Fatal(err)
	}
	got := read(t, in)
	if got[0].Text != "تمنح رخصة العمل لمدة سنة قابلة للتجديد" || got[0].Quality.Engine != "text/windows-1256" {
		t.Errorf("got %+v", got[0])
	}
}

// FuzzExtract checks that no word is lost between the pages.
func FuzzExtract(f *testing.F) {
	f.Add("one\n\ntwo\fthree")
	f.Add(strings.Repeat("l'été ", 2_000))
	f.Add("\xc7\xe1\xde\xc7\xe4\xe6\xe4")
	f.Add(strings.Repeat("e\u0301\n", 3_000))
	f.Fuzz(func(t *testing.T, data string) {
		got := read(t, data)
		for i, p := range got {
			if p.Number != i+1 || p.Text != extract.Clean(p.Text) || utf8.RuneCountInString(p.Text) > 6*pageText {
				t.Errorf("page %d: number %d, %q", i+1, p.Number, p.Text)
			}
		}
		whole, _ := extract.Decode([]byte(data))
		want := len(strings.Join(strings.Fields(extract.Clean(whole)), ""))
		if n := len(strings.Join(strings.Fields(strings.Join(texts(got), "")), "")); n != want && utf8.ValidString(data) {
			t.Errorf("%d bytes of words, %d of them on pages", want, n)
		}
	})
}
