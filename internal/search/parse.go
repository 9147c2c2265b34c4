package search

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"marsa/index"
	"marsa/internal/fold"
)

// term is a part of a query: a word, or the words between quotes.
type term struct {
	text    string
	quoted  bool
	exclude bool
}

// parse reads a query: words, "phrases" in any kind of quotes, and either with a
// hyphen before it to exclude it. Every text is a query; what a reader should
// know of how it was read is in the notes.
func parse(text string) ([]term, []Note) {
	var p parser
	p.rest = strings.ToValidUTF8(text, " ")
	for p.skipSpace(); p.rest != ""; p.skipSpace() {
		p.term()
	}
	return p.terms, p.notes
}

type parser struct {
	rest  string
	at    int // byte position of rest in the query
	words int
	full  bool // a term was over the limit, and all that follow are left out
	terms []term
	notes []Note
}

// quotes maps an opening quote to what closes it. Quotes that look the same at
// both ends close themselves; German and Arabic usage turns some round.
var quotes = map[rune]string{'"': `"“”„`, '“': `”"“`, '”': `”"`, '„': `“”"`, '«': `»`, '»': `«`, '‹': `›`, '＂': `＂`}

func (p *parser) term() {
	exclude := false
	if r, n := utf8.DecodeRuneInString(p.rest); (r == '-' || r == '−') && startsTerm(p.rest[n:]) {
		exclude = true
		p.skip(n)
	}
	r, n := utf8.DecodeRuneInString(p.rest)
	closing, quoted := quotes[r]
	if !quoted {
		p.add(term{text: p.take(strings.IndexFunc(p.rest, endsWord)), exclude: exclude})
		return
	}
	at := p.at
	p.skip(n)
	end := strings.IndexAny(p.rest, closing)
	if end < 0 {
		p.notes = append(p.notes, Note{Key: NoteUnclosedQuote, At: at})
		return // what follows is read as words
	}
	p.add(term{text: p.take(end), quoted: true, exclude: exclude})
	_, n = utf8.DecodeRuneInString(p.rest)
	p.skip(n)
}

// add appends a term if it has a word in it. Words over the limit of the index
// are left out, which a note says.
func (p *parser) add(t term) {
	n := 0
	for range fold.Words(t.text) {
		n++
	}
	if n == 0 {
		return
	}
	switch {
	case p.full:
		return
	case p.words+n > index.MaxWords:
		p.full = true
		p.notes = append(p.notes, Note{Key: NoteWordsCut, At: p.at - len(t.text), Arg: strconv.Itoa(index.MaxWords)})
		return
	}
	p.words += n
	p.terms = append(p.terms, t)
}

func (p *parser) take(n int) string {
	if n < 0 {
		n = len(p.rest)
	}
	s := p.rest[:n]
	p.skip(n)
	return s
}

func (p *parser) skip(n int) { p.rest, p.at = p.rest[n:], p.at+n }

func (p *parser) skipSpace() {
	n := strings.IndexFunc(p.rest, func(r rune) bool { return !endsWord(r) || isQuote(r) })
	if n < 0 {
		n = len(p.rest)
	}
	p.skip(n)
}

// startsTerm says whether a hyphen before s excludes: not in "- " or "--".
func startsTerm(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return isQuote(r) || unicode.IsLetter(r) || unicode.IsDigit(r)
}

func isQuote(r rune) bool {
	_, ok := quotes[r]
	return ok
}

// endsWord says whether a word typed in a query ends before r. Apostrophes,
// hyphens, slashes and full stops stay inside, so that "l'homme", "08-11" and
// "2003/86" are looked for as they stand.
func endsWord(r rune) bool {
	return isQuote(r) || unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune(",;:!?()[]{}<>|…،؛؟", r)
}

// Clause returns what a text asks of an engine, read as Service.Search reads it;
// nil, for everything, when there is no word in it.
func Clause(text string) index.Clause {
	terms, _ := parse(text)
	return clause(terms)
}

// clause makes the query for the engine; nil, for everything, when there is no
// word in it.
func clause(terms []term) index.Clause {
	var all index.All
	for _, t := range terms {
		var c index.Clause = index.Word{Text: t.text}
		if t.quoted {
			c = index.Phrase{Text: t.text}
		}
		if t.exclude {
			c = index.Not{Clause: c}
		}
		all = append(all, c)
	}
	if len(all) == 0 {
		return nil
	}
	return all
}
