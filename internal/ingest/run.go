package ingest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"marsa/corpus"
	"marsa/internal/extract"
	"marsa/internal/harvest"
)

var errIDTaken = errors.New("the ID is taken")

// Run takes in what a source gives. The report is never nil; an error means that
// the run ended early, because of the catalog, the engine or ctx, and what the
// report says is done nevertheless.
func (p *Pipeline) Run(ctx context.Context, src harvest.Source, o Options) (*Report, error) {
	report := newReport(src.String())
	end, err := p.begin(ctx)
	if err != nil {
		return report, fmt.Errorf("ingest %s: %w", src, err)
	}
	defer end()
	r := &run{p: p, o: o, report: report,
		pending: map[corpus.Hash]*job{}, claims: map[corpus.ID]string{}, seen: map[string]bool{}}
	if rooted, ok := src.(harvest.Rooted); ok {
		r.roots = rooted.Roots()
	}
	err = r.all(ctx, src)
	report.finish()
	if err != nil {
		return report, fmt.Errorf("ingest %s: %w", src, err)
	}
	if err := p.Catalog.LogRun(report.run()); err != nil {
		return report, fmt.Errorf("ingest %s: %w", src, err)
	}
	return report, nil
}

// run is the state of one Run. Its producer looks at the items in order, its
// workers read them, and its committer stores what they read.
type run struct {
	p      *Pipeline
	o      Options
	report *Report
	roots  []string
	seen   map[string]bool      // URLs that the source gives; fixed before the producer starts
	blind  []string             // folders that could not be seen; fixed too
	claims map[corpus.ID]string // IDs that records of this run ask for, and by which URL; fixed too

	mu       sync.Mutex // guards what follows, and report
	pending  map[corpus.Hash]*job
	progress Progress
}

// job is an item on its way.
type job struct {
	order   int
	item    harvest.Item
	file    *harvest.File
	hash    corpus.Hash
	weight  int64            // of memory held
	replace corpus.ID        // the document that this is a new edition of; empty for a new one
	former  *corpus.Document // that document
	adopted bool             // that document was found elsewhere first: only the record is new
	before  corpus.ID        // the document that was here first before; empty when it is replace
	lender  *job             // another item with the same bytes, whose record is used since this one has none
	wants   corpus.ID        // the ID that the record asks for

	content *extract.Content // what was read of it, and the entry that it makes; or an error
	entry   *corpus.Entry
	err     error

	followers []*job // items with the same bytes that came while this one was being read
}

// found is an item of the source with its place in it.
type found struct {
	order int
	item  harvest.Item
	err   error
}

func (r *run) all(ctx context.Context, src harvest.Source) error {
	items, err := r.collect(ctx, src)
	if err != nil {
		return err
	}
	r.tell(func(*Progress) {})
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var (
		toRead   = make(chan *job)
		toCommit = make(chan *job, r.p.workers()) // so that workers go on while a document is stored
		workers  sync.WaitGroup
		ix       = startIndexer(ctx, r.p, stop)
	)
	for range r.p.workers() {
		workers.Go(func() {
			for j := range toRead {
				r.read(ctx, j)
				toCommit <- j
			}
		})
	}
	go func() {
		r.produce(ctx, items, toRead, stop)
		close(toRead)
		workers.Wait()
		close(toCommit)
	}()
	for j := range toCommit { // to the end, even when the run is over: the workers wait
		if context.Cause(ctx) == nil {
			if e, err := r.commit(j); err != nil {
				stop(err)
			} else if e != nil {
				ix.add(e)
			}
		}
		r.p.memory.Release(j.weight)
	}
	if err := errors.Join(ix.close(), context.Cause(ctx)); err != nil {
		return err
	}
	return r.gone(ctx, len(items))
}

// collect lists what the source gives, so that the work ahead is known, and who
// asks for which ID is settled in the order of the source.
func (r *run) collect(ctx context.Context, src harvest.Source) ([]found, error) {
	var items []found
	for item, err := range src.Items(ctx, time.Time{}) {
		if r.seen[item.URL] && err == nil {
			continue // given twice, as a file and with its folder
		}
		r.seen[item.URL] = true
		if err != nil && (strings.HasSuffix(item.URL, "/") || strings.HasSuffix(item.URL, ":")) {
			r.blind = append(r.blind, item.URL)
		}
		if err == nil && item.Meta != nil && item.Meta.ID != "" {
			if _, taken := r.claims[item.Meta.ID]; !taken {
				r.claims[item.Meta.ID] = item.URL
			}
		}
		items = append(items, found{len(items), item, err})
	}
	r.progress.Files = len(items)
	return items, context.Cause(ctx)
}

// produce looks at the items in order, says what is clear already and gives the
// others to the workers.
func (r *run) produce(ctx context.Context, items []found, toRead chan<- *job, stop context.CancelCauseFunc) {
	for _, f := range items {
		if ctx.Err() != nil {
			return
		}
		j, err := r.judge(ctx, f)
		if err != nil {
			stop(err)
			return
		}
		if j == nil {
			continue
		}
		select {
		case toRead <- j:
		case <-ctx.Done():
			r.p.memory.Release(j.weight)
			return
		}
	}
}

// read extracts a job's file and makes an entry of it.
func (r *run) read(ctx context.Context, j *job) {
	r.tell(func(p *Progress) { p.Current = j.item.Name })
	content, err := r.p.Extractor.Extract(ctx, j.file.Name, j.file.Data)
	if err == nil {
		err = sound(content)
	}
	if err == nil && r.p.Recognizer != nil {
		err = r.recognise(ctx, j, content)
	}
	if err != nil {
		j.err = err
		return
	}
	j.content = content
	j.entry = r.p.compose(j, content)
}

// recognise gives text to pages that have none.
func (r *run) recognise(ctx context.Context, j *job, c *extract.Content) error {
	var langs []corpus.Lang
	if m := j.record(); m != nil {
		langs = m.Languages
	}
	return r.p.Recognizer.Recognize(ctx, c, j.file.Data, langs, func(done, all int) {
		r.tell(func(p *Progress) { p.Current = fmt.Sprintf("%s %d/%d", j.item.Name, done, all) })
	})
}

// sound checks what a reader promises, since it was busy with somebody else's
// bytes.
func sound(c *extract.Content) error {
	if len(c.Pages) == 0 {
		return extract.ErrNoText
	}
	for i, p := range c.Pages {
		if p.Number != i+1 || !utf8.ValidString(p.Text) || !utf8.ValidString(p.Label) {
			return fmt.Errorf("page %d was not read as it should: %w", i+1, extract.ErrCrashed)
		}
	}
	return nil
}

// tell changes the progress and passes it on.
func (r *run) tell(change func(*Progress)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	change(&r.progress)
	if r.o.Progress != nil {
		r.o.Progress(r.progress)
	}
}

// done reports an item of which everything that is said is on disk.
func (r *run) done(it Item) {
	r.p.log(it)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.report.add(it)
	if it.Outcome != Gone && it.Outcome != Removed { // they are not among the files to be looked at
		r.progress.FilesDone++
	}
	if it.Outcome.Failed() {
		r.progress.Failed++
	}
	r.progress.Pages = r.report.Pages
	if r.o.Done != nil {
		r.o.Done(it)
	}
	if r.o.Progress != nil {
		r.o.Progress(r.progress)
	}
}
