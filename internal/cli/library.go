package cli

import (
	"context"

	"marsa/corpus"
	"marsa/internal/ingest"
	"marsa/internal/search"
)

// library is what the commands do with a data directory, whether this process
// has it open (local) or another one does (remote).
type library interface {
	Search(ctx context.Context, r search.Request) (*search.Response, error)
	Record(ctx context.Context, id corpus.ID, l corpus.Lang) (*search.Record, error)
	MarkPage(ctx context.Context, id corpus.ID, page int, req search.Request) (*search.Marked, error)
	Ingest(ctx context.Context, r ingestRequest, w watch) (*ingest.Report, error)
	Judge(ctx context.Context, id corpus.ID, words []ingest.Word) error
	Remove(ctx context.Context, id corpus.ID, reason string) error
	Reindex(ctx context.Context, w watch) error
	Status(ctx context.Context) (*status, error)
	Quality(ctx context.Context, f corpus.QualityFilter) (*corpus.QualityReport, error)
	Close() error
}

// ingestRequest says what to read in. Paths are absolute, because the process
// that reads them may have another working directory. Without sources the
// starter collection is meant.
type ingestRequest struct {
	Sources []string
	Prune   bool
	Again   bool
}

// status is what a data directory holds; its JSON is a contract.
type status struct {
	Version   int            `json:"version"`
	DataDir   string         `json:"dataDir"`
	Documents int            `json:"documents"`
	Works     int            `json:"works"`
	Pages     int            `json:"pages"`
	Indexed   int            `json:"indexed"` // documents in the index
	Removed   int            `json:"removed"`
	Failures  map[string]int `json:"failures"` // files that could not be read, by reason
	Failed    []failure      `json:"failed"`
	Quality   []doubt        `json:"quality"` // documents that could not be read as a whole
}

type failure struct {
	Origin  string `json:"origin"`
	Reason  string `json:"reason"`
	Message string `json:"message"`
}

type doubt struct {
	ID       corpus.ID    `json:"id"`
	State    corpus.State `json:"state"`
	Warnings []string     `json:"warnings"`
}
