package ingest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"marsa/corpus"
	"marsa/internal/catalog"
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
	if err != nil {
		j.err = err
		return
	}
	j.content = content
	j.entry = r.p.compose(j, content)
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

// commit stores what a worker read, and settles the items with the same bytes. It
// returns the entry that the catalog now has, if it is a new one.
func (r *run) commit(j *job) (*corpus.Entry, error) {
	r.p.committing.Lock()
	defer r.p.committing.Unlock()
	if errors.Is(j.err, context.Canceled) {
		return nil, j.err
	}
	return r.store(j, r.settle(j))
}

// store is commit for a job and the items that wait for it. The first of them
// that may be taken in takes the place of one that may not any more.
func (r *run) store(j *job, followers []*job) (*corpus.Entry, error) {
	refused, err := r.refused(j)
	switch {
	case err != nil:
		return nil, err
	case refused && len(followers) == 0:
		return nil, nil
	case refused:
		return r.store(r.inherit(j, followers[0]), followers[1:])
	}
	if overtaken, err := r.overtaken(j, followers); overtaken || err != nil {
		return nil, err
	}
	if j.err == nil {
		r.borrow(j, followers)
		j.err = r.name(j)
		if j.err != nil && !errors.Is(j.err, errIDTaken) {
			return nil, j.err
		}
	}
	if j.err != nil {
		return nil, r.failAll(append([]*job{j}, followers...), j.err)
	}
	message, err := r.put(j)
	if err != nil {
		return nil, err
	}
	e := j.entry
	outcome := Added
	if j.replace != "" {
		outcome = Changed
	}
	r.done(Item{Origin: j.item.URL, ID: e.ID, Title: e.Title, Outcome: outcome, Message: message, Pages: len(e.Pages), Warnings: e.Warnings, order: j.order})
	return e, r.repeat(followers, e.ID)
}

// put stores a job's entry, and says whose record it is made with if that is not
// clear.
func (r *run) put(j *job) (message string, err error) {
	former, err := r.records(j.entry.ID)
	if err != nil {
		return "", err
	}
	if err := r.p.Catalog.Put(j.entry, j.file.Data, j.seen()); err != nil {
		return "", err
	}
	j.file.Data = nil
	switch own := j.seen(); {
	case j.adopted && !bare(own.Recipe):
		message = fmt.Sprintf("%s has the same bytes as %s, which is made with the record of this place now%s", j.item.Name, j.entry.ID, j.stays())
		err = r.outlive(j.entry.ID)
	case j.adopted && j.lender == nil:
		message = fmt.Sprintf("the record of this place is gone; %s was made with it and is made without one now", j.entry.ID)
		err = r.lookAgain(j.entry.ID, "")
	case j.lender != nil:
		message = "the record is that of " + j.lender.item.URL + ", which has the same bytes"
	case bare(own.Recipe):
		return "", r.lookAgain(j.entry.ID, "")
	case former.counts != nil && former.counts.URL != own.URL && former.counts.Hash == j.hash && former.counts.Recipe != own.Recipe:
		message = "the record of this place is used now, and that of " + former.counts.URL + " is not used any more"
	}
	return message, err
}

// stays says of the document that was at a job's place before that it stays.
func (j *job) stays() string {
	if j.before == "" {
		return ""
	}
	return fmt.Sprintf("; %s, which was here before, stays in the library", j.before)
}

// inherit gives a job what was read of another with the same bytes.
func (r *run) inherit(from, to *job) *job {
	to.file.Data, to.content, to.err = from.file.Data, from.content, from.err
	if to.err == nil {
		to.entry = r.p.compose(to, to.content)
	}
	return to
}

