package skos

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"marsa/corpus"
)

// ReadTurtle reads Turtle 1.1, of which N-Triples is a part. Errors name the
// line and wrap corpus.ErrInvalid or corpus.ErrTooLarge.
func ReadTurtle(data []byte) ([]Triple, error) {
	if len(data) > MaxSize {
		return nil, fmt.Errorf("%d bytes, the limit is %d: %w", len(data), MaxSize, corpus.ErrTooLarge)
	}
	if !utf8.Valid(data) {
		return nil, fmt.Errorf("the file is not UTF-8: %w", corpus.ErrInvalid)
	}
	p := &parser{text: strings.TrimPrefix(string(data), "\uFEFF"), line: 1, prefixes: map[string]string{}}
	if err := p.document(); err != nil {
		return nil, err
	}
	return p.triples, nil
}

// parser reads a document by recursive descent.
type parser struct {
	text     string
	at       int
	line     int
	prefixes map[string]string
	base     *url.URL
	blanks   int
	depth    int
	triples  []Triple
}

func (p *parser) errorf(format string, args ...any) error {
	return fmt.Errorf("line %d: %s: %w", p.line, fmt.Sprintf(format, args...), corpus.ErrInvalid)
}

// space passes over white space and comments.
func (p *parser) space() {
	for p.at < len(p.text) {
		switch c := p.text[p.at]; {
		case c == '\n':
			p.line++
			p.at++
		case c == ' ' || c == '\t' || c == '\r':
			p.at++
		case c == '#':
			if end := strings.IndexByte(p.text[p.at:], '\n'); end >= 0 {
				p.at += end
			} else {
				p.at = len(p.text)
			}
		default:
			return
		}
	}
}

// peek is the next byte after white space, 0 at the end.
func (p *parser) peek() byte {
	p.space()
	if p.at < len(p.text) {
		return p.text[p.at]
	}
	return 0
}

func (p *parser) take(c byte) bool {
	if p.peek() == c {
		p.at++
		return true
	}
	return false
}

func (p *parser) want(c byte) error {
	if !p.take(c) {
		return p.errorf("%q is missing", string(c))
	}
	return nil
}

// keyword takes a word in whatever case when it is no part of a name.
func (p *parser) keyword(word string) bool {
	p.space()
	end := p.at + len(word)
	if end > len(p.text) || !strings.EqualFold(p.text[p.at:end], word) || end < len(p.text) && (isName(p.text[end]) || p.text[end] == ':') {
		return false
	}
	p.at = end
	return true
}

func (p *parser) document() error {
	for p.peek() != 0 {
		var err error
		switch {
		case p.keyword("@prefix"):
			err = p.prefix(true)
		case p.keyword("prefix"):
			err = p.prefix(false)
		case p.keyword("@base"):
			err = p.setBase(true)
		case p.keyword("base"):
			err = p.setBase(false)
		default:
			err = p.statement()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *parser) prefix(dot bool) error {
	p.space()
	name, ok := p.until(':')
	if !ok {
		return p.errorf("a prefix has no colon")
	}
	iri, err := p.iri()
	if err != nil {
		return err
	}
	p.prefixes[name] = iri
	if dot {
		return p.want('.')
	}
	return nil
}

// until takes the name before a byte, and the byte.
func (p *parser) until(c byte) (string, bool) {
	start := p.at
	for p.at < len(p.text) && isName(p.text[p.at]) {
		p.at++
	}
	if p.at < len(p.text) && p.text[p.at] == c {
		p.at++
		return p.text[start : p.at-1], true
	}
	return "", false
}

func (p *parser) setBase(dot bool) error {
	iri, err := p.iri()
	if err != nil {
		return err
	}
	if p.base, err = url.Parse(iri); err != nil {
		return p.errorf("%q is no address", iri)
	}
	if dot {
		return p.want('.')
	}
	return nil
}

func (p *parser) statement() error {
	var subject string
	var err error
	alone := false
	switch p.peek() {
	case '[':
		subject, err = p.bracket()
		alone = p.peek() == '.'
	case '(':
		subject, err = p.collection()
	default:
		subject, err = p.resource()
	}
	if err != nil {
		return err
	}
	if !alone {
		if err := p.properties(subject, '.'); err != nil {
			return err
		}
	}
	return p.want('.')
}

// properties reads predicates and objects up to a byte, which stays.
func (p *parser) properties(subject string, end byte) error {
	for {
		predicate := nsRDF + "type"
		if !(p.peek() == 'a' && p.keyword("a")) {
			var err error
			if predicate, err = p.resource(); err != nil {
				return err
			}
		}
		for {
			o, err := p.object()
			if err != nil {
				return err
			}
			if err := p.say(subject, predicate, o); err != nil {
				return err
			}
			if !p.take(',') {
				break
			}
		}
		if p.peek() != ';' {
			return nil
		}
		for p.take(';') {
		}
		if p.peek() == end {
			return nil
		}
	}
}

func (p *parser) say(subject, predicate string, o Term) error {
	if len(p.triples) == maxTriples {
		return fmt.Errorf("more than %d statements: %w", maxTriples, corpus.ErrTooLarge)
	}
	p.triples = append(p.triples, Triple{subject, predicate, o, p.line})
	return nil
}

func (p *parser) blank() string {
	p.blanks++
	return "_:." + strconv.Itoa(p.blanks) // no name in a file begins with a dot
}

func (p *parser) deeper() error {
	if p.depth++; p.depth > maxDepth {
		return p.errorf("more than %d brackets inside one another", maxDepth)
	}
	return nil
}

func (p *parser) bracket() (string, error) {
	if err := p.deeper(); err != nil {
		return "", err
	}
	defer func() { p.depth-- }()
	if err := p.want('['); err != nil {
		return "", err
	}
	b := p.blank()
	if p.peek() != ']' {
		if err := p.properties(b, ']'); err != nil {
			return "", err
		}
	}
	return b, p.want(']')
}

// collection reads a list, of which SKOS uses none for concepts: its members are
// read, and only that there is a list is kept.
func (p *parser) collection() (string, error) {
	if err := p.deeper(); err != nil {
		return "", err
	}
	defer func() { p.depth-- }()
	if err := p.want('('); err != nil {
		return "", err
	}
	for p.peek() != ')' {
		if p.peek() == 0 {
			return "", p.errorf("a list does not end")
		}
		if _, err := p.object(); err != nil {
			return "", err
		}
	}
	p.at++
	return p.blank(), nil
}

func isName(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-' || c == '.' || c >= 0x80
}
