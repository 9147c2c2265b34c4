package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"marsa/corpus"
	lists "marsa/corpus/sources"
	"marsa/corpus/starter"
	"marsa/corpus/vocab"
	"marsa/corpus/words"
	"marsa/internal/catalog"
	"marsa/internal/config"
	"marsa/internal/extract/libreoffice"
	"marsa/internal/extract/tesseract"
	"marsa/internal/extract/worker"
	"marsa/internal/harvest"
	"marsa/internal/ingest"
	"marsa/internal/pictures"
	"marsa/internal/recognition"
	"marsa/internal/search"
	"marsa/internal/tagger"
)

// local is a library that this process has open. It is safe for concurrent use.
type local struct {
	dir      string
	catalog  *catalog.Catalog
	index    *switchable
	pool     *worker.Pool
	vocab    *vocab.Vocabulary
	pipeline *ingest.Pipeline
	search   *search.Service
	fetcher  *harvest.Fetcher
	pictures *pictures.Pictures
	log      *slog.Logger

	running   board
	retagging sync.Mutex
}

// openLocal opens catalog and index in the data directory, which the caller
// owns. items gets a line for each item that is taken in.
func openLocal(c config.Config, log, items *slog.Logger) (l *local, err error) {
	l = &local{dir: c.DataDir, log: log}
	defer func() {
		if err != nil {
			err = errors.Join(err, l.Close())
		}
	}()
	if l.catalog, err = catalog.Open(c.DataDir); err != nil {
		return l, fmt.Errorf("open the catalog: %w", err)
	}
	if l.index, err = openIndex(filepath.Join(c.DataDir, "index"), log); err != nil {
		return l, err
	}
	if l.vocab, err = openVocabulary(c); err != nil {
		return l, err
	}
	l.pool = worker.New(worker.Config{Workers: c.Workers, CacheDir: filepath.Join(c.Cache(), "code")})
	l.pictures = pictures.Open(filepath.Join(c.Cache(), "pictures"), picturesSize, l.catalog, l.pool)
	l.fetcher = harvest.NewFetcher(harvest.FetchConfig{UserAgent: "marsa/" + version()})
	l.pipeline = &ingest.Pipeline{
		Catalog: l.catalog, Engine: l.index, Extractor: libreoffice.New(l.pool),
		Tagger: tagger.New(l.vocab), Vocabulary: l.vocab, Workers: c.Workers, Log: items,
	}
	if c.OCR == config.OCRAuto {
		l.recognise()
	}
	list, err := words.Default()
	if err != nil {
		return l, err
	}
	l.search = search.New(l.index, l.catalog, l.vocab, list)
	return l, nil
}

// recognise has pages that are only pictures read by tesseract, if it is
// installed. One that does not work is as good as none.
func (l *local) recognise() {
	program, err := tesseract.Find(context.Background())
	switch {
	case err == nil:
		l.pipeline.Recognizer = &recognition.Recognizer{Drawer: l.pool, Reader: program}
	case !errors.Is(err, tesseract.ErrMissing):
		l.log.Warn("tesseract cannot be used", "error", err)
	}
}

// picturesSize is what pictures of pages may take on disk, in bytes: some 3,000 of
// them.
const picturesSize = 256 << 20

func (l *local) Close() error {
	var errs []error
	if l.pool != nil {
		errs = append(errs, l.pool.Close())
	}
	if l.index != nil {
		errs = append(errs, l.index.Close())
	}
	if l.catalog != nil {
		errs = append(errs, l.catalog.Close())
	}
	return errors.Join(errs...)
}

// Repair makes the index hold what the catalog holds: after a crash between the
// two, or when the index is new.
func (l *local) Repair(ctx context.Context) error {
	did, err := l.pipeline.Repair(ctx)
	if did != (ingest.Repaired{}) {
		l.log.Info("repaired the index", "put", did.Put, "deleted", did.Deleted, "files", did.Originals)
	}
	return err
}

func (l *local) Search(ctx context.Context, r search.Request) (*search.Response, error) {
	return l.search.Search(ctx, r)
}

func (l *local) Record(ctx context.Context, id corpus.ID, lang corpus.Lang) (*search.Record, error) {
	return l.search.Record(ctx, id, lang)
}

func (l *local) Suggest(ctx context.Context, typed string, lang corpus.Lang) ([]search.Completion, error) {
	return l.search.Suggest(ctx, typed, lang)
}

func (l *local) Related(ctx context.Context, id corpus.ID, lang corpus.Lang, limit int) ([]search.Related, error) {
	return l.search.Related(ctx, id, lang, limit)
}

func (l *local) MarkPage(ctx context.Context, id corpus.ID, page int, req search.Request) (*search.Marked, error) {
	return l.search.MarkPage(ctx, id, page, req)
}

func (l *local) Judge(ctx context.Context, id corpus.ID, words []ingest.Word) error {
	return l.pipeline.Judge(ctx, id, words)
}

// judgeTag is Judge as the pages use it.
func (l *local) judgeTag(ctx context.Context, id corpus.ID, concept corpus.ConceptID, role corpus.Role, state corpus.TagState, by string) error {
	return l.Judge(ctx, id, []ingest.Word{{Concept: concept, Role: role, State: state, By: by}})
}

