package ingest

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"marsa/corpus"
	"marsa/internal/catalog"
	"marsa/internal/extract"
	"marsa/internal/harvest"
)

// Outcome says what became of an item.
type Outcome string

// What can become of an item.
const (
	Added     Outcome = "added"
	Changed   Outcome = "changed"   // the file or its record changed, and the document with it
	Unchanged Outcome = "unchanged" // nothing to do
	Duplicate Outcome = "duplicate" // the same bytes as another document, which is now known to be here too
	Kept      Outcome = "kept"      // the file changed and can no longer be read; its former text stays
	Gone      Outcome = "gone"      // the file is no longer there; its document stays
	Removed   Outcome = "removed"   // the file is no longer there, and its document was taken out
	Refused   Outcome = "refused"   // it was removed for good earlier
	Failed    Outcome = "failed"    // it could not be taken in
)

// Failed says whether somebody should look at the file.
func (o Outcome) Failed() bool { return o == Failed || o == Kept }

// Item says what became of a file.
type Item struct {
	Origin   string    `json:"origin"`
	ID       corpus.ID `json:"id,omitempty"`
	Title    string    `json:"title,omitempty"`
	Outcome  Outcome   `json:"outcome"`
	Reason   string    `json:"reason,omitempty"`  // a key such as "password"
	Message  string    `json:"message,omitempty"` // a sentence that says what to do
	Pages    int       `json:"pages,omitempty"`
	Warnings []string  `json:"warnings,omitempty"`

	order int // in the source
}

// Report says what a run did.
type Report struct {
	Source string          `json:"source"`
	Items  []Item          `json:"items"` // in the order of the source, then those that are gone
	Counts map[Outcome]int `json:"counts"`
	Pages  int             `json:"pages"` // read in this run
	// Seconds is how long the run took.
	Seconds float64 `json:"seconds"`

	started time.Time
}

// Failed counts the items that somebody should look at.
func (r *Report) Failed() int { return r.Counts[Failed] + r.Counts[Kept] }

// NothingToDo says whether the run found everything as it was.
func (r *Report) NothingToDo() bool { return r.Counts[Unchanged] == len(r.Items) }

func newReport(source string) *Report {
	return &Report{Source: source, Items: []Item{}, Counts: map[Outcome]int{}, started: time.Now()}
}

func (r *Report) add(it Item) {
	r.Items = append(r.Items, it)
	r.Counts[it.Outcome]++
	if it.Outcome == Added || it.Outcome == Changed {
		r.Pages += it.Pages
	}
}

func (r *Report) finish() {
	slices.SortStableFunc(r.Items, func(a, b Item) int { return a.order - b.order })
	r.Seconds = time.Since(r.started).Seconds()
}

func (r *Report) run() catalog.Run {
	counts := map[string]int{}
	for o, n := range r.Counts {
		counts[string(o)] = n
	}
	return catalog.Run{Source: r.Source, Started: r.started, Finished: time.Now(), Counts: counts}
}

// ReasonIDTaken and ReasonOther are the reasons beside those of extract.Reason
// and harvest.Reason.
const (
	ReasonIDTaken = "id-taken" // another document has the ID that the record asks for
	ReasonRemoved = "removed"  // it was taken out for good earlier
	ReasonOther   = "other"
)

// reasonOf returns the key of why a file could not be taken in.
func reasonOf(err error) string {
	for _, reason := range []string{harvest.Reason(err), extract.Reason(err)} {
		if reason != "" {
			return reason
		}
	}
	if errors.Is(err, errIDTaken) {
		return ReasonIDTaken
	}
	return ReasonOther
}

// sentence says why a file could not be taken in, and what to do.
func sentence(name string, err error) string {
	detail := strings.TrimPrefix(err.Error(), "extract "+name+": ")
	switch reasonOf(err) {
	case "password":
		return fmt.Sprintf("%s needs a password: save a copy without one and take that in", name)
	case "empty":
		return fmt.Sprintf("%s is empty: replace it with the whole file", name)
	case "too-large":
		return fmt.Sprintf("%s is over a limit: split it into smaller files (%s)", name, detail)
	case "unsupported":
		if hasExt(name, ".pdf") { // its way of being locked, or of being packed
			return fmt.Sprintf("%s cannot be read as it is: open it and print it to a new PDF (%s)", name, detail)
		}
		return fmt.Sprintf("%s is of a format that is not read: convert it to PDF, DOCX, PPTX, HTML, Markdown or plain text (%s)", name, detail)
	case "mismatch":
		return fmt.Sprintf("%s is not what its name says: get the file again (%s)", name, detail)
	case "damaged":
		return fmt.Sprintf("%s is damaged: get it again, or open it and save it anew (%s)", name, detail)
	case "timeout":
		return fmt.Sprintf("reading %s took too long and was stopped: save it anew with another program, or split it (%s)", name, detail)
	case "crashed":
		return fmt.Sprintf("%s made its reader crash: save it anew with another program, and report the file (%s)", name, detail)
	case "memory":
		return fmt.Sprintf("%s needs more memory than a reader may use: split it into smaller files (%s)", name, detail)
	case "no-text":
		if hasExt(name, ".pdf", ".png", ".jpg", ".jpeg", ".jp2", ".tif", ".tiff", ".gif", ".bmp", ".webp", ".djvu") {
			return fmt.Sprintf("%s has no text: if it is a scan, run text recognition over it first", name)
		}
		return fmt.Sprintf("%s has no text: open it to see what it holds, and replace it or leave it out", name)
	}
	return err.Error() // errors of harvest and of this package are sentences already
}

// hasExt says whether a name ends as one of those endings.
func hasExt(name string, endings ...string) bool {
	return slices.Contains(endings, strings.ToLower(path.Ext(name)))
}
