package main

import (
	"path/filepath"
	"strings"
)

// producer is the group of a file called lang-producer.pdf or
// lang-producer-more.pdf.
func producer(name string) string {
	parts := strings.SplitN(strings.TrimSuffix(name, filepath.Ext(name)), "-", 3)
	return strings.Join(parts[:min(2, len(parts))], "-")
}

// byProducer has a line for the known texts of each language and producer.
func (f *folder) byProducer(p *printer) {
	total, count := map[string]*knownScore{}, map[string]int{}
	for _, d := range f.docs {
		if d.known == nil {
			continue
		}
		g := producer(d.name)
		if total[g] == nil {
			total[g] = &knownScore{}
		}
		s, ordered := against(d.words(), d.known)
		total[g].score, total[g].ordered = total[g].add(s), total[g].ordered+ordered
		count[g]++
	}
	for _, g := range sortedKeys(total) {
		s := total[g]
		p.line("known-"+g, "recall %.4f precision %.4f order %.4f words %d files %d",
			s.recall(), s.precision(), share(s.ordered, s.wanted), s.wanted, count[g])
	}
}

// agreements are the shares under which pages are counted that two engines read.
var agreements = []struct {
	name  string
	under float64
}{{"0.5", .5}, {"0.8", .8}, {"0.95", .95}}

// engines says which engine gave how many pages, and how far two agreed.
func (f *folder) engines(p *printer) {
	pages, under := map[string]int{}, map[string]int{}
	both, sum := 0, 0.
	for _, d := range f.docs {
		for _, pg := range d.pages {
			if pg.quality.Engine != "" {
				pages[pg.quality.Engine]++
			}
			if pg.quality.Agreement == 0 { // one engine only
				continue
			}
			both++
			sum += pg.quality.Agreement
			for _, a := range agreements {
				if pg.quality.Agreement < a.under {
					under[a.name]++
				}
			}
		}
	}
	for _, e := range sortedKeys(pages) {
		p.line("engine-"+e, "%d", pages[e])
	}
	if both == 0 {
		return
	}
	p.line("agreement-pages", "%d", both)
	p.line("agreement", "%.4f", sum/float64(both))
	for _, a := range agreements {
		p.line("agreement-under-"+a.name, "%.4f", share(under[a.name], both))
	}
}
