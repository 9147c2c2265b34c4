package corpus

import (
	"cmp"
	"slices"
)

// QualityFilter narrows a QualityReport; what is empty narrows nothing.
type QualityFilter struct {
	State  State
	Reason string
	Lang   Lang   // of the document
	Format string // as Original.Format has it
	Offset int    // of documents
	Limit  int
}

// QualityReport says how well the documents of a library were read. All counts
// but Library follow the language and the format of the filter; Total and
// Documents follow its state and reason too.
type QualityReport struct {
	Library   map[State]int // documents by state
	Pages     []QualityCount
	Langs     map[Lang]int   // doubtful documents by language
	Formats   map[string]int // and by format
	Total     int            // doubtful documents
	Documents []DoubtfulDocument
}

// QualityCount counts pages that are not complete.
type QualityCount struct {
	State     State
	Reason    string // empty for pages that have none, such as recognised ones
	Pages     int
	Documents int
}

// DoubtfulDocument is a document that is not complete.
type DoubtfulDocument struct {
	ID       ID
	Title    string
	Lang     Lang
	State    State
	Format   string // as Original.Format has it
	NumPages int
	Runs     []PageRun // empty when every page that there is was read well
}

// PageRun is pages that follow one another and were read alike.
type PageRun struct {
	From, To int
	Label    string // of the first
	State    State
	Reason   string
	Engine   string
}

// NewQualityReport counts docs, the documents of a library that are not complete,
// and keeps those that f asks for; library counts all documents by state.
func NewQualityReport(library map[State]int, docs []DoubtfulDocument, f QualityFilter) *QualityReport {
	r := &QualityReport{Library: library, Langs: map[Lang]int{}, Formats: map[string]int{}}
	for _, d := range docs {
		r.Langs[d.Lang]++
		r.Formats[d.Format]++
		if (f.Lang != "" && d.Lang != f.Lang) || (f.Format != "" && d.Format != f.Format) {
			continue
		}
		r.count(d)
		if !f.takes(d) {
			continue
		}
		if r.Total >= f.Offset && len(r.Documents) < f.Limit {
			r.Documents = append(r.Documents, d)
		}
		r.Total++
	}
	slices.SortFunc(r.Pages, func(a, b QualityCount) int {
		return cmp.Or(b.Pages-a.Pages, cmp.Compare(a.State, b.State), cmp.Compare(a.Reason, b.Reason))
	})
	return r
}

// takes says whether a document or one of its pages is of the state and the
// reason asked for.
func (f QualityFilter) takes(d DoubtfulDocument) bool {
	if f.Reason == "" && (f.State == "" || f.State == d.State) {
		return true
	}
	return slices.ContainsFunc(d.Runs, func(p PageRun) bool {
		return (f.State == "" || f.State == p.State) && (f.Reason == "" || f.Reason == p.Reason)
	})
}

// count adds the pages of a document to the counts.
func (r *QualityReport) count(d DoubtfulDocument) {
	seen := map[int]bool{}
	for _, p := range d.Runs {
		i := slices.IndexFunc(r.Pages, func(c QualityCount) bool { return c.State == p.State && c.Reason == p.Reason })
		if i < 0 {
			i = len(r.Pages)
			r.Pages = append(r.Pages, QualityCount{State: p.State, Reason: p.Reason})
		}
		r.Pages[i].Pages += p.To - p.From + 1
		if !seen[i] {
			r.Pages[i].Documents++
			seen[i] = true
		}
	}
}

// AddPage adds a page that is not complete, after the others: to the last run
// when it goes on there. Its To is not read.
func (d *DoubtfulDocument) AddPage(p PageRun) {
	p.To = p.From
	if n := len(d.Runs); n > 0 {
		last := &d.Runs[n-1]
		if last.To == p.From-1 && last.State == p.State && last.Reason == p.Reason && last.Engine == p.Engine {
			last.To = p.From
			return
		}
	}
	d.Runs = append(d.Runs, p)
}
