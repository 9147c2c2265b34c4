package vocab

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"marsa/corpus"
	"marsa/internal/fold"
)

// languages of the labels; every concept has one in the first three.
var languages = [...]corpus.Lang{"en", "fr", "ar", "es", "it"}

const required = 3

// loader reads the files into a vocabulary and collects its labels.
type loader struct {
	v      *Vocabulary
	labels []label
	where  map[corpus.ConceptID]func(format string, args ...any) error
	keys   map[string]bool // labels that are there, by concept, language and folded text; made when it is needed
}

// Load reads countries.tsv, topics.tsv, kinds.tsv and ambiguous.tsv, and
// notes.tsv and links.tsv where they are. An error names the file and the line.
func Load(fsys fs.FS) (*Vocabulary, error) {
	l, _, err := prepare(fsys, nil)
	if err != nil {
		return nil, err
	}
	return l.v, nil
}

// prepare loads a vocabulary with a library's own beside it, and keeps what it was
// made from.
func prepare(fsys fs.FS, own []Own) (*loader, []rule, error) {
	l := &loader{
		v: &Vocabulary{
			byID:    map[corpus.ConceptID]*Concept{},
			schemes: map[string][]*Concept{},
			byLabel: map[string][]*Concept{},
		},
		where: map[corpus.ConceptID]func(string, ...any) error{},
	}
	for _, step := range []func() error{
		func() error { return l.countries(fsys) },
		func() error { return l.tree(fsys, "topics.tsv", Topic) },
		func() error { return l.tree(fsys, "kinds.tsv", Kind) },
		func() error { return l.notes(fsys) },
		func() error { return l.links(fsys) },
		func() error { return l.own(own) },
	} {
		if err := step(); err != nil {
			return nil, nil, err
		}
	}
	rules, err := l.ambiguous(fsys)
	if err != nil {
		return nil, nil, err
	}
	l.lookups()
	l.fingerprint(rules)
	l.v.trie = newTrie(l.labels, rules)
	return l, rules, nil
}

func (l *loader) add(t *table, row int, scheme string, c *Concept) error {
	for _, lang := range languages[:required] {
		if c.Pref[lang] == "" {
			return t.errorf(row, "%s has no label in %q", c.ID, lang)
		}
	}
	if _, ok := l.v.byID[c.ID]; ok {
		return t.errorf(row, "%s is there twice", c.ID)
	}
	c.Marked = marked(c.Source)
	l.v.byID[c.ID] = c
	l.v.schemes[scheme] = append(l.v.schemes[scheme], c)
	l.where[c.ID] = func(format string, args ...any) error { return t.errorf(row, format, args...) }
	for _, lang := range languages {
		for _, text := range append([]string{c.Pref[lang]}, c.Alt[lang]...) {
			l.label(c, lang, text, scheme == Country, false)
		}
	}
	return nil
}

func (l *loader) label(c *Concept, lang corpus.Lang, text string, name, adjective bool) {
	if text != "" {
		l.labels = append(l.labels, label{concept: c.ID, lang: lang, text: text, key: fold.Text(text), name: name, adjective: adjective})
	}
}

func (l *loader) countries(fsys fs.FS) error {
	t, err := readTable(fsys, "countries.tsv", "iso2", "iso3", "group", "en", "fr", "ar", "es", "it", "source")
	if err != nil {
		return err
	}
	for row := range t.rows {
		c := &Concept{
			ID:     corpus.ConceptID(Country + "/" + strings.ToLower(t.cell(row, "iso2"))),
			Pref:   map[corpus.Lang]string{},
			Alt:    map[corpus.Lang][]string{},
			Hidden: map[corpus.Lang][]string{}, Notation: t.cell(row, "iso2"),
			Source: t.cell(row, "source"), Group: t.cell(row, "group"), ISO3: t.cell(row, "iso3"),
		}
		for _, lang := range languages {
			c.Pref[lang] = t.cell(row, string(lang))
			c.Alt[lang] = t.list(row, string(lang)+"_variants")
		}
		if err := l.add(t, row, Country, c); err != nil {
			return err
		}
		for _, column := range []string{"en_adj", "fr_adj_m", "fr_adj_f", "ar_adj_m", "ar_adj_f", "ar_adj_pl"} {
			lang := corpus.Lang(column[:2])
			for _, text := range t.list(row, column) {
				l.label(c, lang, text, false, true)
				if !slices.Contains(c.Hidden[lang], text) {
					c.Hidden[lang] = append(c.Hidden[lang], text)
				}
			}
		}
	}
	return nil
}

