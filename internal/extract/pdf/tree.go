package pdf

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	reader "github.com/ledongthuc/pdf"

	"marsa/internal/extract"
)

// Bounds on the page tree. The reader's own walk follows circles for ever.
const (
	maxPages     = 10_000
	maxTreeNodes = 4 * maxPages
	maxTreeDepth = 64
)

// leaf is a page as the tree gives it, with what it inherits.
type leaf struct {
	ref       string // "12 0 R"; empty when the page stands in the tree itself
	dict      reader.Value
	resources reader.Value
	media     reader.Value
	crop      reader.Value
	rotate    reader.Value
	damaged   bool
}

// tree collects the pages in order.
type tree struct {
	ctx    context.Context
	leaves []leaf
	path   map[string]bool // the nodes above, by reference
	nodes  int
}

var pagesReference = regexp.MustCompile(`/Pages (\d+ \d+ R)`)

// pages walks the page tree. Of a file with too many pages it returns the first,
// and leaves the error for the end of reading in f.tooMany.
func (f *file) pages(ctx context.Context) (leaves []leaf, err error) {
	t := &tree{ctx: ctx, path: map[string]bool{}}
	top := leaf{dict: f.root.Key("Pages")}
	if m := pagesReference.FindAllStringSubmatch(f.root.String(), 2); len(m) == 1 {
		t.path[m[0][1]] = true // a tree that holds its own top would be read twice
	}
	switch err := t.walk(top, 0); {
	case errors.Is(err, extract.ErrTooLarge):
		f.tooMany = err
	case err != nil:
		return nil, err
	}
	if len(t.leaves) == 0 {
		return nil, fmt.Errorf("there is no page: %w", extract.ErrDamaged)
	}
	return t.leaves, nil
}

func (t *tree) walk(n leaf, depth int) error {
	if err := t.ctx.Err(); err != nil {
		return err
	}
	if t.nodes++; t.nodes > maxTreeNodes {
		return fmt.Errorf("the page tree does not end: %w", extract.ErrDamaged)
	}
	kids, isNode := n.inherit()
	if !isNode {
		if n.dict.Kind() != reader.Dict && !n.damaged {
			return nil
		}
		if len(t.leaves) == maxPages {
			return fmt.Errorf("there are more than %d pages: %w", maxPages, extract.ErrTooLarge)
		}
		t.leaves = append(t.leaves, n)
		return nil
	}
	if depth >= maxTreeDepth {
		return nil
	}
	refs := references(kids)
	for i := range kids.Len() {
		kid := n
		kid.ref, kid.dict, kid.damaged = "", reader.Value{}, false
		if i < len(refs) {
			kid.ref = refs[i]
		}
		if kid.ref != "" && t.path[kid.ref] {
			continue
		}
		kid.load(kids, i)
		t.path[kid.ref] = true
		err := t.walk(kid, depth+1)
		delete(t.path, kid.ref)
		if err != nil {
			return err
		}
	}
	return nil
}

// load reads a kid; the reader panics on broken objects.
func (n *leaf) load(kids reader.Value, i int) {
	defer func() {
		if recover() != nil {
			n.damaged = true
		}
	}()
	n.dict = kids.Index(i)
}

// inherit takes over what a node says for all below it, and returns its kids.
func (n *leaf) inherit() (kids reader.Value, isNode bool) {
	defer func() {
		if recover() != nil {
			n.damaged, isNode = true, false
		}
	}()
	for _, k := range []struct {
		key string
		to  *reader.Value
	}{{"Resources", &n.resources}, {"MediaBox", &n.media}, {"CropBox", &n.crop}, {"Rotate", &n.rotate}} {
		if v := n.dict.Key(k.key); !v.IsNull() {
			*k.to = v
		}
	}
	kids = n.dict.Key("Kids")
	return kids, n.dict.Key("Type").Name() != "Page" && kids.Kind() == reader.Array
}

// references returns the references in an array, or nil when it holds anything
// else. The reader follows references without saying where they led; only its
// text form of an array shows them.
func references(v reader.Value) []string {
	if v.Kind() != reader.Array {
		return nil
	}
	fields := strings.Fields(strings.Trim(v.String(), "[]"))
	if len(fields) != 3*v.Len() {
		return nil
	}
	refs := make([]string, 0, v.Len())
	for i := 0; i+2 < len(fields); i += 3 {
		if fields[i+2] != "R" {
			return nil
		}
		refs = append(refs, fields[i]+" "+fields[i+1]+" R")
	}
	return refs
}
