package harvest

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"marsa/corpus"
)

// valuesOf returns the values of a key of a YAML document. Notes may also stand as
// a map of page numbers.
func valuesOf(key string, v any) ([]string, error) {
	base, _, _ := strings.Cut(key, ".")
	pages, ok := v.(map[any]any) // of numbers
	if base != "notes" || !ok {
		return texts(v)
	}
	var all []string
	for page, text := range pages {
		ts, err := texts(text)
		if err != nil {
			return nil, err
		}
		if note := strings.Join(ts, " "); note != "" {
			all = append(all, fmt.Sprint(page)+": "+note)
		}
	}
	slices.Sort(all)
	return all, nil
}

// setNotes gives the notes to pages in a language, which is empty for the
// document's own.
func (m *Meta) setNotes(language string, values []string) error {
	var l corpus.Lang
	if language != "" {
		var err error
		if l, err = languageCode(language); err != nil {
			return err
		}
	}
	var given []corpus.PageNote
	for _, v := range values {
		number, text, ok := strings.Cut(v, ":")
		page, err := strconv.Atoi(strings.TrimSpace(number))
		text = strings.TrimSpace(text)
		if !ok || err != nil || page < 1 || text == "" {
			return fmt.Errorf("%.80q is no note; write the number of the page, a colon and the note: %w", v, corpus.ErrInvalid)
		}
		given = append(given, corpus.PageNote{Page: page, Lang: l, Text: text})
	}
	m.Notes = mergeNotes(m.Notes, given)
	return nil
}

// NotesIn returns notes with those that have no language in l.
func NotesIn(l corpus.Lang, notes []corpus.PageNote) []corpus.PageNote {
	own := slices.Clone(notes)
	for i := range own {
		own[i].Lang = either(own[i].Lang, l)
	}
	return mergeNotes(own, nil)
}

// mergeNotes returns notes by page and language, with those of below to pages that
// notes say nothing of in that language.
func mergeNotes(notes, below []corpus.PageNote) []corpus.PageNote {
	out := append(slices.Clone(notes), below...)
	slices.SortStableFunc(out, compareNotes)
	return slices.CompactFunc(out, func(a, b corpus.PageNote) bool { return compareNotes(a, b) == 0 })
}

func compareNotes(a, b corpus.PageNote) int {
	return cmp.Or(cmp.Compare(a.Page, b.Page), cmp.Compare(a.Lang, b.Lang))
}
