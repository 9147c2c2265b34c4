package ooxml

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"marsa/internal/extract"
)

// Element is the start of an element. Names are local: in Office files a prefix
// is seldom needed to tell two apart, and strict and transitional files differ
// in their namespaces only.
type Element struct {
	Name  string
	Space string // the namespace
	attrs []xml.Attr
}

// Attr returns the value of the attribute with a local name, "" without it.
func (e Element) Attr(name string) string {
	for _, a := range e.attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// RelID returns the value of the attribute with a local name in the namespace of
// relationships: r:id, where id alone is something else.
func (e Element) RelID(name string) string {
	for _, a := range e.attrs {
		if a.Name.Local == name && strings.Contains(a.Name.Space, "relationships") {
			return a.Value
		}
	}
	return ""
}

// On says whether an element that switches something on, such as <w:vanish/>,
// does, and is not <w:vanish w:val="0"/>.
func (e Element) On() bool {
	switch e.Attr("val") {
	case "0", "false", "off":
		return false
	}
	return true
}

// Reader reads the XML of a part token by token. It refuses document type
// declarations and elements nested deeper than extract.MaxDepth.
type Reader struct {
	name  string
	src   io.Closer
	dec   *xml.Decoder
	depth int
}

func newReader(name string, src io.ReadCloser) *Reader {
	r := &Reader{name: name, src: src}
	r.dec = xml.NewDecoder(extract.Unmark16(src))
	r.dec.CharsetReader = extract.XMLCharset
	return r
}

// Parse returns a reader of XML that was had already; name is for its errors.
func Parse(name string, data []byte) *Reader {
	return newReader(name, io.NopCloser(bytes.NewReader(data)))
}

// Close ends reading.
func (r *Reader) Close() error { return r.src.Close() }

// next returns the next token that says something. At the end it is io.EOF.
func (r *Reader) next() (xml.Token, error) {
	for {
		t, err := r.dec.Token()
		if errors.Is(err, io.EOF) {
			return nil, io.EOF
		}
		if err != nil {
			if errors.Is(err, extract.ErrTooLarge) {
				return nil, fmt.Errorf("part %s: %w", r.name, err)
			}
			return nil, fmt.Errorf("part %s: %w: %w", r.name, extract.ErrDamaged, err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			if r.depth++; r.depth > extract.MaxDepth {
				return nil, fmt.Errorf("part %s: elements nested deeper than %d: %w", r.name, extract.MaxDepth, extract.ErrDamaged)
			}
			return t, nil
		case xml.EndElement:
			r.depth--
			return t, nil
		case xml.CharData:
			return t, nil
		case xml.Directive:
			return nil, fmt.Errorf("part %s has a document type declaration: %w", r.name, extract.ErrDamaged)
		}
	}
}

// Walk calls f for the root element. It is how reading a part begins.
func (r *Reader) Walk(f func(Element) error) error {
	for {
		t, err := r.next()
		if errors.Is(err, io.EOF) {
			return fmt.Errorf("part %s is empty: %w", r.name, extract.ErrDamaged)
		}
		if err != nil {
			return err
		}
		if s, ok := t.(xml.StartElement); ok {
			return f(element(s))
		}
	}
}

// Children calls f for each child of the element that was given last. F may read
// it with Children or Text; what it leaves is skipped.
func (r *Reader) Children(f func(Element) error) error {
	return r.Content(f, func(string) {})
}

// Content is Children that gives the text between the children too.
func (r *Reader) Content(f func(Element) error, text func(string)) error {
	for depth := r.depth; ; {
		t, err := r.next()
		if err != nil {
			return r.early(err)
		}
		switch t := t.(type) {
		case xml.EndElement:
			return nil
		case xml.CharData:
			text(string(t))
		case xml.StartElement:
			if err := f(element(t)); err != nil {
				return err
			}
			for r.depth > depth {
				if _, err := r.next(); err != nil {
					return r.early(err)
				}
			}
		}
	}
}

// Text returns all text within the element that was given last.
func (r *Reader) Text() (string, error) {
	var b strings.Builder
	for depth := r.depth; r.depth >= depth; {
		t, err := r.next()
		if err != nil {
			return b.String(), r.early(err)
		}
		if c, ok := t.(xml.CharData); ok {
			b.Write(c)
		}
	}
	return b.String(), nil
}

func (r *Reader) early(err error) error {
	if errors.Is(err, io.EOF) {
		return fmt.Errorf("part %s ends within an element: %w", r.name, extract.ErrDamaged)
	}
	return err
}

func element(s xml.StartElement) Element {
	return Element{Name: s.Name.Local, Space: s.Name.Space, attrs: s.Attr}
}
