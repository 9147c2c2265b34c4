package main

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"

	"marsa/corpus"
	"marsa/internal/extract"
)

// worst is how many pages -v lists.
const worst = 30

// readRecall is the share of the words that a file must give to count as read.
const readRecall = .9

// printer writes metrics of a folder. The first error of the writer is returned
// by Flush.
type printer struct {
	*bufio.Writer
	dir string
}

func (p *printer) line(metric, format string, value ...any) {
	fmt.Fprintf(p, "%s\t%s\t%s\n", extract.CleanLine(p.dir, 0), metric, extract.CleanLine(fmt.Sprintf(format, value...), 300))
}

func (f *folder) report(out io.Writer, verbose bool) error {
	p := &printer{bufio.NewWriter(out), f.dir}
	f.reading(p)
	if f.poppler != nil {
		f.againstPoppler(p, verbose)
	}
	f.againstKnown(p, verbose)
	if f.grouped {
		f.byProducer(p)
	}
	return p.Flush()
}

// reading says what marsa read, and how fast.
func (f *folder) reading(p *printer) {
	pages, partial, refused := 0, 0, 0
	states := map[corpus.State]int{}
	reasons := map[string]int{}
	for _, d := range f.docs {
		if d.err != nil {
			refused++
			reasons[cmp.Or(extract.Reason(d.err), "unknown")]++
		}
		if d.state == corpus.Partial {
			partial++
		}
		pages += len(d.pages)
		for _, pg := range d.pages {
			states[pg.quality.State]++
		}
	}
	p.line("files", "%d", len(f.docs))
	p.line("files-partial", "%d", partial)
	p.line("files-refused", "%d", refused)
	for _, r := range sortedKeys(reasons) {
		p.line("files-refused-"+r, "%d", reasons[r])
	}
	p.line("pages", "%d", pages)
	for _, s := range sortedKeys(states) {
		p.line("pages-"+string(s), "%d", states[s])
	}
	f.engines(p)
	p.line("seconds", "%.1f", f.seconds)
	p.line("pages-per-second", "%.1f", float64(pages)/f.seconds)
}

// pageScore is a page that poppler found words on.
type pageScore struct {
	score
	doc     *document
	number  int
	quality corpus.Quality
}

// againstPoppler compares pages that poppler found words on, those that are
// written from right to left apart: poppler is no good judge of them.
func (f *folder) againstPoppler(p *printer, verbose bool) {
	p.line("poppler-version", "%s", f.poppler.version)
	var ltr, rtl []pageScore
	failed, withText, read, onlyMarsa, otherCount := 0, 0, 0, 0, 0
	for _, d := range f.docs {
		switch {
		case d.popplerErr != nil:
			failed++
		case d.err == nil && len(d.pages) != len(d.poppler):
			otherCount++
		}
		var whole score
		ours := d.words()
		for i := range max(len(ours), len(d.poppler)) {
			s := pageScore{compare(at(ours, i), at(d.poppler, i)), d, i + 1, d.qualityOf(i)}
			whole = whole.add(s.score)
			switch {
			case s.wanted == 0:
				if s.read > 0 && d.popplerErr == nil {
					onlyMarsa++
				}
			case rightToLeft(d.poppler[i]):
				rtl = append(rtl, s)
			default:
				ltr = append(ltr, s)
			}
		}
		if whole.wanted == 0 {
			continue
		}
		withText++
		switch {
		case whole.recall() >= readRecall:
			read++
		case d.err != nil:
			p.line("refused-poppler-reads", "%s: %s, %d words: %v", d.name, extract.Reason(d.err), whole.wanted, d.err)
		case verbose:
			p.line("recall-under-0.9", "%.4f of %d words in %s", whole.recall(), whole.wanted, d.name)
		}
	}
	p.line("poppler-files-failed", "%d", failed)
	p.line("poppler-files-with-text", "%d", withText)
	p.line("of-them-recall-0.9", "%d", read)
	p.line("of-them-recall-0.9-share", "%.4f", share(read, withText))
	p.line("files-with-other-page-count", "%d", otherCount)
	p.line("pages-with-text-by-marsa-only", "%d", onlyMarsa)
	p.pages("ltr", ltr, verbose)
	p.pages("rtl", rtl, verbose)
}

func (d *document) qualityOf(i int) corpus.Quality {
	if i < len(d.pages) {
		return d.pages[i].quality
	}
	return corpus.Quality{State: "missing"}
}

// pages says how well pages were read: means over pages, each counting the same.
func (p *printer) pages(group string, all []pageScore, verbose bool) {
	p.line(group+"-pages", "%d", len(all))
	if len(all) == 0 {
		return
	}
	var recall, precision, f1 float64
	under50, under95 := 0, 0
	for _, s := range all {
		recall, precision, f1 = recall+s.recall(), precision+s.precision(), f1+s.f1()
		if s.f1() < .5 {
			under50++
		}
		if s.f1() < .95 {
			under95++
		}
	}
	n := float64(len(all))
	p.line(group+"-recall", "%.4f", recall/n)
	p.line(group+"-precision", "%.4f", precision/n)
	p.line(group+"-f1", "%.4f", f1/n)
	p.line(group+"-f1-under-0.5", "%.4f", share(under50, len(all)))
	p.line(group+"-f1-under-0.95", "%.4f", share(under95, len(all)))
	if !verbose {
		return
	}
	slices.SortStableFunc(all, func(a, b pageScore) int { return cmp.Or(cmp.Compare(a.f1(), b.f1()), cmp.Compare(b.wanted, a.wanted)) })
	for _, s := range all[:min(worst, len(all))] {
		p.line(group+"-worst", "f1 %.4f recall %.4f precision %.4f words %d %s %s page %d of %s",
			s.f1(), s.recall(), s.precision(), s.wanted, s.quality.State, s.quality.Reason, s.number, s.doc.name)
	}
}

// knownScore is how much of known text was read.
type knownScore struct {
	score
	ordered int
}

// againstKnown compares files with the text that stands beside them, poppler's
// reading too.
func (f *folder) againstKnown(p *printer, verbose bool) {
	total := map[string]*knownScore{} // by direction and reader
	count := map[string]int{}
	for _, d := range f.docs {
		if d.known == nil {
			continue
		}
		group := "ltr-known"
		if rightToLeft(slices.Concat(d.known...)) {
			group = "rtl-known"
		}
		count[group]++
		readers := map[string][][]string{group: d.words()}
		if f.poppler != nil {
			readers[group+"-poppler"] = d.poppler
		}
		for _, who := range sortedKeys(readers) {
			s, ordered := against(readers[who], d.known)
			if total[who] == nil {
				total[who] = &knownScore{}
			}
			total[who].score, total[who].ordered = total[who].add(s), total[who].ordered+ordered
			if verbose {
				p.line(who+"-file", "recall %.4f precision %.4f order %.4f words %d %s",
					s.recall(), s.precision(), share(ordered, s.wanted), s.wanted, d.name)
			}
		}
	}
	for _, who := range sortedKeys(total) {
		s := total[who]
		if n := count[who]; n > 0 {
			p.line(who+"-files", "%d", n)
			p.line(who+"-words", "%d", s.wanted)
		}
		p.line(who+"-recall", "%.4f", s.recall())
		p.line(who+"-precision", "%.4f", s.precision())
		p.line(who+"-order", "%.4f", share(s.ordered, s.wanted))
	}
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
