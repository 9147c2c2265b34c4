package docx

import (
	"strconv"
	"strings"

	"marsa/internal/extract"
	"marsa/internal/extract/ooxml"
)

const (
	levels = 9
	// maxCount bounds a number that a file starts its list with.
	maxCount = 1_000_000
)

// numbering counts the items of the lists of a document.
type numbering struct {
	kinds map[string]*listKind // by the id of the abstract numbering
	lists map[string]string    // the id of a numbering to that of its kind
	first map[string][levels]int
	begun map[string]bool
}

// listKind is how a list is numbered, and how far it is. Lists of one kind go on
// counting.
type listKind struct {
	levels [levels]listLevel
	count  [levels]int
}

type listLevel struct {
	format string // "decimal", "bullet", …
	text   string // such as "%1.%2."
	start  int
	legal  bool // all numbers in digits
}

func (d *document) readNumbering() error {
	d.numbering = numbering{kinds: map[string]*listKind{}, lists: map[string]string{}, first: map[string][levels]int{}, begun: map[string]bool{}}
	return d.r.Children(func(e ooxml.Element) error {
		switch e.Name {
		case "abstractNum":
			k := &listKind{}
			d.numbering.kinds[e.Attr("abstractNumId")] = k
			return d.r.Children(func(e ooxml.Element) error {
				if e.Name != "lvl" {
					return nil
				}
				return d.readLevel(&k.levels[number(e.Attr("ilvl"), 0, levels-1)])
			})
		case "num":
			return d.readList(e.Attr("numId"))
		}
		return nil
	})
}

func (d *document) readLevel(l *listLevel) error {
	l.start = 1
	return d.r.Children(func(e ooxml.Element) error {
		switch e.Name {
		case "start":
			l.start = number(e.Attr("val"), 0, maxCount)
		case "numFmt":
			l.format = e.Attr("val")
		case "lvlText":
			l.text = e.Attr("val")
		case "isLgl":
			l.legal = e.On()
		}
		return nil
	})
}

func (d *document) readList(id string) error {
	var first [levels]int
	for i := range first {
		first[i] = -1
	}
	err := d.r.Children(func(e ooxml.Element) error {
		switch e.Name {
		case "abstractNumId":
			d.numbering.lists[id] = e.Attr("val")
		case "lvlOverride":
			at := number(e.Attr("ilvl"), 0, levels-1)
			return d.r.Children(func(e ooxml.Element) error {
				if e.Name == "startOverride" {
					first[at] = number(e.Attr("val"), 0, maxCount)
				}
				return nil
			})
		}
		return nil
	})
	d.numbering.first[id] = first
	return err
}

// next counts an item and returns what stands before it; "" for what is in no
// list.
func (n *numbering) next(at numRef) string {
	k, ok := n.kinds[n.lists[at.number]]
	if !ok || at.number == "" || at.number == "0" {
		return ""
	}
	if !n.begun[at.number] {
		n.begun[at.number] = true
		for i, first := range n.first[at.number] {
			if first >= 0 {
				k.count[i] = 0
				k.levels[i].start = first
			}
		}
	}
	level := min(max(at.level, 0), levels-1)
	l := k.levels[level]
	if l.format == "bullet" {
		return "•"
	}
	for i := range level {
		if k.count[i] == 0 {
			k.count[i] = 1
		}
	}
	k.count[level]++
	for i := level + 1; i < levels; i++ {
		k.count[i] = 0
	}
	return k.mark(level)
}

// mark writes the number of the item that was counted last. A count is kept from
// 1, whatever the list starts with, so that 0 means not begun.
func (k *listKind) mark(level int) string {
	l := k.levels[level]
	if l.format == "none" {
		return ""
	}
	text := l.text
	for i := levels; i >= 1; i-- {
		sign := "%" + strconv.Itoa(i)
		if !strings.Contains(text, sign) {
			continue
		}
		other := k.levels[i-1]
		format := other.format
		if l.legal {
			format = "decimal"
		}
		text = strings.ReplaceAll(text, sign, extract.Numeral(format, other.start+max(k.count[i-1], 1)-1))
	}
	return strings.TrimSpace(text)
}