func (l *local) Remove(ctx context.Context, id corpus.ID, reason string) error {
	return l.pipeline.Remove(ctx, id, reason)
}

// Ingest takes in every source of the request, one after another, and joins
// what they report.
func (l *local) Ingest(ctx context.Context, r ingestRequest, w watch) (*ingest.Report, error) {
	sources, err := l.sources(r.Sources)
	if err != nil {
		return nil, err
	}
	l.running.begin()
	defer l.running.end()
	if err := l.retag(ctx); err != nil {
		return nil, err
	}
	show := func(p ingest.Progress) {
		l.running.show(p)
		w.progress(p)
	}
	total := &ingest.Report{Counts: map[ingest.Outcome]int{}}
	for _, src := range sources {
		rep, err := l.pipeline.Run(ctx, src, ingest.Options{Prune: r.Prune, Again: r.Again, Progress: show, Done: w.item})
		join(total, rep)
		if err != nil {
			return total, fmt.Errorf("ingest %s: %w", src, err)
		}
	}
	return total, nil
}

// sources makes the sources that the words of a command line name.
func (l *local) sources(names []string) ([]harvest.Source, error) {
	if len(names) == 0 {
		return []harvest.Source{harvest.FS(starter.FS(), starterScheme)}, nil
	}
	var sources []harvest.Source
	var paths []string
	for _, n := range names {
		if name, ok := strings.CutPrefix(n, listScheme); ok {
			list, err := harvest.ReadList(lists.FS(), name)
			if err != nil {
				return nil, err
			}
			sources = append(sources, list.Source(l.fetcher))
			continue
		}
		switch scheme, _, found := strings.Cut(n, "://"); {
		case !found:
			paths = append(paths, n)
		case scheme == "http" || scheme == "https":
			sources = append(sources, harvest.URL(n, l.fetcher))
		default:
			return nil, fmt.Errorf("%s: marsa reads files, folders and addresses that begin with http:// or https://: %w", n, corpus.ErrInvalid)
		}
	}
	if len(paths) > 0 {
		sources = append(sources, harvest.Files(paths...))
	}
	return sources, nil
}

// starterScheme is how the origins of the shipped documents begin.
const starterScheme = "starter"

func join(total, r *ingest.Report) {
	if total.Source != "" {
		total.Source += ", "
	}
	total.Source += r.Source
	total.Items = append(total.Items, r.Items...)
	total.Pages += r.Pages
	total.Seconds += r.Seconds
	for o, n := range r.Counts {
		total.Counts[o] += n
	}
}

// Reindex builds a new index beside the one in use and puts it in its place.
// What was taken in meanwhile is added at the end.
func (l *local) Reindex(ctx context.Context, w watch) error {
	next, err := l.index.begin()
	if err != nil {
		return fmt.Errorf("begin a new index: %w", err)
	}
	err = l.pipeline.Reindex(ctx, next, func(done, total int) {
		w.progress(ingest.Progress{Files: total, FilesDone: done})
	})
	if err != nil {
		return errors.Join(fmt.Errorf("build a new index: %w", err), l.index.abandon(next))
	}
	if err := l.index.replace(next); err != nil {
		return fmt.Errorf("put the new index in place: %w", err)
	}
	return l.Repair(context.WithoutCancel(ctx)) // whoever asked may have gone; the index is to be whole
}

func (l *local) Status(ctx context.Context) (*status, error) {
	stats, err := l.catalog.Stats()
	if err != nil {
		return nil, err
	}
	revs, err := l.index.Revs(ctx)
	if err != nil {
		return nil, err
	}
	failures, err := l.catalog.Failures()
	if err != nil {
		return nil, err
	}
	s := &status{
		Version: 1, DataDir: l.dir,
		Documents: stats.Documents, Works: stats.Works, Pages: stats.Pages, Indexed: len(revs), Removed: stats.Removed,
		Failures: maps.Clone(stats.Failures), Failed: []failure{}, Quality: []doubt{},
	}
	if s.Failures == nil {
		s.Failures = map[string]int{}
	}
	for _, f := range failures {
		s.Failed = append(s.Failed, failure{f.Origin, f.Reason, f.Message})
	}
	return s, l.doubts(ctx, s)
}

func (l *local) Quality(_ context.Context, f corpus.QualityFilter) (*corpus.QualityReport, error) {
	return l.catalog.Quality(f)
}

// doubts lists the documents that could not be read as a whole.
func (l *local) doubts(ctx context.Context, s *status) error {
	ids, err := l.catalog.IDs()
	if err != nil {
		return err
	}
	slices.Sort(ids)
	for _, id := range ids {
		if err := ctx.Err(); err != nil {
			return err
		}
		d, err := l.catalog.Document(id)
		if errors.Is(err, corpus.ErrNotFound) {
			continue // removed since
		}
		if err != nil {
			return err
		}
		if d.State != corpus.Complete {
			s.Quality = append(s.Quality, doubt{d.ID, d.State, append([]string{}, d.Warnings...)})
		}
	}
	return nil
}
