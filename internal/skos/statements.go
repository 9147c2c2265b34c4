package skos

import (
	"slices"

	"marsa/corpus"
	"marsa/corpus/vocab"
)

// statement is what is said of a subject: a word of ours and its objects.
type statement struct {
	word    string // with its prefix, such as skos:broader
	objects []Term
}

// node is a subject with what is said of it.
type node struct {
	iri        string
	kind       string // its class
	statements []statement
}

// about says everything of a concept, in a fixed order.
func about(c *vocab.Concept, base string) node {
	n := node{iri: address(base, c.ID), kind: "skos:Concept"}
	n.add("skos:inScheme", Term{IRI: schemeAddress(base, c.Scheme())})
	if len(c.Broader) == 0 {
		n.add("skos:topConceptOf", Term{IRI: schemeAddress(base, c.Scheme())})
	}
	if c.Notation != "" {
		n.add("skos:notation", Term{Text: c.Notation})
	}
	for _, l := range c.Languages() {
		if c.Pref[l] != "" {
			n.add("skos:prefLabel", Term{Text: c.Pref[l], Lang: l})
		}
	}
	for word, labels := range map[string]map[corpus.Lang][]string{"skos:altLabel": c.Alt, "skos:hiddenLabel": c.Hidden} {
		for _, l := range c.Languages() {
			for _, text := range labels[l] {
				n.add(word, Term{Text: text, Lang: l})
			}
		}
	}
	for word, notes := range map[string][]vocab.Note{"skos:definition": c.Definitions, "skos:scopeNote": c.Scope, "skos:note": c.Notes} {
		for _, note := range notes {
			n.add(word, Term{Text: note.Text, Lang: note.Lang, Source: note.Source})
		}
	}
	for word, ids := range map[string][]corpus.ConceptID{"skos:broader": c.Broader, "skos:narrower": c.Narrower, "skos:related": c.Related} {
		for _, id := range ids {
			n.add(word, Term{IRI: address(base, id)})
		}
	}
	for word, addresses := range map[string][]string{"skos:exactMatch": c.Exact, "skos:closeMatch": c.Close} {
		for _, a := range addresses {
			n.add(word, Term{IRI: a})
		}
	}
	if c.Source != "" {
		n.add("dct:source", Term{Text: c.Source})
	}
	for _, l := range c.Languages() {
		if c.Marked[l] {
			n.add("marsa:unverified", Term{Text: string(l)})
		}
	}
	if c.Evidence != "" {
		n.add("marsa:evidence", Term{Text: string(c.Evidence)})
	}
	n.sort()
	return n
}

func (n *node) add(word string, o Term) {
	for i := range n.statements {
		if n.statements[i].word == word {
			n.statements[i].objects = append(n.statements[i].objects, o)
			return
		}
	}
	n.statements = append(n.statements, statement{word, []Term{o}})
}

// order is the order in which words are written.
var order = []string{
	"skos:inScheme", "skos:topConceptOf", "skos:notation", "skos:prefLabel", "skos:altLabel", "skos:hiddenLabel",
	"skos:definition", "skos:scopeNote", "skos:note", "skos:broader", "skos:narrower", "skos:related",
	"skos:exactMatch", "skos:closeMatch", "dct:title", "dct:source", "marsa:unverified", "marsa:evidence",
}

func (n *node) sort() {
	slices.SortStableFunc(n.statements, func(a, b statement) int {
		return slices.Index(order, a.word) - slices.Index(order, b.word)
	})
}

func schemeAddress(base, scheme string) string {
	return address(base, corpus.ConceptID(scheme))
}

// schemeNode says what a scheme is.
func schemeNode(base, scheme string) node {
	n := node{iri: schemeAddress(base, scheme), kind: "skos:ConceptScheme"}
	n.add("dct:title", Term{Text: scheme, Lang: "en"})
	return n
}

// nodes are the schemes of the concepts and the concepts.
func nodes(cs []*vocab.Concept, base string) []node {
	var all []node
	var schemes []string
	for _, c := range cs {
		if !slices.Contains(schemes, c.Scheme()) {
			schemes = append(schemes, c.Scheme())
		}
	}
	for _, s := range schemes {
		all = append(all, schemeNode(base, s))
	}
	for _, c := range cs {
		all = append(all, about(c, base))
	}
	return all
}