// repeat settles items whose bytes a document has.
func (r *run) repeat(jobs []*job, id corpus.ID) error {
	for _, j := range jobs {
		refused, err := r.refused(j)
		if err == nil && !refused {
			err = r.duplicate(j, id)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// overtaken settles an item whose bytes another run took in since it was looked
// at, with those that wait for it. If one of them has the record that counts, it
// makes the item one of that document instead, to be stored with it.
func (r *run) overtaken(j *job, followers []*job) (bool, error) {
	if j.err != nil || j.replace != "" {
		return false, nil
	}
	id, err := r.p.Catalog.ByHash(j.hash)
	if errors.Is(err, corpus.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	all := append([]*job{j}, followers...)
	for _, f := range all {
		gives, err := r.gives(f, id)
		if err != nil {
			return true, err
		}
		if gives {
			err := r.adopt(j, id)
			j.entry = r.p.compose(j, j.content)
			return false, err
		}
	}
	for _, f := range all {
		place, err := r.p.Catalog.ByOrigin(f.item.URL)
		switch {
		case err == nil && place.Document == id && place.Recipe == recipeOf(f.item.Meta):
			err = r.unchanged(f, place)
		case err == nil || errors.Is(err, corpus.ErrNotFound):
			err = r.duplicate(f, id)
		}
		if err != nil {
			return true, err
		}
	}
	return true, nil
}

// settle ends the wait for a job's bytes and returns the items that wait.
func (r *run) settle(j *job) []*job {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.pending[j.hash] == j {
		delete(r.pending, j.hash)
	}
	return j.followers
}

func (r *run) failAll(jobs []*job, cause error) error {
	for _, j := range jobs {
		if err := r.fail(j, cause); err != nil {
			return err
		}
	}
	return nil
}

// fail records that an item could not be taken in. A document that it was a new
// edition of stays as it is.
func (r *run) fail(j *job, cause error) error {
	it := Item{Origin: j.item.URL, Outcome: Failed, Reason: reasonOf(cause), Message: sentence(j.item.Name, cause), order: j.order}
	if j.former != nil {
		it.Outcome, it.ID, it.Title = Kept, j.former.ID, j.former.Title
		it.Message += "; the library keeps its former text"
	}
	err := r.p.Catalog.Fail(catalog.Failure{Origin: it.Origin, Reason: it.Reason, Message: it.Message, Hash: j.hash})
	if err != nil {
		return err
	}
	r.done(it)
	return nil
}

// seen says where and from what a job's document was made.
func (j *job) seen() catalog.Seen {
	s := catalog.Seen{URL: j.item.URL, Recipe: recipeOf(j.item.Meta)}
	if j.file != nil {
		s.ETag, s.LastModified = j.file.ETag, j.file.LastModified
	}
	return s
}

// name gives a job's entry its ID: that of its former self, else the one that
// its record asks for, else one made of its title.
func (r *run) name(j *job) error {
	e := j.entry
	if j.replace != "" {
		e.ID = j.replace
		if j.wants != "" && j.wants != j.replace {
			warn(e, fmt.Sprintf("the record now asks for the ID %s: it stays %s, so that links to it keep working", j.wants, j.replace))
		}
		return nil
	}
	if j.wants != "" {
		e.ID = j.wants
		return r.claim(j)
	}
	e.ID = catalog.NewID(e.Title, j.item.URL)
	taken, err := r.p.Catalog.Has(e.ID)
	if taken || r.claims[e.ID] != "" {
		e.ID = catalog.LongID(e.Title, j.item.URL, 14)
	}
	return err
}

// claim checks that a new document may have the ID that its record asks for. A
// document of which no file is left is replaced: its file was moved and changed.
func (r *run) claim(j *job) error {
	id := j.wants
	if by := r.claims[id]; by != "" && by != j.item.URL && (j.lender == nil || by != j.lender.item.URL) {
		return taken(id, by)
	}
	removal, err := r.p.Catalog.Removed(id, "", "")
	if err == nil {
		return fmt.Errorf("%w: %s was taken out of the library for good (%s); give the file another id in its record", errIDTaken, id, removal.Reason)
	}
	if !errors.Is(err, corpus.ErrNotFound) {
		return err
	}
	former, err := r.p.Catalog.Document(id)
	if errors.Is(err, corpus.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	places, err := r.p.Catalog.OriginsOf(id)
	if err != nil {
		return err
	}
	for _, place := range places {
		if !r.left(place.URL) {
			return taken(id, place.URL)
		}
	}
	j.replace, j.former = id, former
	j.entry.Tags = mergeTags(personal(former, j.hash), j.entry.Tags)
	return nil
}

func taken(id corpus.ID, by string) error {
	return fmt.Errorf("%w: the record asks for the ID %s, which %s has; give one of them another id", errIDTaken, id, by)
}

// left says whether nothing is at a place any more.
func (r *run) left(url string) bool {
	if r.seen[url] {
		return false
	}
	return r.covers(url) || harvest.Missing(url)
}

// covers says whether the source would have given the URL if it were there.
func (r *run) covers(url string) bool {
	under := func(root string) bool {
		if strings.HasSuffix(root, "/") || strings.HasSuffix(root, ":") {
			return strings.HasPrefix(url, root)
		}
		return url == root
	}
	return slices.ContainsFunc(r.roots, under) && !slices.ContainsFunc(r.blind, under)
}