func (l *loader) tree(fsys fs.FS, file, scheme string) error {
	t, err := readTable(fsys, file, "id", "broader", "en", "fr", "ar", "es", "it", "source")
	if err != nil {
		return err
	}
	for row := range t.rows {
		c := &Concept{
			ID:     corpus.ConceptID(scheme + "/" + t.cell(row, "id")),
			Pref:   map[corpus.Lang]string{},
			Alt:    map[corpus.Lang][]string{},
			Source: t.cell(row, "source"),
		}
		if _, ok := t.column["evidence"]; ok {
			c.Evidence = Evidence(t.cell(row, "evidence"))
			if !slices.Contains([]Evidence{Plain, Migration, BesideMigration, Institution}, c.Evidence) {
				return t.errorf(row, "evidence %q is unknown", c.Evidence)
			}
		}
		for _, b := range t.list(row, "broader") {
			c.Broader = append(c.Broader, corpus.ConceptID(scheme+"/"+b))
		}
		for _, lang := range languages {
			c.Pref[lang] = t.cell(row, string(lang))
			c.Alt[lang] = t.list(row, string(lang)+"_alt")
		}
		if err := l.add(t, row, scheme, c); err != nil {
			return err
		}
	}
	return l.link(scheme)
}

// link fills in Narrower and refuses unknown parents and cycles.
func (l *loader) link(scheme string) error {
	for _, c := range l.v.schemes[scheme] {
		for _, b := range c.Broader {
			parent, ok := l.v.byID[b]
			if !ok {
				return l.where[c.ID]("%s has the unknown broader concept %q", c.ID, b)
			}
			parent.Narrower = append(parent.Narrower, c.ID)
		}
	}
	for _, c := range l.v.schemes[scheme] {
		if slices.Contains(l.v.Ancestors(c.ID), c.ID) {
			return l.where[c.ID]("%s is broader than itself", c.ID)
		}
	}
	return nil
}

var unverified = regexp.MustCompile(`unverified[^:;]*:((?:\s*[a-z]{2}\s*(?:,|$|;))+)`)

// marked reads from a source which preferred labels are unverified.
func marked(source string) map[corpus.Lang]bool {
	out := map[corpus.Lang]bool{}
	if m := unverified.FindStringSubmatch(source); m != nil {
		for s := range strings.SplitSeq(strings.TrimRight(m[1], ";"), ",") {
			if s = strings.TrimSpace(s); s != "" {
				out[corpus.Lang(s)] = true
			}
		}
	}
	return out
}

// lookups builds the table of Lookup. Labels of names come before adjectives,
// and each concept stands once under a label.
func (l *loader) lookups() {
	for _, adjective := range []bool{false, true} {
		for _, b := range l.labels {
			c := l.v.byID[b.concept]
			if b.key != "" && !b.hint && b.adjective == adjective && !slices.Contains(l.v.byLabel[b.key], c) {
				l.v.byLabel[b.key] = append(l.v.byLabel[b.key], c)
			}
		}
	}
}

// fingerprint hashes all that finding labels and rolling them up goes by.
func (l *loader) fingerprint(rules []rule) {
	var lines []string
	for _, b := range l.labels {
		lines = append(lines, fmt.Sprintf("%s %s %s %t %t", b.concept, b.lang, b.text, b.name, b.adjective))
	}
	for _, r := range rules {
		line := fmt.Sprintf("%s %s %v", r.lang, r.text, r.concepts)
		if r.context != nil {
			line += fmt.Sprintf(" %+v", *r.context)
		}
		lines = append(lines, line)
	}
	for id, c := range l.v.byID {
		lines = append(lines, fmt.Sprintf("%s %s %v", id, c.Evidence, c.Broader))
	}
	slices.Sort(lines) // maps have no order
	l.v.print = corpus.HashOf([]byte(strings.Join(lines, "\n")))
}
