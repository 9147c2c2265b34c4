package pdf

import (
	"strings"

	reader "github.com/ledongthuc/pdf"

	"marsa/corpus"
)

// Bounds on the table of contents and the names it leads through.
const (
	maxHeadings     = 5000
	maxHeadingLevel = 12
	maxNames        = 50_000
)

// contentsReader reads the table of contents.
type contentsReader struct {
	file  *file
	pages map[string]int // number by reference
	names map[string]reader.Value
	out   []corpus.Heading
	seen  map[string]bool // entries by what they say, against circles
}

// outline returns the table of contents with page numbers.
func (f *file) outline(leaves []leaf) []corpus.Heading {
	top := f.root.Key("Outlines")
	if top.Kind() != reader.Dict {
		return nil
	}
	c := &contentsReader{file: f, pages: make(map[string]int, len(leaves)), seen: map[string]bool{}}
	for i, l := range leaves {
		if _, ok := c.pages[l.ref]; !ok && l.ref != "" {
			c.pages[l.ref] = i + 1
		}
	}
	func() { // what was read before the reader panics is kept
		defer func() { _ = recover() }()
		c.level(top.Key("First"), 1, len(leaves))
	}()
	return c.out
}

func (c *contentsReader) level(v reader.Value, level, pages int) {
	for ; v.Kind() == reader.Dict && len(c.out) < maxHeadings && len(c.seen) < 2*maxHeadings; v = v.Key("Next") {
		entry := v.String()
		if c.seen[entry] {
			return
		}
		c.seen[entry] = true
		title := tidy(decodeText(v.Key("Title").RawString()))
		if n := c.target(v); title != "" && n >= 1 && n <= pages {
			c.out = append(c.out, corpus.Heading{Title: title, Level: level, Page: n})
		}
		if level < maxHeadingLevel {
			c.level(v.Key("First"), level+1, pages)
		}
	}
}

// target returns the number of the page a heading leads to, or 0.
func (c *contentsReader) target(v reader.Value) int {
	d := v.Key("Dest")
	if d.IsNull() && v.Key("A").Key("S").Name() == "GoTo" {
		d = v.Key("A").Key("D")
	}
	for range 4 { // a name leads to an array, or to a dictionary with one in it
		switch d.Kind() {
		case reader.Name:
			d = c.named(d.Name())
		case reader.String:
			d = c.named(d.RawString())
		case reader.Dict:
			d = d.Key("D")
		case reader.Array:
			return c.pageOf(d)
		default:
			return 0
		}
	}
	return 0
}

// pageOf returns the page that a destination begins with: a reference, or a
// number that counts from 0.
func (c *contentsReader) pageOf(d reader.Value) int {
	fields := strings.Fields(strings.TrimLeft(d.String(), "["))
	if len(fields) >= 3 && strings.TrimRight(fields[2], "]") == "R" {
		return c.pages[fields[0]+" "+fields[1]+" R"]
	}
	if first := d.Index(0); first.Kind() == reader.Integer && first.Int64() >= 0 && first.Int64() < maxPages {
		return int(first.Int64()) + 1
	}
	return 0
}

// named returns what a named destination stands for.
func (c *contentsReader) named(name string) reader.Value {
	if v := c.file.root.Key("Dests").Key(name); !v.IsNull() {
		return v
	}
	if c.names == nil {
		c.names = map[string]reader.Value{}
		steps := 0
		collectNames(c.file.root.Key("Names").Key("Dests"), c.names, 0, &steps)
	}
	return c.names[name]
}

func collectNames(node reader.Value, into map[string]reader.Value, depth int, steps *int) {
	if *steps++; depth > maxTreeDepth || *steps > maxNames {
		return
	}
	names := node.Key("Names")
	for i := 0; i+1 < names.Len() && len(into) < maxNames; i += 2 {
		into[names.Index(i).RawString()] = names.Index(i + 1)
	}
	kids := node.Key("Kids")
	for i := range kids.Len() {
		collectNames(kids.Index(i), into, depth+1, steps)
	}
}
