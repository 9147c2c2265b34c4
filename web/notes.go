package web

import (
	"strings"
	"unicode/utf8"

	"marsa/internal/search"
	"marsa/web/locale"
)

// noteView is a remark on a query, with the query cut at the place that it is
// about; Mark is empty where it is about no place.
type noteView struct {
	Text                string
	Before, Mark, After string
}

// notes says in the language of the page what search remarks on a query. A
// remark that the pages have no text for is left out.
func notes(t *locale.Catalogue, e search.Echo) []noteView {
	var ns []noteView
	for _, n := range e.Notes {
		v := noteView{Text: noteText(t, n)}
		if v.Text == "" {
			continue
		}
		if placed(n, e.Typed) {
			v.Before, v.Mark, v.After = marked(e.Typed, n)
		}
		ns = append(ns, v)
	}
	return ns
}

// noteText says it without the place; it is empty where there is no text for it.
func noteText(t *locale.Catalogue, n search.Note) string {
	key := "note." + n.Key
	if t == nil || !t.Has(key) {
		return ""
	}
	value := n.Arg
	if n.Key == search.NoteUnknownValue {
		_, value, _ = strings.Cut(n.Arg, "=")
	}
	return text(t, key, "value", value)
}

// placed says whether a remark is about a place in the query: a filter that was
// ticked stands in none.
func placed(n search.Note, typed string) bool {
	switch n.Key {
	case search.NoteNoWords:
		return false
	case search.NoteUnknownValue:
		_, value, _ := strings.Cut(n.Arg, "=")
		return n.At > 0 && n.At <= len(typed) && strings.HasPrefix(strings.TrimLeft(typed[n.At:], `"“«„`), value)
	}
	return n.At >= 0 && n.At < len(typed)
}

// marked cuts a query round the word that a remark is about, or round the one
// character.
func marked(typed string, n search.Note) (before, mark, after string) {
	before, rest := typed[:n.At], typed[n.At:]
	length := strings.IndexAny(rest, " \n\t")
	if length < 0 {
		length = len(rest)
	}
	switch n.Key {
	case search.NoteUnclosedQuote, search.NoteParenOpen, search.NoteParenClose, search.NoteParenEmpty, search.NoteDeep:
		_, length = utf8.DecodeRuneInString(rest)
	case search.NoteWordsCut:
		length = len(rest)
	}
	return before, rest[:length], rest[length:]
}
