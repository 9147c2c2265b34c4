package bleve

import "marsa/index"

// A scope is the part of a document in which words are looked for.
type scope int

const (
	everywhere scope = iota // text, title and abstracts
	inTitle
	inAuthor
	inPublisher
)

var scopes = map[index.TextField]scope{
	index.InTitle: inTitle, index.InAuthor: inAuthor, index.InPublisher: inPublisher,
}

// fields are the fields of a scope that hold the terms of an analyzer, those of
// abstracts first (see better).
func (s scope) fields(analyzer int) []field {
	switch {
	case s == everywhere:
		return []field{abstractField(analyzer), textField(analyzer), titleField(analyzer)}
	case s == inTitle:
		return []field{titleField(analyzer)}
	case analyzer != common:
		return nil // names have no language
	case s == inAuthor:
		return []field{authorField}
	}
	return []field{publishField}
}

// strict says whether a clause inside All takes away what it does not match.
func strict(c index.Clause) bool {
	switch c := c.(type) {
	case index.In, index.Only:
		return true
	case index.Any:
		return allStrict(c)
	case index.All:
		return allStrict(c)
	}
	return false
}

func allStrict(cs []index.Clause) bool {
	for _, c := range cs {
		if n, ok := c.(index.Not); ok {
			c = n.Clause
		}
		if !strict(c) {
			return false
		}
	}
	return len(cs) > 0
}

// An onlyNode gives the documents that pass a test.
type onlyNode func(*row) bool

func (n onlyNode) eval(r *run) (matches, error) {
	var m matches
	for doc, row := range r.view.rows {
		if row != nil && r.allowed(uint32(doc)) && n(row) {
			m.add(uint32(doc), 0)
		}
	}
	return m, nil
}
