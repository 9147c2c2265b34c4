package vocab

import (
	"io/fs"
	"slices"
	"strings"

	"marsa/corpus"
	"marsa/internal/fold"
)

// Use says when a mention by an ambiguous label counts. The words are those of
// the column "use" of ambiguous.tsv and are explained in data/README.md.
type Use string

// Uses of labels.
const (
	Sure    Use = ""        // the label is not ambiguous
	Near    Use = "near"    // when a support word stands near
	Name    Use = "name"    // a country that is also a given name
	Place   Use = "place"   // a country that is also another place or word
	Beside  Use = "beside"  // beside a migration label on the page
	Weak    Use = "weak"    // half, and with another label of the concept
	Imprint Use = "imprint" // not on the first and the last page
	Named   Use = "named"   // in titles and headings
	Heading Use = "heading" // in titles and headings of documents on migration; names nothing in a query
	Also    Use = "also"    // a label of another concept that is evidence of this one too
	Title   Use = "title"   // in the title, first page or outline
	Never   Use = "never"   // matched, never counted

	sure  = "sure"
	block = "block"
	out   = "out"
)

// Context is what an ambiguous label needs around it. It is shared: do not
// change it.
type Context struct {
	Use     Use
	Support []string // folded words, without the Arabic article; several words joined by a space
	Page    bool     // support may stand anywhere on the page, not only in the sentences around
}

// rule is a row of ambiguous.tsv.
type rule struct {
	lang     corpus.Lang
	text     string
	concepts []corpus.ConceptID
	needs    string
	context  *Context // nil for a fixed expression
}

func (l *loader) ambiguous(fsys fs.FS) ([]rule, error) {
	t, err := readTable(fsys, "ambiguous.tsv", "language", "label", "concept ids", "needs", "use", "support", "scope")
	if err != nil {
		return nil, err
	}
	var rules []rule
	for row := range t.rows {
		r := rule{lang: corpus.Lang(t.cell(row, "language")), text: t.cell(row, "label"), needs: t.cell(row, "needs")}
		for _, id := range t.list(row, "concept ids") {
			if _, ok := l.v.byID[corpus.ConceptID(id)]; !ok {
				return nil, t.errorf(row, "concept %q is unknown", id)
			}
			r.concepts = append(r.concepts, corpus.ConceptID(id))
		}
		use := t.cell(row, "use")
		if use == out || use == sure {
			continue
		}
		if use != block {
			if r.context, err = newContext(t, row); err != nil {
				return nil, err
			}
			if slices.Contains([]Use{Heading, Also}, r.context.Use) {
				l.hint(r)
			}
			if !l.has(r) {
				return nil, t.errorf(row, "no concept of the row has the label %q", r.text)
			}
		}
		rules = append(rules, r)
	}
	return rules, nil
}

// hint adds a label that is no name of its concepts: it is found in texts and not
// shown, searched or looked up.
func (l *loader) hint(r rule) {
	for _, id := range r.concepts {
		l.labels = append(l.labels, label{concept: id, lang: r.lang, text: r.text, key: fold.Text(r.text), hint: true})
	}
}

func newContext(t *table, row int) (*Context, error) {
	c := &Context{Use: Use(t.cell(row, "use")), Page: t.cell(row, "scope") == "page"}
	if !slices.Contains([]Use{Near, Name, Place, Beside, Weak, Imprint, Named, Heading, Also, Title, Never}, c.Use) {
		return nil, t.errorf(row, "use %q is unknown", c.Use)
	}
	for _, s := range t.list(row, "support") {
		words := strings.Fields(fold.Text(s))
		for i, w := range words {
			words[i] = withoutArticle(w)
		}
		c.Support = append(c.Support, strings.Join(words, " "))
	}
	if c.Use == Near && len(c.Support) == 0 {
		return nil, t.errorf(row, "use %q without support", c.Use)
	}
	return c, nil
}

func (l *loader) has(r rule) bool {
	key := fold.Text(r.text)
	return slices.ContainsFunc(l.labels, func(b label) bool {
		return b.lang == r.lang && b.key == key && slices.Contains(r.concepts, b.concept)
	})
}
