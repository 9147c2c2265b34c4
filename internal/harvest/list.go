package harvest

import (
	"context"
	"fmt"
	"io/fs"
	"iter"
	"path"
	"strings"
	"time"

	"marsa/corpus"
	"marsa/internal/yamldoc"
)

// maxListed is how many documents a list may have.
const maxListed = 10_000

// List names public documents and where they are.
type List struct {
	Name      string
	About     string // a sentence
	Documents []Listed
}

// Listed is a document of a list.
type Listed struct {
	Meta
	Publisher bool // whether the address is the publisher's; only such are fetched
}

// ListNames returns the names of the lists in a folder, sorted.
func ListNames(fsys fs.FS) []string {
	files, err := fs.Glob(fsys, "*.yaml")
	if err != nil { // only for a broken pattern
		panic(err)
	}
	names := make([]string, len(files))
	for i, f := range files {
		names[i] = strings.TrimSuffix(f, ".yaml")
	}
	return names
}

// ReadList reads the list with a name from a folder. It returns
// corpus.ErrNotFound when there is none, and ErrRecord when it cannot be used.
func ReadList(fsys fs.FS, name string) (*List, error) {
	if name != path.Base(name) || !fs.ValidPath(name) {
		return nil, fmt.Errorf("list %q: %w", name, corpus.ErrNotFound)
	}
	data, err := fs.ReadFile(fsys, name+".yaml")
	if err != nil {
		return nil, fmt.Errorf("list %q: %w", name, corpus.ErrNotFound)
	}
	return parseList(name, data)
}

func parseList(name string, data []byte) (*List, error) {
	var raw struct {
		About     string           `yaml:"about"`
		Documents []map[string]any `yaml:"documents"`
	}
	if err := yamldoc.Decode(data, &raw); err != nil {
		return nil, fmt.Errorf("list %s: %w: %w", name, ErrRecord, err)
	}
	if len(raw.Documents) == 0 || len(raw.Documents) > maxListed {
		return nil, fmt.Errorf("list %s: it names %d documents, want 1 to %d: %w", name, len(raw.Documents), maxListed, ErrRecord)
	}
	l := &List{Name: name, About: raw.About}
	for i, values := range raw.Documents {
		d, err := listed(values)
		if err != nil {
			return nil, fmt.Errorf("list %s: document %d: %w", name, i+1, err)
		}
		l.Documents = append(l.Documents, *d)
	}
	return l, nil
}

// listed reads a document of a list: a sidecar with an address.
func listed(values map[string]any) (*Listed, error) {
	d := &Listed{}
	switch values["address"] {
	case "publisher":
		d.Publisher = true
	case "mirror":
	default:
		return nil, fmt.Errorf("address is %v, want publisher or mirror: %w", values["address"], ErrRecord)
	}
	delete(values, "address")
	m, err := recordOf(values)
	if err != nil {
		return nil, err
	}
	d.Meta = *m
	if d.Title == "" || d.URL == "" || len(d.Languages) == 0 {
		return nil, fmt.Errorf("title, url or languages are missing: %w", ErrRecord)
	}
	if _, err := webAddress(d.URL); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRecord, err)
	}
	return d, nil
}

// Fetched counts the documents that Source gives.
func (l *List) Fetched() int {
	n := 0
	for _, d := range l.Documents {
		if d.Publisher {
			n++
		}
	}
	return n
}

// Source gives the documents of the list whose address is the publisher's.
func (l *List) Source(f *Fetcher) Source { return &listSource{l, f} }

type listSource struct {
	list    *List
	fetcher *Fetcher
}

func (s *listSource) String() string { return s.list.Name }

func (s *listSource) Items(ctx context.Context, since time.Time) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		for _, d := range s.list.Documents {
			if !d.Publisher {
				continue
			}
			for item, err := range URL(d.URL, s.fetcher).Items(ctx, since) {
				item.Meta = &d.Meta
				if !yield(item, err) {
					return
				}
			}
		}
	}
}
