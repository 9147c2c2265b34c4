package harvest

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"marsa/corpus"
	"marsa/internal/yamldoc"
)

// Meta is the record of a file as somebody wrote it: a sidecar, a row of a
// manifest or front matter. Every field may be empty.
type Meta struct {
	ID        corpus.ID          `json:"id,omitempty"`
	Work      corpus.ID          `json:"work,omitempty"`
	Title     string             `json:"title,omitempty"`
	Authors   []string           `json:"authors,omitempty"`
	Publisher string             `json:"publisher,omitempty"`
	Issued    corpus.Date        `json:"issued,omitempty"`
	Kind      corpus.Kind        `json:"kind,omitempty"`
	Languages []corpus.Lang      `json:"languages,omitempty"` // the main one first
	Tags      []corpus.ConceptID `json:"tags,omitempty"`
	Labels    []Label            `json:"labels,omitempty"` // tags and kind given by a label, for the vocabulary to find
	URL       string             `json:"url,omitempty"`
	Licence   string             `json:"licence,omitempty"`
	Notice    string             `json:"notice,omitempty"`
	Abstracts []corpus.Abstract  `json:"abstracts,omitempty"` // by language; the one without is in that of the document
	Notes     []corpus.PageNote  `json:"notes,omitempty"`     // by page and language, which may be empty too
}

// Label is a concept as a person calls it: "Lebanon", "travail domestique".
type Label struct {
	Scheme string `json:"scheme,omitempty"` // "country", "topic", "kind"; empty when it may be of any
	Text   string `json:"text"`
}

// Limits of a record.
const (
	maxLine     = 1000   // bytes of a title, a name, a licence
	maxNotice   = 4000   // bytes of a notice
	maxAbstract = 20_000 // bytes of an abstract
	maxNote     = 2000   // bytes of a note to a page
	maxNotes    = 5000   // notes in one language
	maxList     = 200    // values of another list
)

// Keys returns the keys of a record, as they are written in a sidecar and above
// the columns of a manifest. Those that perLanguage knows may be followed by a
// full stop and a language: abstract.fr.
func Keys() []string {
	return []string{"id", "work", "title", "authors", "publisher", "issued", "kind", "languages",
		"tags", "countries", "topics", "url", "licence", "notice", "abstract", "notes"}
}

// perLanguage says whether a key can be given for each language.
func perLanguage(key string) bool { return key == "title" || key == "abstract" || key == "notes" }

// isKey says whether a key is one of a record.
func isKey(key string) bool {
	base, _, language := strings.Cut(key, ".")
	return slices.Contains(Keys(), base) && (!language || perLanguage(base))
}

// isList says whether a key has several values; those of an abstract are its
// paragraphs, those of notes begin with the number of a page and a colon.
func isList(key string) bool {
	base, _, _ := strings.Cut(key, ".")
	return slices.Contains([]string{"authors", "languages", "tags", "countries", "topics", "abstract", "notes"}, base)
}

// aliases are the names by which other programs call a key.
func aliases() map[string]string {
	return map[string]string{
		"author": "authors", "creator": "authors", "date": "issued", "lang": "languages", "language": "languages",
		"license": "licence", "country": "countries", "topic": "topics", "tag": "tags", "keywords": "tags", "origin": "url",
		"summary": "abstract", "description": "abstract",
	}
}

// canonical returns the key that a name means.
func canonical(name string) string {
	base, l, language := strings.Cut(strings.ToLower(strings.TrimSpace(name)), ".")
	if key, ok := aliases()[base]; ok {
		base = key
	}
	if language {
		return base + "." + l
	}
	return base
}

// ParseSidecar reads a record in YAML; a list may be one value. Errors wrap
// ErrRecord and name the key.
func ParseSidecar(data []byte) (*Meta, error) {
	var values map[string]any
	if err := yamldoc.Decode(data, &values); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRecord, err)
	}
	return recordOf(values)
}

// recordOf reads a record of which every key must be known.
func recordOf(values map[string]any) (*Meta, error) {
	m := &Meta{}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		key := canonical(name)
		vs, err := valuesOf(key, values[name])
		if err == nil {
			err = m.set(key, vs)
		}
		if err != nil {
			return nil, fmt.Errorf("%w: %s: %w", ErrRecord, name, err)
		}
	}
	return m, nil
}

// FromFrontMatter reads the record at the head of a text. Front matter is also
// written for other programs: keys that are not ours are passed over, and what
// cannot be used is left out and said in warnings.
func FromFrontMatter(values map[string]any) (m *Meta, warnings []string) {
	m = &Meta{}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		key := canonical(name)
		if !isKey(key) {
			continue
		}
		vs, err := valuesOf(key, values[name])
		if err == nil {
			err = m.set(key, vs)
		}
		if err != nil && len(warnings) < maxList {
			warnings = append(warnings, fmt.Sprintf("front matter: %.80s is left out: %v", name, err))
		}
	}
	return m, warnings
}

