package vocab

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	article = "ال"
	strict  = "=" // before the term of an Arabic name, whose article is part of it
	// shortest is the fewest letters of an Arabic word without article and
	// clitics. It is long enough that وال and لل are not taken from short words.
	shortest = 3
)

// isAcronym says whether a label is one short word with capitals inside: IDPs,
// UNHCR, UfM, oPt.
func isAcronym(text string) bool {
	letters, capitals, inside := 0, 0, false
	for i, r := range text {
		if !unicode.IsLetter(r) {
			return false
		}
		letters++
		if unicode.IsUpper(r) {
			capitals++
			inside = inside || i > 0
		}
	}
	return inside && letters <= 8 && capitals*3 >= letters
}

func isArabic(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.Is(unicode.Arabic, r)
}

// inflected returns forms of a label that are looked for beside it: plurals of
// English and French, and the feminine plural of Arabic adjectives.
func inflected(b label, acronym bool) []string {
	switch {
	case acronym || b.name:
		return nil
	case b.lang == "ar":
		if stem, ok := strings.CutSuffix(b.text, "ية"); ok && b.adjective {
			return []string{stem + "يات"}
		}
		return nil
	case b.lang != "en" && b.lang != "fr":
		return nil
	}
	words := strings.Fields(b.text)
	last := len(words) - 1
	with := func(n ...int) string {
		out := append([]string(nil), words...)
		for _, i := range n {
			out[i] = plural(out[i], b.lang == "en")
		}
		return strings.Join(out, " ")
	}
	forms := []string{with(last)}
	if last == 1 && b.lang == "fr" {
		forms = append(forms, with(0, 1))
	}
	if last >= 1 && genitive(words[1]) {
		forms = append(forms, with(0))
	}
	return forms
}

// genitive says whether a word joins a noun to the one before it, which then
// has the plural ending: titres de séjour, rights of asylum.
func genitive(word string) bool {
	for _, p := range []string{"d’", "l’"} {
		if strings.HasPrefix(word, p) {
			return true
		}
	}
	switch word {
	case "of", "de", "à", "du", "des", "en", "sur":
		return true
	}
	return false
}

// plural adds an s where one is possible.
func plural(word string, english bool) string {
	last, _ := utf8.DecodeLastRuneInString(word)
	if utf8.RuneCountInString(word) < 3 || !unicode.IsLower(last) || strings.ContainsRune("sxz", last) {
		return word
	}
	if stem, ok := strings.CutSuffix(word, "y"); ok && english && !strings.ContainsAny(stem[len(stem)-1:], "aeou") {
		return stem + "ies"
	}
	return word + "s"
}

// withoutArticle takes the article from a folded Arabic word, if enough is left.
func withoutArticle(word string) string {
	if rest, ok := strings.CutPrefix(word, article); ok && utf8.RuneCountInString(rest) >= shortest {
		return rest
	}
	return word
}

// canonical makes the two endings of the sound masculine plural one.
func canonical(word string) string {
	if stem, ok := strings.CutSuffix(word, "ين"); ok && utf8.RuneCountInString(stem) >= shortest {
		return stem + "ون"
	}
	return word
}

// clitics are what may stand before an Arabic noun; those with the article
// first say so. The letters of the longest are tried as well as those of the
// shorter ones: for للاجئين both اجئين and لاجئين.
var clitics = [...]struct {
	letters string
	article bool
}{
	{"", false}, {"و", false}, {"ف", false}, {"ب", false}, {"ك", false}, {"ل", false},
	{"وب", false}, {"ول", false}, {"وك", false}, {"فب", false}, {"فل", false}, {"فك", false},
	{"ال", true}, {"وال", true}, {"فال", true}, {"بال", true}, {"كال", true}, {"لل", true},
	{"وبال", true}, {"فبال", true}, {"وكال", true}, {"ولل", true}, {"فلل", true},
}

// stems yields the terms under which a folded Arabic word may stand in the
// trie.
func stems(word string, yield func(string)) {
	for _, c := range clitics {
		rest, ok := strings.CutPrefix(word, c.letters)
		if !ok || c.letters != "" && utf8.RuneCountInString(rest) < shortest {
			continue
		}
		rest = canonical(rest)
		yield(rest)
		if c.article {
			rest = article + rest
		}
		yield(strict + rest)
	}
}

// Stems calls yield with a folded word and, for an Arabic word, with what is
// left of it without article and clitics.
func Stems(word string, yield func(string)) {
	if !isArabic(word) {
		yield(word)
		return
	}
	for _, c := range clitics {
		rest, ok := strings.CutPrefix(word, c.letters)
		if ok && (c.letters == "" || utf8.RuneCountInString(rest) >= shortest) {
			yield(rest)
		}
	}
}

// spacing is what stands between two words.
type spacing uint8

const (
	joined     spacing = iota // space, hyphen, apostrophe, quotation mark, bracket
	punctuated                // something that parts sentences or items
	parted                    // a new paragraph, or too far
)

// maxGap is how far two words of a label may stand apart, in bytes: a line
// break with indentation.
const maxGap = 64

func gap(text string) spacing {
	if text == " " {
		return joined
	}
	if len(text) > maxGap {
		return parted
	}
	lines, s := 0, joined
	for _, r := range text {
		switch {
		case r == '\n' || r == '\u2029' || r == '\f':
			lines++
		case strings.ContainsRune(".,;:!?…|/•·–—،؛؟۔=<>", r):
			s = punctuated
		}
	}
	if lines > 1 {
		return parted
	}
	return s
}

// folded folds a word into buf when it is plain ASCII, without allocating.
func folded(word string, buf []byte) ([]byte, bool) {
	if len(word) > len(buf) {
		return nil, false
	}
	for i := range len(word) {
		c := word[i]
		switch {
		case c >= utf8.RuneSelf:
			return nil, false
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		}
		buf[i] = c
	}
	return buf[:len(word)], true
}
