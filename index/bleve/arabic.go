package bleve

import (
	"strings"
	"unicode/utf8"

	bleveanalysis "github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/arabic"
)

// arabicStems names arabicStemmer in the table of languages.
const arabicStems = "marsa_stemmer_ar"

// arabicStemmer is Bleve's light stemmer, which would take the ending off words
// that only look like plurals and duals: لبنان (Lebanon) would be لبن (milk),
// عمان (Oman, Amman) عم (uncle), and قانون (law) would not find قانونية (legal). It also takes a conjunction off
// before a preposition with the article (وبالقانون), and reads the ending of
// سوريا and of قانونيا as that of سورية and قانونية. Snowball then takes the
// pronouns, duals and verbal beginnings that the light stemmer leaves.
type arabicStemmer struct{ light bleveanalysis.TokenFilter }

func (s arabicStemmer) Filter(tokens bleveanalysis.TokenStream) bleveanalysis.TokenStream {
	for _, t := range tokens {
		if whole, ok := arabicWord(string(t.Term)); ok {
			t.Term = []byte(whole)
			continue
		}
		t.Term = []byte(arabicEnding(arabicBeginning(string(t.Term))))
		s.light.Filter(bleveanalysis.TokenStream{t})
		t.Term = []byte(withoutPreposition(snowballArabic(string(t.Term))))
	}
	return tokens
}

// arabicWhole are words whose last letters are no ending, normalised and without
// the article: names, and nouns that such texts are full of.
var arabicWhole = map[string]bool{
	"لبنان": true, "عمان": true, "سودان": true, "بحرين": true, "يونان": true,
	"ايران": true, "يابان": true, "فلسطين": true, "افغانستان": true, "باكستان": true,
	"قانون": true, "تعاون": true, "انسان": true, "ضمان": true, "سكان": true, "برلمان": true,
	"شوون": true, "شؤون": true, "عنوان": true, "ميدان": true, "امان": true, "مكان": true,
}

var (
	arabicConjunctions = []string{"", "و", "ف"}
	arabicArticles     = []string{"", "ال", "بال", "كال", "لل", "ب", "ل", "ك"}
	arabicRelations    = []string{"", "ي", "يه", "يين", "يون", "يات", "يتين", "يان"}
)

// arabicWord finds such a word between a conjunction, a preposition or article, and
// the ending of what is related to it.
func arabicWord(word string) (string, bool) {
	for _, c := range arabicConjunctions {
		rest, ok := strings.CutPrefix(word, c)
		if !ok {
			continue
		}
		for _, a := range arabicArticles {
			rest, ok := strings.CutPrefix(rest, a)
			if !ok {
				continue
			}
			for _, r := range arabicRelations {
				if whole, ok := strings.CutSuffix(rest, r); ok && arabicWhole[whole] {
					return whole, true
				}
			}
		}
	}
	return "", false
}

func arabicBeginning(word string) string {
	for _, c := range []string{"و", "ف"} {
		rest, ok := strings.CutPrefix(word, c)
		if !ok {
			continue
		}
		for _, a := range []string{"بال", "كال", "لل"} {
			if strings.HasPrefix(rest, a) {
				return rest
			}
		}
	}
	return word
}

func arabicEnding(word string) string {
	if utf8.RuneCountInString(word) < 5 {
		return word
	}
	if stem, ok := strings.CutSuffix(word, "يا"); ok {
		return stem + "يه"
	}
	return word
}

func snowballArabic(word string) string {
	env := snowballstem.NewEnv(word)
	arabic.Stem(env)
	return env.Current()
}

// minArabicStem is how many letters a stem must have for its first to be read as
// a preposition or conjunction.
const minArabicStem = 4

// withoutPreposition takes off what is written together with a word that has no
// article: بعمل, لعمال. A root that begins with such a letter loses it in all of
// its forms, so that they still meet.
func withoutPreposition(stem string) string {
	if utf8.RuneCountInString(stem) < minArabicStem {
		return stem
	}
	for _, p := range []string{"ب", "ل", "ك", "ف", "و"} {
		if rest, ok := strings.CutPrefix(stem, p); ok {
			return rest
		}
	}
	return stem
}
