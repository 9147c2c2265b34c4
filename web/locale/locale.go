// Package locale holds every text that a reader of the pages sees, in English,
// French and Arabic, and writes numbers, sizes and dates as those languages do.
// It knows no page and no document.
package locale

import (
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

//go:embed en.json fr.json ar.json
var files embed.FS

// languages are those of the interface, the default first.
var languages = []string{"en", "fr", "ar"}

// Languages returns the languages of the interface, the default first.
func Languages() []string { return slices.Clone(languages) }

// Catalogue is the texts of one language. It never changes and is safe for
// concurrent use.
type Catalogue struct {
	lang  string
	texts map[string]message
}

// message is one text, or one text for each plural form.
type message map[string]string

// UnmarshalJSON reads a string, or an object of plural forms.
func (m *message) UnmarshalJSON(data []byte) error {
	var one string
	if err := json.Unmarshal(data, &one); err == nil {
		*m = message{other: one}
		return nil
	}
	return json.Unmarshal(data, (*map[string]string)(m))
}

// Load reads the catalogues of all languages.
func Load() (map[string]*Catalogue, error) {
	all := make(map[string]*Catalogue, len(languages))
	for _, l := range languages {
		data, err := files.ReadFile(l + ".json")
		if err != nil {
			return nil, fmt.Errorf("interface texts: %w", err)
		}
		c := &Catalogue{lang: l}
		if err := json.Unmarshal(data, &c.texts); err != nil {
			return nil, fmt.Errorf("interface texts %s.json: %w", l, err)
		}
		all[l] = c
	}
	return all, nil
}

// Lang is the language of the catalogue.
func (c *Catalogue) Lang() string { return c.lang }

// RTL says whether the language is written from right to left.
func (c *Catalogue) RTL() bool { return c.lang == "ar" }

// Has says whether there is a text for key.
func (c *Catalogue) Has(key string) bool { return len(c.texts[key]) > 0 }

// T returns the text of key with its placeholders filled: args are names and
// values by turns. It fails for a key or a placeholder that is not there, which
// is a programmer's mistake that the template test finds.
func (c *Catalogue) T(key string, args ...any) (string, error) {
	return c.text(key, other, args)
}

// N returns the text of key in the plural form for n, which fills the
// placeholder {n}.
func (c *Catalogue) N(key string, n int, args ...any) (string, error) {
	return c.text(key, Form(c.lang, n), append([]any{"n", n}, args...))
}

func (c *Catalogue) text(key, form string, args []any) (string, error) {
	m, ok := c.texts[key]
	if !ok {
		return "", fmt.Errorf("no text %q in %s", key, c.lang)
	}
	t, ok := m[form]
	if !ok {
		t = m[other]
	}
	if len(args)%2 != 0 {
		return "", fmt.Errorf("text %q: arguments are not pairs", key)
	}
	if len(args) == 0 {
		return t, nil
	}
	pairs := make([]string, 0, len(args))
	for i := 0; i < len(args); i += 2 {
		name, ok := args[i].(string)
		if !ok {
			return "", fmt.Errorf("text %q: argument %d is no name", key, i)
		}
		pairs = append(pairs, "{"+name+"}", c.value(args[i+1]))
	}
	return strings.NewReplacer(pairs...).Replace(t), nil
}

// value writes an argument: numbers in the manner of the language, and text of
// the other direction between isolates, so that it cannot turn the sentence
// around it.
func (c *Catalogue) value(v any) string {
	switch v := v.(type) {
	case int:
		return c.Number(v)
	case string:
		return c.isolate(v)
	}
	return c.isolate(fmt.Sprint(v))
}

func (c *Catalogue) isolate(s string) string {
	for _, r := range s {
		if unicode.IsLetter(r) && rightToLeft(r) != c.RTL() {
			return "\u2068" + s + "\u2069"
		}
	}
	return s
}

func rightToLeft(r rune) bool {
	return unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana)
}

// Number writes n with the thousands apart: 12,345 in English and Arabic (Latin
// digits, as in the documents), 12 345 with narrow no-break spaces in French.
func (c *Catalogue) Number(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "\u2212", digits[1:]
	}
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(c.groupMark())
		}
		b.WriteRune(d)
	}
	return sign + b.String()
}

func (c *Catalogue) groupMark() string {
	if c.lang == "fr" {
		return "\u202f"
	}
	return ","
}

// Size writes a number of bytes in the unit that a reader can compare.
func (c *Catalogue) Size(bytes int64) (string, error) {
	switch {
	case bytes < 1000:
		return c.N("size.bytes", int(bytes))
	case bytes < 1_000_000:
		return c.T("size.kilobytes", "n", int((bytes+500)/1000))
	}
	tenths := (bytes + 50_000) / 100_000
	point := "."
	if c.lang == "fr" {
		point = ","
	}
	return c.T("size.megabytes", "n", c.Number(int(tenths/10))+point+strconv.FormatInt(tenths%10, 10))
}

// Date writes a date of year, month or day precision in ISO 8601; what is not
// one is returned as it is.
func (c *Catalogue) Date(iso string) (string, error) {
	parts := strings.Split(iso, "-")
	if len(parts) == 1 || len(parts) > 3 {
		return iso, nil
	}
	m, err := strconv.Atoi(parts[1])
	if err != nil || m < 1 || m > 12 {
		return iso, nil
	}
	month, err := c.T("month." + strconv.Itoa(m))
	if err != nil {
		return "", err
	}
	if len(parts) == 2 {
		return c.T("date.month", "month", month, "year", parts[0])
	}
	d, err := strconv.Atoi(parts[2])
	if err != nil {
		return iso, nil
	}
	if d == 1 {
		return c.T("date.first", "month", month, "year", parts[0])
	}
	return c.T("date.day", "day", strconv.Itoa(d), "month", month, "year", parts[0])
}

// Language names a language in the language of the catalogue; a language without
// a name there is its code in capitals.
func (c *Catalogue) Language(code string) string {
	if code == "" {
		code = "unknown"
	}
	if m, ok := c.texts["language."+code]; ok {
		return m[other]
	}
	return strings.ToUpper(code)
}

// List joins items as the language writes a list.
func (c *Catalogue) List(items []string) (string, error) {
	pattern, err := c.T("list.next")
	if err != nil || len(items) == 0 {
		return "", err
	}
	joined := c.isolate(items[0])
	for _, item := range items[1:] {
		joined = strings.NewReplacer("{list}", joined, "{next}", c.isolate(item)).Replace(pattern)
	}
	return joined, nil
}

// Keys returns the keys of all texts, in order.
func (c *Catalogue) Keys() []string { return slices.Sorted(maps.Keys(c.texts)) }
