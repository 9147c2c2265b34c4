package pdf

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"marsa/internal/fold"
)

// better says whether text b is so much more like language than a that it is to
// be kept instead. How much text there is does not count: readers differ in what
// they take twice or leave out, and more is as often wrong as less. A text
// without words is worse than any.
func better(b, a string) bool {
	la, lb := look(a), look(b)
	switch {
	case la.readable() == 0 || lb.readable() == 0:
		return lb.readable() > la.readable() && !lb.no && lb.score() >= least
	case lb.words == 0 || lb.no || lb.score() < least:
		return false
	}
	few := float64(min(la.words, lb.words)) + 1
	return lb.score() > la.score()+clear*(1+20/few) // a word or two prove nothing
}

// clear is by how much the text of a long page must score higher. Scores of
// readings by two readers that are both right differ by less.
const clear = .04

// least is the score under which a text is no language: then ours stays, which
// says so of itself, and the page may be read from its picture.
const least = -.05

// likeness counts what tells language from the letters of a wrong map, words
// that were glued, cut or turned round, and glyphs that nobody knows.
type likeness struct {
	words   int
	known   int // function words, and Arabic words with their article
	glued   int // longer than words are
	single  int // of one letter
	sure    int // characters that are known
	unknown int // and those that are not
	no      bool
}

// Words of more letters than this are more than one. Names of chemicals are
// longer, but not common.
const longest = 24

func look(text string) likeness {
	var l likeness
	list := functionWords()
	for _, r := range text {
		switch {
		case r == unicode.ReplacementChar || private(r):
			l.unknown++
		case !unicode.IsSpace(r):
			l.sure++
		}
	}
	for t := range fold.Words(text) {
		w := fold.Term(text[t.Start:t.End])
		r, n := utf8.DecodeRuneInString(w)
		if !unicode.IsLetter(r) || ideographic(r) {
			continue
		}
		l.words++
		switch {
		case list[w] || hasArticle(w):
			l.known++
		case n == len(w):
			l.single++
		case len(w) > longest && utf8.RuneCountInString(w) > longest:
			l.glued++
		}
	}
	l.no = unlikelyArabic(text) || unlikelyLatin(text)
	return l
}

func (l likeness) readable() int { return l.sure }

// score is higher for what is more likely language; 0 is a list of names.
func (l likeness) score() float64 {
	n := float64(max(1, l.words))
	s := float64(l.known)/n - float64(l.glued)/n - float64(l.single)/n
	s -= float64(l.unknown) / float64(max(1, l.sure+l.unknown))
	if l.no {
		s -= .3
	}
	return s
}

// ideographic says whether words of a script are not found by blanks.
func ideographic(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// hasArticle says whether an Arabic word begins with the article, which a fifth
// of them do. One that was turned round ends with it.
func hasArticle(w string) bool {
	for _, p := range []string{"ال", "وال", "بال", "لل"} {
		if rest, ok := strings.CutPrefix(w, p); ok && utf8.RuneCountInString(rest) >= 3 {
			return true
		}
	}
	return false
}

// functionWords are the commonest words of some languages, folded: a third of
// any text in Latin letters, a sixth in Arabic.
var functionWords = sync.OnceValue(func() map[string]bool {
	list := map[string]bool{}
	for w := range strings.FieldsSeq(`
		the of and to in a is that for on with as are by be or from at this it an not which was have has their any all shall
		de la le les des et du en un une pour que dans qui par sur est au aux ou ne pas ce se il son sa plus l d s n
		y el los las del que por con para una no su al lo como o sus toda
		e di il che per della dei non si con le sono nel alla o da em os um uma para do dos das na no ao
		der die das und den von zu mit ist im des auf fur nicht ein eine dem sich als auch
		het een van op te dat zijn voor met och att som av ar det til pa
		ve bir bu ile icin da ve olan her veya
		و του της και το να των την η στο με για που ο τα σε στην οι από δεν ή κάθε έχει
		и в не на с что по к из у за от для или о как это его
		في من على ان الى او عن ما لا هذا هذه التي الذي كل مع بين ذلك كان قد لم اي غير حتى بعد قبل عند ولا له لها هو هي
		و به از در که این را با است برای آن یا هر کس
		של את על לא כל או אל הוא עם זה כי אדם גם אין כן אשר בין
	`) {
		list[fold.Term(w)] = true
	}
	return list
})