// texts returns the values of a YAML scalar or list.
func texts(v any) ([]string, error) {
	switch v := v.(type) {
	case nil:
		return nil, nil
	case string:
		return []string{v}, nil
	case time.Time:
		return []string{v.Format(time.DateOnly)}, nil
	case int, int64, uint64, float64, bool:
		return []string{fmt.Sprint(v)}, nil
	case []any:
		var all []string
		for _, one := range v {
			if _, nested := one.([]any); nested {
				return nil, fmt.Errorf("a list within a list: %w", corpus.ErrInvalid)
			}
			t, err := texts(one)
			if err != nil {
				return nil, err
			}
			all = append(all, t...)
		}
		return all, nil
	}
	return nil, fmt.Errorf("it must be a text or a list of texts: %w", corpus.ErrInvalid)
}

// set gives a key its values. Empty values are as if the key were not there.
func (m *Meta) set(key string, values []string) (err error) {
	if !isKey(key) {
		return fmt.Errorf("no such key; the keys are %s: %w", strings.Join(Keys(), ", "), corpus.ErrInvalid)
	}
	if values, err = clean(key, values); err != nil || len(values) == 0 {
		return err
	}
	if len(values) > 1 && !isList(key) {
		return fmt.Errorf("only one value is possible: %w", corpus.ErrInvalid)
	}
	first := values[0]
	base, l, _ := strings.Cut(key, ".")
	if base == "notes" {
		return m.setNotes(l, values)
	}
	if base == "abstract" || base != key {
		return m.setAbstract(base, l, strings.Join(values, "\n\n"))
	}
	switch key {
	case "id":
		m.ID, err = corpus.ParseID(first)
	case "work":
		m.Work, err = corpus.ParseID(first)
	case "title":
		m.Title = first
	case "authors":
		m.Authors = values
	case "publisher":
		m.Publisher = first
	case "issued":
		m.Issued, err = corpus.ParseDate(first)
	case "kind":
		err = m.setKind(first)
	case "languages":
		err = m.setLanguages(values)
	case "tags":
		err = m.addTags("", values)
	case "countries":
		err = m.addTags("country", values)
	case "topics":
		err = m.addTags("topic", values)
	case "url":
		m.URL, err = webAddress(first)
	case "licence":
		m.Licence = first
	case "notice":
		m.Notice = first
	}
	return err
}

// clean makes values single lines without the characters that turn the
// direction of what follows them, and drops empty ones.
func clean(key string, values []string) ([]string, error) {
	most, longest := maxLine, maxList
	switch base, _, _ := strings.Cut(key, "."); base {
	case "notice":
		most = maxNotice
	case "notes":
		most, longest = maxNote, maxNotes
	case "abstract":
		most = maxAbstract
		values = paragraphs(values)
	}
	if len(values) > longest {
		return nil, fmt.Errorf("%d values, at most %d are possible: %w", len(values), longest, corpus.ErrTooLarge)
	}
	var all []string
	for _, v := range values {
		switch {
		case !utf8.ValidString(v):
			return nil, fmt.Errorf("it is not UTF-8: %w", corpus.ErrInvalid)
		case len(v) > most:
			return nil, fmt.Errorf("%d bytes, at most %d are possible: %w", len(v), most, corpus.ErrTooLarge)
		}
		v = strings.Map(printable, v)
		if v = strings.Join(strings.Fields(v), " "); v != "" {
			all = append(all, v)
		}
	}
	return all, nil
}

// paragraphs parts texts at their empty lines.
func paragraphs(texts []string) []string {
	var all []string
	for _, t := range texts {
		all = append(all, emptyLine.Split(t, maxList+1)...)
	}
	return all
}

var emptyLine = regexp.MustCompile(`\n[ \t\r]*\n\s*`)

func printable(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return ' '
	case unicode.IsControl(r), r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
		return -1
	}
	return r
}

func (m *Meta) setKind(s string) error {
	id, label, err := concept("kind", s)
	m.Kind = corpus.Kind(strings.TrimPrefix(string(id), "kind/"))
	m.Labels = append(m.Labels, label...)
	return err
}

func (m *Meta) setLanguages(values []string) error {
	for _, v := range values {
		l, err := languageCode(v)
		if err != nil {
			return err
		}
		if !slices.Contains(m.Languages, l) {
			m.Languages = append(m.Languages, l)
		}
	}
	return nil
}

func languageCode(s string) (corpus.Lang, error) {
	base, _, _ := strings.Cut(strings.ToLower(s), "-") // "fr-CA" is French
	if len(base) < 2 || len(base) > 3 || strings.Trim(base, "abcdefghijklmnopqrstuvwxyz") != "" {
		return "", fmt.Errorf("%.40q is not a language code such as en, fr or ar: %w", s, corpus.ErrInvalid)
	}
	return corpus.Lang(base), nil
}

