package words

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"marsa/corpus"
	"marsa/internal/fold"
)

const table = "en\tfr\tar\n" +
	"prison|jail\tprison|incarcération\tسجن|سجون\n" +
	"pay|paid\tpayer|paiement\tدفع|يدفع\n" +
	"unpaid\tnon payé\tغير مدفوع\n" +
	"wage|pay\tsalaire\tأجر|أجور\n"

const placeTable = "country\ten\tfr\tar\n" +
	"sy\tDamascus\tDamas\tدمشق\n"

func TestMeanings(t *testing.T) {
	l, err := Read(table, placeTable)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		words string
		in    corpus.Lang
		want  string // the first French word of each meaning
	}{
		{"jail", "en", "prison"},
		{"Jails", "en", "prison"},
		{"pay", "en", "payer salaire"},
		{"paid", "en", "payer"},
		{"unpaid", "en", "non payé"},
		{"Non payés", "fr", "non payé"},
		{"incarceration", "fr", "prison"},
		{"السجون", "ar", "prison"},
		{"بالسجن", "ar", "prison"},
		{"وسجن", "ar", "prison"},
		{"jail", "fr", ""},
		{"unpaids", "en", "non payé"},
		{"", "en", ""},
		{"jail", "de", ""},
	} {
		var got []string
		for _, m := range l.Meanings(c.words, c.in) {
			got = append(got, m.Words["fr"][0])
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s %q: %q, want %q", c.in, c.words, got, c.want)
		}
	}
}

func TestPlacesLieInCountries(t *testing.T) {
	l, err := Read(table, placeTable)
	if err != nil {
		t.Fatal(err)
	}
	for words, in := range map[string]corpus.Lang{"Damascus": "en", "Damas": "fr", "بدمشق": "ar"} {
		if ms := l.Meanings(words, in); len(ms) != 1 || ms[0].Country != "country/sy" {
			t.Errorf("%s: %+v", words, ms)
		}
	}
	if _, err := Read(table, "country\ten\tfr\tar\nDamascus\tDamas\tدمشق\n"); !errors.Is(err, corpus.ErrInvalid) {
		t.Errorf("a row without a country: %v", err)
	}
}

func TestInterleave(t *testing.T) {
	l, err := Read(table, placeTable)
	if err != nil {
		t.Fatal(err)
	}
	got := Interleave(l.Meanings("pay", "en"), "ar")
	if want := []string{"دفع", "أجر", "يدفع", "أجور"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestReadRefuses(t *testing.T) {
	for name, row := range map[string]string{
		"two columns":   "jail\tprison",
		"an empty cell": "jail\t\tسجن",
		"an empty word": "jail\tprison|\tسجن",
		"four words":    "a cell with bars\tprison\tسجن",
	} {
		if _, err := Read("en\tfr\tar\n"+row+"\n", ""); !errors.Is(err, corpus.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The list that is built in says no more than it should: no word that only joins
// others, no negated meaning by its opposite, no word for many meanings.
func TestDefault(t *testing.T) {
	l, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	if len(l.meanings) < 1000 {
		t.Errorf("%d meanings", len(l.meanings))
	}
	for _, in := range Languages {
		for word, places := range l.exact[in] {
			if len(places) > 12 {
				t.Errorf("%s %q has %d meanings: %v", in, word, len(places), l.meanings[places[0].meaning])
			}
		}
		for _, m := range l.meanings {
			for _, w := range m.Words[in] {
				if Function(fold.Text(w), in) {
					t.Errorf("%s %q only joins words", in, w)
				}
				if arabic := strings.ContainsFunc(w, func(r rune) bool { return r >= 0x600 && r < 0x700 }); arabic != (in == "ar") {
					t.Errorf("%s %q is in another script", in, w)
				}
			}
		}
	}
	for _, c := range []struct{ english, arabic string }{
		{"irregular", "نظامي"}, {"unpaid", "مدفوع"}, {"stateless", "جنسية"}, {"undocumented", "موثق"}, {"unaccompanied", "مصحوب"}, {"illegal", "قانوني"},
	} {
		for _, m := range l.Meanings(c.english, "en") {
			if slices.ContainsFunc(m.Words["ar"], func(w string) bool { return Key(w, "ar") == Key(c.arabic, "ar") }) {
				t.Errorf("%q means its opposite in Arabic: %q", c.english, m.Words["ar"])
			}
		}
	}
}

func BenchmarkRead(b *testing.B) {
	for b.Loop() {
		if _, err := Read(data, placeData); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkStems(b *testing.B) {
	l, err := Read(data, placeData)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		l.byStems()
	}
}
