package bleve

import (
	"slices"
	"strings"
	"testing"

	"marsa/corpus"
	"marsa/internal/fold"
)

// texts have what analyzers stumble over: apostrophes, ligatures, invisible
// characters, digits, vowel signs, letters whose lower case is longer.
var texts = []string{
	"L'employeur d’aujourd'hui, la co\u00adopération et le ﬁnancement; cœur ŒUVRE Straße STRASSE İstanbul IŞIK Ⱥⱥ",
	"وعمّال المنازل، العُمَّال\u200f بالقانون ٢٥ لسنة ٢٠١٢ إنَّ هجـــرة سوريا سورية لبنان",
	"می\u200cخواهم کتاب\u200cها را ۱۲۳ بخوانم",
	"migrations Migrants' workers domestic 08-11 n° 02-03 H2O x\u0301y",
	"Μετανάστευση και εργασία στην ΕΛΛΆΔΑ ς σ",
	"प्रवासियों के अधिकार १२३ श्रमिकों",
	"移民政策 난민 정책 שָׁלוֹם עובדים",
	"\xff\xfe a\xffb \x00 \u0301 \u202e\u202c 🙂 " + strings.Repeat("ab", 300),
}

// TestTermsStandWhereTheySay: whatever the analyzer, the words between the
// offsets of a term make that very term again.
func TestTermsStandWhereTheySay(t *testing.T) {
	a := newAnalysis()
	found := 0
	for analyzer := range numAnalyzers {
		for _, text := range texts {
			last := 0
			for _, at := range a.terms(analyzer, newCutter().words(text)) {
				found++
				if at.start < last || at.end <= at.start || at.end > len(text) {
					t.Fatalf("%v: place %+v after %d", textField(analyzer), at, last)
				}
				last = at.end
				again := a.terms(analyzer, newCutter().words(text[at.start:at.end]))
				if len(again) != 1 || again[0].term != at.term {
					t.Errorf("%v: %q at %d makes %q, the same words alone %+v", textField(analyzer), at.term, at.start, at.term, again)
				}
			}
		}
	}
	if found < 1000 {
		t.Errorf("only %d terms were looked at", found)
	}
}

func TestCommonFieldIsFolded(t *testing.T) {
	a := newAnalysis()
	for _, text := range texts {
		var got []string
		for _, at := range a.terms(common, newCutter().words(text)) {
			got = append(got, at.term)
		}
		if want := strings.Fields(fold.Text(text)); !slices.Equal(got, want) {
			t.Errorf("%.30q: %q, want %q", text, got, want)
		}
	}
}

// TestWordsThatAreOne: each line has words that a language's fields must not
// tell apart, then words that they must.
func TestWordsThatAreOne(t *testing.T) {
	a := newAnalysis()
	for _, c := range []struct {
		lang      corpus.Lang
		same      string
		different string
	}{
		{"en", "migrant migrants MIGRANT", "migration"},
		{"en", "law laws", "lawn"},
		{"fr", "employeur employeurs Employeur", "emploi"},
		{"fr", "étrangère étranger étrangers", "étrave"},
		{"fr", "œuvre ŒUVRE", "ouvre"},
		{"ar", "عمال العمال وعمال والعمال وبالعمال للعمال عُمَّال عمـــال", "عام"},
		{"ar", "إنسان الإنسانية", "انس"},
		{"ar", "قانون القانون بالقانون وبالقانون قانونية قانونيا", "قرن"},
		{"ar", "لبنان ولبنان بلبنان اللبنانية لبنانيين للبنان", "لبن"},
		{"ar", "عمان وعمان العماني", "عم"},
		{"ar", "سوريا سورية السوريين", "سوق"},
		{"ar", "البحرين بحرين", "بحر"},
		{"de", "Häuser Haus", "Hausse"},
		{"es", "trabajadores trabajador", "tratado"},
		{"tr", "çalışan çalışanların çalıştı", "çalgı"},
		{"tr", "Türkiye Türkiye'nin Türkiye’den", "Türk"},
		{"tr", "işçi işçiler İŞÇİ", "iş"},
		{"en", "25 ٢٥ ۲۵", "52"},
		{"el", "εργασία ΕΡΓΑΣΊΑ", "εργασίες"},
	} {
		analyzer := analyzerOf(c.lang)
		words := strings.Fields(c.same)
		want := a.term(analyzer, words[0])
		if want == "" {
			t.Errorf("%s: %s has no term", c.lang, words[0])
		}
		for _, w := range words[1:] {
			if got := a.term(analyzer, w); got != want {
				t.Errorf("%s: %s is %q, %s is %q", c.lang, w, got, words[0], want)
			}
		}
		if got := a.term(analyzer, c.different); got == want {
			t.Errorf("%s: %s is %q like %s", c.lang, c.different, got, words[0])
		}
	}
}

func TestStopWords(t *testing.T) {
	a := newAnalysis()
	for _, c := range []struct {
		lang  corpus.Lang
		words string
		want  bool
	}{
		{"en", "the of and The s", true},
		{"fr", "de la l d qu les lorsqu", true},
		{"ar", "في من إلى الى إِلَى على عَلَى", true},
		{"it", "dell di", true},
		{"en", "law migration may", false},
		{"fr", "travail loi", false},
		{"ar", "قانون هجرة", false},
	} {
		for w := range strings.FieldsSeq(c.words) {
			if got := a.stopWord(analyzerOf(c.lang), w); got != c.want {
				t.Errorf("%s: is %s a stop word: %v, want %v", c.lang, w, got, c.want)
			}
		}
	}
	if a.stopWord(common, "the") || a.stopWord(other, "the") {
		t.Error("a field without a language has stop words")
	}
}

// TestCountriesAreNoStopWords: a query for a country alone must find it.
func TestCountriesAreNoStopWords(t *testing.T) {
	a := newAnalysis()
	for lang, names := range map[corpus.Lang]string{
		"en": "Algeria Egypt Israel Jordan Lebanon Libya Mali Chad Niger Oman Iran Togo Malta",
		"fr": "Algérie Égypte Israël Jordanie Liban Maroc Mali Tchad Niger Oman Iran Togo Malte",
		"ar": "الجزائر مصر إسرائيل الأردن لبنان ليبيا المغرب مالي تشاد النيجر عمان إيران توغو مالطا",
	} {
		for name := range strings.FieldsSeq(names) {
			if a.term(analyzerOf(lang), name) == "" {
				t.Errorf("%s: %s is a stop word", lang, name)
			}
		}
	}
}

func FuzzTerms(f *testing.F) {
	a := newAnalysis()
	for i, text := range texts {
		f.Add(text, i)
	}
	f.Fuzz(func(t *testing.T, text string, analyzer int) {
		analyzer = int(uint(analyzer) % numAnalyzers)
		for _, at := range a.terms(analyzer, newCutter().words(text)) {
			if again := a.term(analyzer, text[at.start:at.end]); again != at.term {
				t.Fatalf("%v: %q makes %q, alone %q", textField(analyzer), text, at.term, again)
			}
		}
	})
}
