package fold

import (
	"slices"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestWords(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"", nil},
		{"  -- ", nil},
		{"domestic workers", []string{"domestic", "workers"}},
		{"l'employeur, aujourd’hui", []string{"l", "employeur", "aujourd", "hui"}},
		{"loi n° 02-03", []string{"loi", "n", "02", "03"}},
		{"co\u00adopération\u00ad fin", []string{"co\u00adopération", "fin"}},
		{"وعمال المنازل، ٢٥", []string{"وعمال", "المنازل", "٢٥"}},
		{"إنَّ", []string{"إنَّ"}},
		{"移民政策", []string{"移", "民", "政", "策"}},
		{"a\xffb \uFFFDc", []string{"a", "b", "c"}},
	} {
		var got []string
		for w := range Words(c.text) {
			got = append(got, c.text[w.Start:w.End])
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("Words(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

func TestTermMakesSpellingsEqual(t *testing.T) {
	for _, c := range [][2]string{
		{"Migration", "migration"},
		{"cœur", "coeur"},
		{"ÉTRANGÈRE", "etrangere"},
		{"ﬁnancement", "financement"},
		{"co\u00adopération", "cooperation"},
		{"٢٥", "25"}, {"۲۵", "25"}, {"०९", "09"},
		{"إنَّ", "ان"}, {"أحوال", "احوال"}, {"هجـــرة", "هجره"}, {"مستشفى", "مستشفي"},
		{"ﻻ", "لا"},
		{"שָׁלוֹם", "שלום"},
		{"Straße", "strasse"},
		{"İstanbul", "istanbul"},
		{"한국", "한국"},
	} {
		if got := Term(c[0]); got != c[1] {
			t.Errorf("Term(%q) = %q, want %q", c[0], got, c[1])
		}
	}
}

func TestDigitsOfEveryScript(t *testing.T) {
	for _, zero := range []rune{'0', '٠', '۰', '०', '０', '๐'} {
		for d := rune(0); d < 10; d++ {
			if got, want := Term(string(zero+d)), string('0'+d); got != want {
				t.Errorf("Term(%q) = %q, want %q", zero+d, got, want)
			}
		}
	}
}

func TestText(t *testing.T) {
	if got, want := Text("  L’Égypte — loi n° ٨٢ "), "l egypte loi n 82"; got != want {
		t.Errorf("Text = %q, want %q", got, want)
	}
}

func FuzzWords(f *testing.F) {
	f.Add("l'homme ٢٥ co\u00adop \xff")
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for w := range Words(text) {
			if w.Start < last || w.End <= w.Start || w.End > len(text) {
				t.Fatalf("word %v after %d in %q", w, last, text)
			}
			last = w.End
			term := Term(text[w.Start:w.End])
			if !utf8.ValidString(term) {
				t.Fatalf("Term(%q) = %q is not UTF-8", text[w.Start:w.End], term)
			}
			for _, r := range term {
				if unicode.IsUpper(r) && unicode.ToLower(r) != r {
					t.Fatalf("Term(%q) = %q has capitals", text[w.Start:w.End], term)
				}
			}
			if again := Term(term); again != term {
				t.Fatalf("Term(%q) = %q, folded again %q", text[w.Start:w.End], term, again)
			}
		}
	})
}