// setAbstract gives the title or the abstract in a language, which is empty for the
// document's own. What is there stays: "abstract" stands before its other names.
func (m *Meta) setAbstract(key, language, text string) error {
	var a corpus.Abstract
	if language != "" {
		l, err := languageCode(language)
		if err != nil {
			return err
		}
		a.Lang = l
	}
	switch {
	case key == "title":
		a.Title = text
	case len(text) > maxAbstract:
		return fmt.Errorf("%d bytes, at most %d are possible: %w", len(text), maxAbstract, corpus.ErrTooLarge)
	default:
		a.Text = text
	}
	m.Abstracts = mergeAbstracts(m.Abstracts, []corpus.Abstract{a})
	return nil
}

// AbstractsIn returns abstracts with the one that has no language in l.
func AbstractsIn(l corpus.Lang, as []corpus.Abstract) []corpus.Abstract {
	own := slices.Clone(as)
	for i := range own {
		own[i].Lang = either(own[i].Lang, l)
	}
	return mergeAbstracts(nil, own)
}

// mergeAbstracts returns abstracts by language, with what below has where as has
// nothing.
func mergeAbstracts(as, below []corpus.Abstract) []corpus.Abstract {
	out := slices.Clone(as)
	for _, b := range below {
		i := slices.IndexFunc(out, func(a corpus.Abstract) bool { return a.Lang == b.Lang })
		if i < 0 {
			out = append(out, b)
			continue
		}
		out[i].Title, out[i].Text = either(out[i].Title, b.Title), either(out[i].Text, b.Text)
	}
	slices.SortFunc(out, func(a, b corpus.Abstract) int { return cmp.Compare(a.Lang, b.Lang) })
	return out
}

func (m *Meta) addTags(scheme string, values []string) error {
	for _, v := range values {
		id, label, err := concept(scheme, v)
		if err != nil {
			return err
		}
		m.Labels = append(m.Labels, label...)
		if id != "" && !slices.Contains(m.Tags, id) {
			m.Tags = append(m.Tags, id)
		}
	}
	return nil
}

// concept reads a concept: an ID such as "topic/asylum", a bare name when the
// scheme is given, or else a label.
func concept(scheme, s string) (corpus.ConceptID, []Label, error) {
	before, name, whole := strings.Cut(strings.ToLower(s), "/")
	if !whole {
		before, name = scheme, before
	}
	wrong := scheme != "" && before != scheme
	for _, part := range []string{before, name} {
		if _, err := corpus.ParseID(part); err != nil {
			wrong = true
		}
	}
	switch {
	case !wrong:
		return corpus.ConceptID(before + "/" + name), nil, nil
	case !whole:
		return "", []Label{{scheme, s}}, nil
	}
	return "", nil, fmt.Errorf("%.80q is not a concept such as %s/example: %w", s, cmp.Or(scheme, "topic"), corpus.ErrInvalid)
}

// webAddress checks and normalises an http or https address: it has a host and
// no password, and no fragment.
func webAddress(s string) (string, error) {
	u, err := url.Parse(s)
	switch {
	case len(s) > 2*maxLine:
		return "", fmt.Errorf("address of %d bytes: %w", len(s), corpus.ErrTooLarge)
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "":
		return "", fmt.Errorf("%.200q is not an address that begins with http:// or https://: %w", s, corpus.ErrInvalid)
	case u.User != nil:
		return "", fmt.Errorf("the address holds a name or password, which would be kept and shown; take it out: %w", corpus.ErrInvalid)
	}
	u.Host = strings.ToLower(u.Host)
	u.Fragment, u.RawFragment = "", ""
	return u.String(), nil
}

// Under returns m with the values of below where m has none.
func (m *Meta) Under(below *Meta) *Meta {
	if m == nil {
		return below
	}
	if below == nil {
		return m
	}
	return &Meta{
		ID: either(m.ID, below.ID), Work: either(m.Work, below.Work), Title: either(m.Title, below.Title),
		Authors: eitherList(m.Authors, below.Authors), Publisher: either(m.Publisher, below.Publisher),
		Issued: either(m.Issued, below.Issued), Kind: either(m.Kind, below.Kind),
		Languages: eitherList(m.Languages, below.Languages), Tags: eitherList(m.Tags, below.Tags),
		Labels: eitherList(m.Labels, below.Labels),
		URL:    either(m.URL, below.URL), Licence: either(m.Licence, below.Licence), Notice: either(m.Notice, below.Notice),
		Abstracts: mergeAbstracts(m.Abstracts, below.Abstracts), Notes: mergeNotes(m.Notes, below.Notes),
	}
}

func either[T ~string](a, b T) T {
	if a != "" {
		return a
	}
	return b
}

func eitherList[T any](a, b []T) []T {
	if len(a) > 0 {
		return a
	}
	return b
}
