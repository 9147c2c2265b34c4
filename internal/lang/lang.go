// Package lang says which language a text is in. It is used on pages, not on
// queries: a few words are not enough for it, unless their script decides. It
// knows nothing of documents.
package lang

import (
	"unicode"

	"github.com/abadojack/whatlanggo"

	"marsa/corpus"
)

const (
	// sample is how much of a text is looked at, in bytes: more does not change
	// the answer.
	sample = 8 << 10
	// fewest letters of the Latin or Cyrillic script that are enough.
	fewest = 40
	// short is up to how many letters the detector must be surer.
	short = 200
)

// Detect returns the language of text, or "" when the text is too short or
// unclear.
func Detect(text string) corpus.Lang {
	text = head(text)
	s := count(text)
	switch script, n := s.main(); script {
	case latin:
		return alphabetic(text, n, latinLanguages)
	case cyrillic:
		return alphabetic(text, n, cyrillicLanguages)
	case arabic:
		return s.arabicLanguage()
	default:
		return decided[script]
	}
}

// head cuts text to the sample, not inside a character.
func head(text string) string {
	if len(text) <= sample {
		return text
	}
	end := sample
	for end > 0 && text[end]&0xC0 == 0x80 {
		end--
	}
	return text[:end]
}

type script int

const (
	none script = iota
	latin
	arabic
	cyrillic
	hebrew
	greek
	armenian
	georgian
	han
	kana
	hangul
	devanagari
	thai
	ethiopic
	scripts
)

// decided are the languages of scripts that one language of the library uses.
var decided = [scripts]corpus.Lang{
	hebrew: "he", greek: "el", armenian: "hy", georgian: "ka", han: "zh", kana: "ja",
	hangul: "ko", devanagari: "hi", thai: "th", ethiopic: "am",
}

var tables = [scripts]*unicode.RangeTable{
	latin: unicode.Latin, arabic: unicode.Arabic, cyrillic: unicode.Cyrillic, hebrew: unicode.Hebrew,
	greek: unicode.Greek, armenian: unicode.Armenian, georgian: unicode.Georgian, han: unicode.Han,
	hangul: unicode.Hangul, devanagari: unicode.Devanagari, thai: unicode.Thai, ethiopic: unicode.Ethiopic,
}

func scriptOf(r rune) script {
	if r < 0x80 {
		return latin
	}
	if unicode.In(r, unicode.Hiragana, unicode.Katakana) {
		return kana
	}
	for s, t := range tables {
		if t != nil && unicode.Is(t, r) {
			return script(s)
		}
	}
	return none
}

// census counts the letters of a text by script.
type census struct {
	letters [scripts]int
	total   int
	persian int // letters that Persian has and Arabic has not
	urdu    int // letters that Urdu has and the others have not
	kurdish int
}

func count(text string) census {
	var c census
	for _, r := range text {
		if !unicode.IsLetter(r) || r == 'ـ' { // tatweel, which is drawn as a line
			continue
		}
		c.letters[scriptOf(r)]++
		c.total++
		switch r {
		case 'پ', 'چ', 'ژ', 'گ', 'ک', 'ی':
			c.persian++
		case 'ٹ', 'ڈ', 'ڑ', 'ں', 'ے', 'ہ':
			c.urdu++
		case 'ێ', 'ۆ', 'ڕ', 'ڵ', 'ە':
			c.kurdish++
		}
	}
	if c.letters[kana] > 0 {
		c.letters[kana] += c.letters[han]
		c.letters[han] = 0
	}
	return c
}

// main returns the script of most letters, or none when there is not one that
// has three in five of them.
func (c *census) main() (script, int) {
	best := none
	for s, n := range c.letters {
		if n > c.letters[best] {
			best = script(s)
		}
	}
	if c.letters[best]*5 < c.total*3 {
		return none, 0
	}
	return best, c.letters[best]
}

// arabicLanguage tells the languages of the Arabic script apart by letters that
// only one of them has. A name or two in another language does not count.
func (c *census) arabicLanguage() corpus.Lang {
	const share = 50
	switch n := c.letters[arabic]; {
	case c.kurdish*share > n:
		return "ckb"
	case c.urdu*share > n:
		return "ur"
	case c.persian*share > n:
		return "fa"
	}
	return "ar"
}

var (
	latinLanguages = whatlanggo.Options{Whitelist: map[whatlanggo.Lang]bool{
		whatlanggo.Eng: true, whatlanggo.Fra: true, whatlanggo.Spa: true, whatlanggo.Ita: true, whatlanggo.Deu: true,
		whatlanggo.Por: true, whatlanggo.Nld: true, whatlanggo.Tur: true, whatlanggo.Ron: true, whatlanggo.Pol: true,
	}}
	cyrillicLanguages = whatlanggo.Options{Whitelist: map[whatlanggo.Lang]bool{
		whatlanggo.Rus: true, whatlanggo.Ukr: true, whatlanggo.Bul: true, whatlanggo.Srp: true,
	}}
)

// alphabetic asks the detector, which compares frequencies of three letters. Its
// confidence grows with the length, so a short text needs a clear lead only.
func alphabetic(text string, letters int, among whatlanggo.Options) corpus.Lang {
	if letters < fewest {
		return ""
	}
	info := whatlanggo.DetectWithOptions(text, among)
	if info.Lang < 0 || info.Confidence < needed(letters) {
		return ""
	}
	return corpus.Lang(info.Lang.Iso6391())
}

// needed is the confidence asked of the detector. With these figures, of 1,467
// pages of trial documents (pdftotext, the language being that of the file's
// name) 9 were left undecided and 6 got a wrong language: pages of names or
// addresses only. Of passages of 300 letters 15 and 7, of 60 letters 108 and 19.
func needed(letters int) float64 {
	if letters < short {
		return 0.1
	}
	return 0.05
}
