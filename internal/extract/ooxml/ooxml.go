// Package ooxml reads the packages that DOCX and PPTX files are: parts in a zip
// archive, relationships between them, and the properties of the document. It
// holds the limits against hostile archives and XML, and knows nothing of what
// the parts say.
package ooxml

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"marsa/corpus"
	"marsa/internal/extract"
)

const (
	// maxPart is the largest part that is read, in bytes unpacked.
	maxPart = 96 << 20
	// maxTotal is how many bytes are unpacked of a package, over all parts.
	maxTotal = 512 << 20
	// maxRelationships is how many relationships a part may have.
	maxRelationships = 50_000
)

// Package is an open OOXML file. It is used by one goroutine.
type Package struct {
	parts map[string]*zip.File // by name in lower case, without a slash before it
	names []string             // as the archive spells them
	part  int64                // bytes that a part may unpack to
	left  int64                // bytes that may still be unpacked
}

// Open opens the package in data.
func Open(data []byte) (*Package, error) {
	z, err := extract.OpenZip(data)
	if err != nil {
		return nil, err
	}
	p := &Package{parts: make(map[string]*zip.File, len(z.File)), part: maxPart, left: maxTotal}
	for _, f := range z.File {
		n := key(f.Name)
		if _, ok := p.parts[n]; !ok {
			p.parts[n] = f
			p.names = append(p.names, f.Name)
		}
	}
	return p, nil
}

func key(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean(strings.ReplaceAll("/"+name, "\\", "/")), "/"))
}

// Has says whether there is such a part.
func (p *Package) Has(name string) bool {
	_, ok := p.parts[key(name)]
	return ok
}

// Open returns the XML of a part. What is read counts towards the limits, as it
// is unpacked: the sizes that the archive declares are not believed.
func (p *Package) Open(name string) (*Reader, error) {
	f, ok := p.parts[key(name)]
	if !ok {
		return nil, fmt.Errorf("part %s is missing: %w", name, extract.ErrDamaged)
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("part %s: %w: %w", name, extract.ErrDamaged, err)
	}
	return newReader(name, &unpacked{r: r, p: p, part: p.part}), nil
}

// unpacked counts what comes out of an archive.
type unpacked struct {
	r    io.ReadCloser
	p    *Package
	part int64 // bytes that the part may still have
}

func (u *unpacked) Read(b []byte) (int, error) {
	n, err := u.r.Read(b)
	u.part -= int64(n)
	u.p.left -= int64(n)
	if u.part < 0 || u.p.left < 0 {
		return 0, fmt.Errorf("archive unpacks to more than is read: %w", extract.ErrTooLarge)
	}
	return n, err
}

func (u *unpacked) Close() error { return u.r.Close() }

// Names returns the names of the parts as the archive spells them, in its order.
func (p *Package) Names() []string { return p.names }

// Read returns the bytes of a part, within the same limits.
func (p *Package) Read(name string) ([]byte, error) {
	f, ok := p.parts[key(name)]
	if !ok {
		return nil, fmt.Errorf("part %s is missing: %w", name, extract.ErrDamaged)
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("part %s: %w: %w", name, extract.ErrDamaged, err)
	}
	defer r.Close()
	b, err := io.ReadAll(&unpacked{r: r, p: p, part: p.part})
	switch {
	case errors.Is(err, extract.ErrTooLarge):
		return nil, fmt.Errorf("part %s: %w", name, err)
	case err != nil:
		return b, fmt.Errorf("part %s: %w: %w", name, extract.ErrDamaged, err)
	}
	return b, nil
}

// Relationship is a reference of a part to another.
type Relationship struct {
	ID     string
	Type   string // the last part of the type's URL, such as "slide" or "footnotes"
	Target string // the name of a part of this package
}

// Relationships returns the references of a part, "" for those of the package,
// in file order. References to the outside are left out: nothing is fetched. A
// part without any has none.
func (p *Package) Relationships(part string) ([]Relationship, error) {
	name := path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
	if part == "" {
		name = "_rels/.rels"
	}
	if !p.Has(name) {
		return nil, nil
	}
	r, err := p.Open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	var out []Relationship
	err = r.Walk(func(e Element) error {
		return r.Children(func(e Element) error {
			if e.Name != "Relationship" || strings.EqualFold(e.Attr("TargetMode"), "External") {
				return nil
			}
			if len(out) == maxRelationships {
				return fmt.Errorf("part %s: more than %d relationships: %w", name, maxRelationships, extract.ErrTooLarge)
			}
			target := strings.ReplaceAll(e.Attr("Target"), "\\", "/")
			if !strings.HasPrefix(target, "/") {
				target = path.Join("/", path.Dir(part), target)
			}
			target, _, _ = strings.Cut(target, "#")
			out = append(out, Relationship{ID: e.Attr("Id"), Type: path.Base(e.Attr("Type")), Target: strings.TrimPrefix(path.Clean(target), "/")})
			return nil
		})
	})
	return out, err
}

// Main returns the name of the main part: the one the package says, or usual.
func (p *Package) Main(usual string) (string, error) {
	rels, err := p.Relationships("")
	if err != nil {
		return "", err
	}
	for _, r := range rels {
		if r.Type == "officeDocument" && p.Has(r.Target) {
			return r.Target, nil
		}
	}
	if p.Has(usual) {
		return usual, nil
	}
	return "", fmt.Errorf("no main part: %w", extract.ErrDamaged)
}

// Meta reads the properties of the document: title, authors, language. Dates are
// left alone, they are those of the file and not of what is in it. Properties
// that cannot be read are a warning.
func (p *Package) Meta() *extract.Meta {
	m := &extract.Meta{}
	name := "docProps/core.xml"
	if rels, err := p.Relationships(""); err == nil {
		for _, r := range rels {
			if r.Type == "core-properties" {
				name = r.Target
			}
		}
	}
	if !p.Has(name) {
		return m
	}
	if err := p.readCore(name, m); err != nil {
		m.Warnings = append(m.Warnings, fmt.Sprintf("properties are not read: %v", err))
	}
	return m
}

func (p *Package) readCore(name string, m *extract.Meta) error {
	r, err := p.Open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	return r.Walk(func(Element) error {
		return r.Children(func(e Element) error {
			text, err := r.Text()
			switch e.Name {
			case "title":
				if m.Title = extract.FileTitle(text); m.Title != "" {
					m.TitleFrom = corpus.FromFile
				}
			case "creator":
				m.Authors = extract.FileAuthors(text)
			case "language":
				m.Lang = extract.BaseLang(text)
			}
			return err
		})
	})
}
