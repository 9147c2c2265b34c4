package indextest

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"marsa/corpus"
	"marsa/index"
)

// parseClauses reads words, ?optional words, "phrases", "near words"~5, prefix*, fuzzy~, -clause
// for Not, title:clause, author:clause and publisher:clause for In,
// only:FIELD=VALUE for Only, [ words = LANG:label… ] for Concept (with ~ for =
// the labels are akin; FIELD=VALUE among the words is what documents about it have), ( a b ) for All
// and ( a | b ) for Any, up to the word end.
func parseClauses(words []string, end string) (cs []index.Clause, rest []string, err error) {
	cs = []index.Clause{}
	for len(words) > 0 && words[0] != end && words[0] != "|" {
		var c index.Clause
		if c, words, err = parseClause(words); err != nil {
			return nil, nil, err
		}
		cs = append(cs, c)
	}
	return cs, words, nil
}

func parseClause(words []string) (index.Clause, []string, error) {
	w := words[0]
	switch {
	case w == "-":
		if len(words) < 2 {
			return nil, nil, fmt.Errorf("- without a clause")
		}
		c, rest, err := parseClause(words[1:])
		return index.Not{Clause: c}, rest, err
	case len(w) > 1 && w[0] == '?':
		return index.Word{Text: w[1:], Optional: true}, words[1:], nil
	case w == "(":
		return parseGroup(words[1:])
	case w == "[":
		return parseConcept(words[1:])
	case fielded.MatchString(w):
		name, rest, _ := strings.Cut(w, ":")
		if name == "only" {
			f, value, _ := strings.Cut(rest, "=")
			return index.Only{Filter: index.Filter{Field: index.Field(f), Values: []string{value}}}, words[1:], nil
		}
		c, after, err := parseClause(append([]string{rest}, words[1:]...))
		return index.In{Field: index.TextField(name), Clause: c}, after, err
	case near.MatchString(w):
		m := near.FindStringSubmatch(w)
		n, err := strconv.Atoi(m[2])
		return index.Near{Text: m[1], Within: n}, words[1:], err
	case len(w) > 1 && strings.HasSuffix(w, "*"):
		return index.Prefix{Text: strings.TrimSuffix(w, "*")}, words[1:], nil
	case len(w) > 1 && strings.HasSuffix(w, "~"):
		return index.Fuzzy{Text: strings.TrimSuffix(w, "~")}, words[1:], nil
	case strings.HasPrefix(w, `"`):
		return index.Phrase{Text: strings.Trim(w, `"`)}, words[1:], nil
	}
	return index.Word{Text: w}, words[1:], nil
}

var (
	fielded = regexp.MustCompile(`^(title|author|publisher|only):.`)
	near    = regexp.MustCompile(`^"([^"]*)"~(\d+)$`)
)

func parseGroup(words []string) (index.Clause, []string, error) {
	var any index.Any
	for {
		cs, rest, err := parseClauses(words, ")")
		if err != nil || len(rest) == 0 {
			return nil, nil, fmt.Errorf("group is not closed: %v", err)
		}
		all := index.All(cs)
		if rest[0] == ")" && any == nil {
			return all, rest[1:], nil
		}
		if len(cs) == 1 {
			any = append(any, cs[0])
		} else {
			any = append(any, all)
		}
		if rest[0] == ")" {
			return any, rest[1:], nil
		}
		words = rest[1:]
	}
}

func parseConcept(words []string) (index.Clause, []string, error) {
	var c index.Concept
	labels := false
	for i, w := range words {
		lang, text, _ := strings.Cut(w, ":")
		switch {
		case w == "]":
			return c, words[i+1:], nil
		case w == "=", w == "~":
			labels, c.Akin = true, w == "~"
		case labels:
			c.Labels = append(c.Labels, index.Label{Text: text, Lang: corpus.Lang(lang)})
		case strings.Contains(w, "="):
			field, value, _ := strings.Cut(w, "=")
			c.Field, c.Value = index.Field(field), value
		default:
			c.Words = append(c.Words, index.Word{Text: w})
		}
	}
	return nil, nil, fmt.Errorf("concept is not closed")
}

var signs = regexp.MustCompile(`'[^']*'|(?:title:|author:|publisher:)?"[^"]*"(?:~\d+)?|[()|]|(?:^|[ (])-`)

// spaced puts spaces around the signs of a query.
func spaced(s string) string {
	return signs.ReplaceAllStringFunc(s, func(m string) string {
		if strings.Contains(m, `"`) || strings.HasPrefix(m, "'") {
			return m
		}
		if m[0] == '(' && len(m) > 1 {
			return " ( - "
		}
		return " " + strings.TrimSpace(m) + " "
	})
}
