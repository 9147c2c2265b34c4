package xlsx

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"marsa/internal/extract"
	"marsa/internal/extract/ooxml"
	"marsa/internal/extract/sheet"
)

const (
	// maxCells is how many cells of a sheet are read.
	maxCells = 5_000_000
	// maxMerged is how many merged areas of a sheet are heeded.
	maxMerged = 100_000
	// maxComments is how many comments of a sheet are read.
	maxComments = 10_000
)

// layout is what a sheet says of its cells besides what is in them.
type layout struct {
	sheet.Layout
	merged   []sheet.Area
	comments []string
}

// layout goes through the XML of a sheet, and finds whether it is whole.
func (b *book) layout(part string) (layout, error) {
	var l layout
	r, err := b.pack.Open(part)
	if err != nil {
		return l, err
	}
	defer r.Close()
	cells := 0
	err = r.Walk(func(ooxml.Element) error {
		return r.Children(func(e ooxml.Element) error {
			switch e.Name {
			case "sheetData":
				return countCells(r, &cells)
			case "sheetViews":
				return l.views(r)
			case "autoFilter":
				if a, ok := parseArea(e.Attr("ref")); ok {
					l.Filter = a.Top
				}
			case "mergeCells":
				return r.Children(func(e ooxml.Element) error {
					if a, ok := parseArea(e.Attr("ref")); ok && len(l.merged) < maxMerged {
						l.merged = append(l.merged, a)
					}
					return nil
				})
			}
			return nil
		})
	})
	if err != nil {
		return l, err
	}
	slices.SortFunc(l.merged, func(a, b sheet.Area) int { return a.Top - b.Top })
	return l, b.comments(part, &l)
}

func countCells(r *ooxml.Reader, cells *int) error {
	return r.Children(func(ooxml.Element) error {
		return r.Children(func(ooxml.Element) error {
			if *cells++; *cells > maxCells {
				return fmt.Errorf("a sheet of more than %d cells: %w", maxCells, extract.ErrTooLarge)
			}
			return nil
		})
	})
}

func (l *layout) views(r *ooxml.Reader) error {
	return r.Children(func(ooxml.Element) error {
		return r.Children(func(e ooxml.Element) error {
			if n, err := strconv.Atoi(e.Attr("ySplit")); e.Name == "pane" && err == nil && strings.HasPrefix(e.Attr("state"), "frozen") {
				l.Frozen = n
			}
			return nil
		})
	})
}

// comments reads the comments of a sheet, which are given after its rows.
func (b *book) comments(part string, l *layout) error {
	rels, err := b.pack.Relationships(part)
	if err != nil {
		return err
	}
	for _, rel := range rels {
		if rel.Type != "comments" || !b.pack.Has(rel.Target) {
			continue
		}
		if err := l.readComments(b.pack, rel.Target); err != nil {
			return err
		}
	}
	return nil
}

func (l *layout) readComments(p *ooxml.Package, part string) error {
	r, err := p.Open(part)
	if err != nil {
		return err
	}
	defer r.Close()
	return r.Walk(func(ooxml.Element) error {
		return r.Children(func(e ooxml.Element) error {
			if e.Name != "commentList" {
				return nil
			}
			return r.Children(func(e ooxml.Element) error {
				cell := e.Attr("ref")
				text, err := r.Text()
				if text = extract.CleanLine(text, 0); text != "" && len(l.comments) < maxComments {
					l.comments = append(l.comments, "["+cell+"] "+text)
				}
				return err
			})
		})
	})
}

func parseArea(ref string) (sheet.Area, bool) {
	from, to, two := strings.Cut(strings.ReplaceAll(ref, "$", ""), ":")
	if !two {
		to = from
	}
	left, top, err := excelize.CellNameToCoordinates(from)
	if err != nil {
		return sheet.Area{}, false
	}
	right, bottom, err := excelize.CellNameToCoordinates(to)
	return sheet.Area{Left: min(left, right), Top: min(top, bottom), Right: max(left, right), Bottom: max(top, bottom)}, err == nil
}
