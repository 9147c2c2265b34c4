// Package web answers readers and programs over HTTP: pages in English, French
// and Arabic, and a JSON API. It knows how things are shown and asked for; what
// is found and what is stored it gets from a Searcher and a Library.
package web

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"

	"marsa/corpus"
	"marsa/corpus/vocab"
	"marsa/internal/search"
	"marsa/web/locale"
)

// Searcher finds works and marks pages.
type Searcher interface {
	Search(ctx context.Context, r search.Request) (*search.Response, error)
	// Suggest completes what is being typed.
	Suggest(ctx context.Context, typed string, l corpus.Lang) ([]search.Completion, error)
	// MarkPage returns a page with the words of text marked.
	MarkPage(ctx context.Context, id corpus.ID, page int, r search.Request) (*search.Marked, error)
	// Record returns a document with its tags and their evidence, labels in l.
	Record(ctx context.Context, id corpus.ID, l corpus.Lang) (*search.Record, error)
	// Related returns the works most like a document, labels in l.
	Related(ctx context.Context, id corpus.ID, l corpus.Lang, limit int) ([]search.Related, error)
}

// Library holds the documents.
type Library interface {
	Document(id corpus.ID) (*corpus.Document, error)
	Original(id corpus.ID) (io.ReadSeekCloser, error)
	Stats() (corpus.Stats, error)
	Quality(f corpus.QualityFilter) (*corpus.QualityReport, error)
}

// Progress is how far the taking in of documents has come.
type Progress struct {
	Running bool
	Done    int // documents read or refused so far
	Total   int // 0 as long as it is not known
	Failed  int
	Source  string // what is read, for the log and programs; not shown to readers
}

// Config is what New needs.
type Config struct {
	Search     Searcher
	Library    Library
	Vocabulary *vocab.Vocabulary
	Pictures   Pictures        // nil: pages are shown as text only
	Progress   func() Progress // nil: nothing is ever read in
	Log        *slog.Logger    // nil: nothing is logged
	Version    string          // of the program, shown at the foot of a page
	BaseURL    string          // where readers reach the server, such as "https://library.example"; empty: addresses are relative
	Ready      func() bool     // whether searches can be answered; nil: always
	AdminToken string          // who knows it may change tags in the pages; empty: nobody
	Judge      Judge           // nil: tags cannot be changed in the pages
}

// Judge stores what a person says of a tag of a document: that it is right or
// wrong, or, with corpus.Proposed, nothing any more.
type Judge func(ctx context.Context, id corpus.ID, concept corpus.ConceptID, role corpus.Role, state corpus.TagState, by string) error

// server holds what the handlers share. It never changes after New.
type server struct {
	Config
	texts   map[corpus.Lang]*locale.Catalogue
	pages   map[corpus.Lang]pages
	static  *static
	openAPI []byte
}

// New returns the handler of the whole site. It fails when a template, a text
// or the configuration is wrong.
func New(c Config) (http.Handler, error) {
	s, err := newServer(c)
	if err != nil {
		return nil, err
	}
	return s.handler()
}

func newServer(c Config) (*server, error) {
	if c.Search == nil || c.Library == nil || c.Vocabulary == nil {
		return nil, errors.New("web: Search, Library and Vocabulary must be set")
	}
	if err := checkBase(c.BaseURL); err != nil {
		return nil, err
	}
	c.BaseURL = strings.TrimRight(c.BaseURL, "/")
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Progress == nil {
		c.Progress = func() Progress { return Progress{} }
	}
	if c.Ready == nil {
		c.Ready = func() bool { return true }
	}
	s := &server{Config: c, texts: map[corpus.Lang]*locale.Catalogue{}, openAPI: openAPI}
	catalogues, err := locale.Load()
	if err != nil {
		return nil, err
	}
	for l, t := range catalogues {
		s.texts[corpus.Lang(l)] = t
	}
	if s.static, err = loadStatic(); err != nil {
		return nil, err
	}
	if s.pages, err = parsePages(s.texts, s.static); err != nil {
		return nil, err
	}
	return s, nil
}

func checkBase(base string) error {
	if base == "" {
		return nil
	}
	u, err := url.Parse(base)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") || u.RawQuery != "" || u.Fragment != "" {
		return errors.New("web: BaseURL must look like https://library.example")
	}
	return nil
}
