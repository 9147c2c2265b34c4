package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"marsa/corpus"
	"marsa/internal/extract/pdf"
	"marsa/internal/extract/pdfium"
)

// chosenDiffer is the agreement of two engines under which a page is one on which
// they disagree, and worthwhile is by how much one must be closer to the true
// text to be the better one.
const (
	chosenDiffer = .95
	worthwhile   = .001
)

// choices counts pages with known text.
type choices struct {
	pages    int // that both engines read
	differ   int // on which they disagree
	equal    int // of those, as good as each other
	right    int // of the others, the better one was chosen
	ours     int // of the others, ours is the better
	wrongest string
	worst    float64
}

// measureChoices reads files with known text with each engine alone, and says
// how often the better one is chosen where they disagree.
func measureChoices(ctx context.Context, dirs []string, out io.Writer) error {
	cache, err := os.MkdirTemp("", "engines-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(cache)
	second := &pdfium.Engine{}
	if err := second.Load(cache); err != nil {
		return err
	}
	for _, dir := range dirs {
		f, err := measure(ctx, dir, nil)
		if err != nil {
			return err
		}
		var c choices
		for _, d := range f.docs {
			if d.err != nil || d.known == nil {
				continue
			}
			if err := c.add(ctx, second, d, dir); err != nil {
				return fmt.Errorf("%s: %w", d.name, err)
			}
		}
		apart := c.differ - c.equal
		fmt.Fprintf(out, "%s\tengines-pages\t%d\n%s\tengines-differ\t%d\n%s\tengines-equal\t%d\n", dir, c.pages, dir, c.differ, dir, c.equal)
		fmt.Fprintf(out, "%s\tengines-ours-better\t%d\n%s\tbetter-chosen\t%.4f\n", dir, c.ours, dir, share(c.right, apart))
		if c.worst > 0 {
			fmt.Fprintf(out, "%s\tworst-choice\t%s lost %.4f\n", dir, c.wrongest, c.worst)
		}
	}
	return nil
}

// add compares the pages of a document.
func (c *choices) add(ctx context.Context, second *pdfium.Engine, d *document, dir string) error {
	data, err := readFile(filepath.Join(dir, d.name))
	if err != nil {
		return err
	}
	var ours [][]string
	if _, err := (pdf.Extractor{}).Extract(ctx, data, func(p corpus.Page) error {
		ours = append(ours, words(p.Text))
		return nil
	}); err != nil {
		return nil // there is nothing to choose
	}
	file, err := second.Open(data)
	if err != nil {
		return nil
	}
	defer file.Close()
	for i := range min(file.Pages(), len(ours), len(d.pages)) {
		text, err := file.Text(i)
		if err != nil {
			continue
		}
		other := words(text)
		known, wanted := at(d.known, i), len(at(d.known, i))
		if len(d.known) == 1 { // of all pages: as much of it is wanted as one of the two has
			known, wanted = d.known[0], max(len(ours[i]), len(other))
		}
		c.page(fmt.Sprintf("%s page %d", d.name, i+1), d.pages[i], ours[i], other, known, wanted)
	}
	return nil
}

func (c *choices) page(name string, got page, ours, other, known []string, wanted int) {
	c.pages++
	if compare(ours, other).f1() >= chosenDiffer && share(inOrder(ours, other), max(len(ours), len(other))) >= chosenDiffer {
		return
	}
	c.differ++
	a, b := quality(ours, known, wanted), quality(other, known, wanted)
	if max(a, b)-min(a, b) < worthwhile {
		c.equal++
		return
	}
	if a > b {
		c.ours++
	}
	if (a > b) == (got.quality.Engine != pdf.SecondEngine) {
		c.right++
		return
	}
	if lost := max(a, b) - min(a, b); cmp.Compare(lost, c.worst) > 0 {
		c.worst, c.wrongest = lost, name
	}
}

// quality is the share of the words of a page that are read in their order, less
// what was read beside them.
func quality(read, known []string, wanted int) float64 {
	return share(2*inOrder(read, known), len(read)+wanted)
}
