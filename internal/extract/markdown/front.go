package markdown

import (
	"fmt"
	"strconv"
	"time"

	"marsa/corpus"
	"marsa/internal/extract"
	"marsa/internal/yamldoc"
)

// readFront reads the YAML in front of a text into m. YAML that cannot be read
// is a warning: the text is still worth having.
func readFront(front []byte, m *extract.Meta) {
	record := map[string]any{}
	if err := yamldoc.Decode(front, &record); err != nil {
		m.Warnings = append(m.Warnings, fmt.Sprintf("front matter is not read: %v", err))
		return
	}
	for k, v := range record {
		record[k] = value(v, 0)
	}
	if len(record) > 0 {
		m.Record = record
	}
	if m.Title = first(record, "title"); m.Title != "" {
		m.TitleFrom = corpus.FromFile
	}
	m.Authors = append(list(record["authors"]), list(record["author"])...)
	m.Publisher = first(record, "publisher")
	if d, err := corpus.ParseDate(first(record, "issued", "date")); err == nil {
		m.Issued = d
	}
	m.Lang = extract.BaseLang(first(record, "lang", "language", "languages"))
}

// value makes every scalar the text that its author wrote, as near as YAML
// lets, so that a record is the same before and after its way out of a child
// process: strings, lists of them, and maps.
func value(v any, depth int) any {
	switch v := v.(type) {
	case string:
		return v
	case nil:
		return ""
	case time.Time:
		return v.Format("2006-01-02")
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case []any:
		out := make([]any, 0, len(v))
		for _, e := range v {
			if depth < 4 {
				out = append(out, value(e, depth+1))
			}
		}
		return out
	case map[string]any:
		out := map[string]any{}
		for k, e := range v {
			if depth < 4 {
				out[k] = value(e, depth+1)
			}
		}
		return out
	}
	return fmt.Sprint(v)
}

// first returns the first text under one of the keys.
func first(record map[string]any, keys ...string) string {
	for _, k := range keys {
		if l := list(record[k]); len(l) > 0 {
			return l[0]
		}
	}
	return ""
}

// list returns the texts of a value: of a list its members, of a person the name.
func list(v any) []string {
	switch v := v.(type) {
	case string:
		if v != "" {
			return []string{v}
		}
	case []any:
		var out []string
		for _, e := range v {
			out = append(out, list(e)...)
		}
		return out
	case map[string]any:
		return list(v["name"])
	}
	return nil
}
