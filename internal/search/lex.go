package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"marsa/internal/fold"
)

// kind of a token of a query.
type kind int

const (
	endToken kind = iota
	wordToken
	phraseToken // between quotes
	openToken   // (
	closeToken  // )
	orToken     // OR, OU, |
	andToken    // AND, ET, &&
	notToken    // NOT, SAUF, a hyphen before a word
	fieldToken  // title:
)

// A token is a piece of a query. Suffix is what stands directly behind a word or
// phrase: "*", "~" or "~5".
type token struct {
	kind    kind
	text    string
	at, end int // bytes of the query
	suffix  string
}

// operators are words only in capitals: "or" and "et" stand in many questions.
// Arabic has no capitals, and أو stands in as many; there | is written.
var operators = map[string]kind{
	"OR": orToken, "OU": orToken, "|": orToken, "||": orToken,
	"AND": andToken, "ET": andToken, "&&": andToken,
	"NOT": notToken, "SAUF": notToken,
}

// quotes maps an opening quote to what closes it. Quotes that look the same at
// both ends close themselves; German and Arabic usage turns some round.
var quotes = map[rune]string{'"': `"“”„`, '“': `”"“`, '”': `”"`, '„': `“”"`, '«': `»`, '»': `«`, '‹': `›`, '＂': `＂`}

// lexer cuts a query into tokens. Whatever is typed can be cut; a note says where
// a quote is not closed.
type lexer struct {
	text  string
	at    int
	notes []Note
}

// lex returns the tokens of a query; the last is an endToken.
func lex(text string) ([]token, []Note) {
	l := lexer{text: validUTF8(text)}
	var ts []token
	for {
		t := l.next()
		ts = append(ts, t)
		if t.kind == endToken {
			return ts, l.notes
		}
	}
}

// validUTF8 puts a space for every byte that is no character, so that places stay
// what they are.
func validUTF8(text string) string {
	if utf8.ValidString(text) {
		return text
	}
	b := []byte(text)
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			b[i] = ' '
		}
		i += n
	}
	return string(b)
}

func (l *lexer) rest() string { return l.text[l.at:] }

func (l *lexer) next() token {
	for l.at < len(l.text) {
		r, n := utf8.DecodeRuneInString(l.rest())
		start := l.at
		switch {
		case isQuote(r):
			l.at += n
			end := strings.IndexAny(l.rest(), quotes[r])
			if end < 0 {
				l.notes = append(l.notes, Note{Key: NoteUnclosedQuote, At: start})
				continue // what follows is read as words
			}
			t := token{kind: phraseToken, text: unquoted(l.rest()[:end]), at: start}
			l.at += end
			_, n := utf8.DecodeRuneInString(l.rest())
			l.at += n
			return l.suffixed(t)
		case r == '(' || r == '（':
			l.at += n
			return token{openToken, "(", start, l.at, ""}
		case r == ')' || r == '）':
			l.at += n
			return token{closeToken, ")", start, l.at, ""}
		case r == '|':
			l.at += len(l.rest()) - len(strings.TrimLeft(l.rest(), "|"))
			return token{orToken, "|", start, l.at, ""}
		case (r == '-' || r == '−') && startsTerm(l.rest()[n:]):
			l.at += n
			return token{notToken, "-", start, l.at, ""}
		case endsWord(r):
			l.at += n
		default:
			return l.word()
		}
	}
	return token{kind: endToken, at: l.at, end: l.at}
}

// word reads a word, an operator or the name of a field.
func (l *lexer) word() token {
	start := l.at
	n := strings.IndexFunc(l.rest(), endsWord)
	if n < 0 {
		n = len(l.rest())
	}
	l.at += n
	t := token{kind: wordToken, text: l.text[start:l.at], at: start, end: l.at}
	if _, ok := fieldNames[fold.Text(t.text)]; ok && l.valueFollows() {
		t.kind = fieldToken
		l.at++
		t.end = l.at
		return t
	}
	if k, ok := operators[t.text]; ok {
		t.kind = k
		return t
	}
	word := strings.TrimRight(t.text, "*~")
	if word == t.text || word == "" {
		// A number after ~ is part of the word that was cut above.
		if base, number, ok := cutLast(t.text, "~"); ok && number != "" && strings.Trim(number, "0123456789") == "" {
			t.text, t.suffix = base, "~"+number
		}
		return t
	}
	t.text, t.suffix = word, t.text[len(word):]
	return t
}

// valueFollows says whether a colon comes next with a value directly after it.
func (l *lexer) valueFollows() bool {
	rest, ok := strings.CutPrefix(l.rest(), ":")
	r, _ := utf8.DecodeRuneInString(rest)
	return ok && rest != "" && (isQuote(r) || r == '(' || !endsWord(r))
}

// suffixed adds what stands directly behind a closing quote.
func (l *lexer) suffixed(t token) token {
	n := 0
	for n < len(l.rest()) && strings.IndexByte("*~0123456789", l.rest()[n]) >= 0 {
		if n == 0 && l.rest()[0] >= '0' && l.rest()[0] <= '9' {
			break
		}
		n++
	}
	t.suffix = l.rest()[:n]
	l.at += n
	t.end = l.at
	return t
}

func cutLast(s, sep string) (before, after string, ok bool) {
	i := strings.LastIndex(s, sep)
	if i <= 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// unquoted takes quotes of other kinds out of a phrase, and line ends.
func unquoted(s string) string {
	return strings.Map(func(r rune) rune {
		if isQuote(r) || quotesClose(r) || unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
}

func quotesClose(r rune) bool { return r == '›' }

// startsTerm says whether a hyphen before s excludes: not in "- " or "--".
func startsTerm(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return s != "" && (isQuote(r) || r == '(' || unicode.IsLetter(r) || unicode.IsDigit(r))
}

func isQuote(r rune) bool {
	_, ok := quotes[r]
	return ok
}

// endsWord says whether a word typed in a query ends before r. Apostrophes,
// hyphens, slashes and full stops stay inside, so that "l'homme", "08-11" and
// "2003/86" are looked for as they stand.
func endsWord(r rune) bool {
	return isQuote(r) || unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune(",;:!?()[]{}<>|…،؛؟（）›", r)
}
