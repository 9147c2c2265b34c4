package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"

	"marsa/corpus"
	"marsa/internal/control"
	"marsa/internal/ingest"
	"marsa/internal/search"
)

// The owner of a data directory answers other commands of the same program over
// a local socket: one POST for each method of library, JSON both ways. Both ends
// are the same version, which a header says.

const versionHeader = "Marsa-Version"

type recordRequest struct {
	ID   corpus.ID
	Lang corpus.Lang
}

type markRequest struct {
	ID   corpus.ID
	Page int
	Text search.Request
}

type removeRequest struct {
	ID     corpus.ID
	Reason string
}

type judgeRequest struct {
	ID    corpus.ID
	Words []ingest.Word
}

// event is a line of the answer to a request that takes long.
type event struct {
	Progress *ingest.Progress `json:",omitempty"`
	Item     *ingest.Item     `json:",omitempty"`
	Report   *ingest.Report   `json:",omitempty"`
	Error    json.RawMessage  `json:",omitempty"`
	Done     bool             `json:",omitempty"`
}

// serveLibrary answers remote with what l does.
func serveLibrary(l library) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("POST /search", answer(l.Search))
	mux.Handle("POST /record", answer(func(ctx context.Context, r recordRequest) (*search.Record, error) {
		return l.Record(ctx, r.ID, r.Lang)
	}))
	mux.Handle("POST /page", answer(func(ctx context.Context, r markRequest) (*search.Marked, error) {
		return l.MarkPage(ctx, r.ID, r.Page, r.Text)
	}))
	mux.Handle("POST /remove", answer(func(ctx context.Context, r removeRequest) (struct{}, error) {
		return struct{}{}, l.Remove(ctx, r.ID, r.Reason)
	}))
	mux.Handle("POST /judge", answer(func(ctx context.Context, r judgeRequest) (struct{}, error) {
		return struct{}{}, l.Judge(ctx, r.ID, r.Words)
	}))
	mux.Handle("POST /status", answer(func(ctx context.Context, _ struct{}) (*status, error) { return l.Status(ctx) }))
	mux.Handle("POST /quality", answer(l.Quality))
	mux.Handle("POST /ingest", stream(func(ctx context.Context, r ingestRequest, send func(event)) (event, error) {
		rep, err := l.Ingest(ctx, r, watch{
			onProgress: func(p ingest.Progress) { send(event{Progress: &p}) },
			onItem:     func(it ingest.Item) { send(event{Item: &it}) },
		})
		return event{Report: rep, Done: true}, err
	}))
	mux.Handle("POST /reindex", stream(func(ctx context.Context, _ struct{}, send func(event)) (event, error) {
		err := l.Reindex(ctx, watch{onProgress: func(p ingest.Progress) { send(event{Progress: &p}) }})
		return event{Done: true}, err
	}))
	return sameVersion(mux)
}

func sameVersion(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if v := r.Header.Get(versionHeader); v != version() {
			control.WriteError(w, fmt.Errorf("the marsa that has this data directory open is version %s and this one is %s; stop it first: %w", version(), v, corpus.ErrUnavailable))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// answer serves a method that returns at once.
func answer[Req, Resp any](method func(context.Context, Req) (Resp, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var req Req
		if err := json.NewDecoder(r.Body).Decode(&req); err != nil {
			control.WriteError(w, fmt.Errorf("%w: %w", corpus.ErrInvalid, err))
			return
		}
		resp, err := method(r.Context(), req)
		if err != nil {
			control.WriteError(w, err)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(resp) // the other end is gone, or it is not
	})
}

// stream serves a method that reports what it is doing, one event a line.
func stream[Req any](method func(context.Context, Req, func(event)) (event, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var req Req
		if err := json.NewDecoder(r.Body).Decode(&req); err != nil {
			control.WriteError(w, fmt.Errorf("%w: %w", corpus.ErrInvalid, err))
			return
		}
		ctx, cancel := context.WithCancel(r.Context())
		defer cancel()
		out := newOutbox(w, cancel)
		last, err := method(ctx, req, out.send)
		if err != nil {
			last.Error = control.EncodeError(err)
		}
		out.send(last)
		out.close()
	})
}

// remote is a library that another process has open.
type remote struct{ client *http.Client }

func (r *remote) Search(ctx context.Context, req search.Request) (*search.Response, error) {
	return call[*search.Response](ctx, r, "/search", req)
}

func (r *remote) Record(ctx context.Context, id corpus.ID, l corpus.Lang) (*search.Record, error) {
	return call[*search.Record](ctx, r, "/record", recordRequest{id, l})
}

func (r *remote) MarkPage(ctx context.Context, id corpus.ID, page int, req search.Request) (*search.Marked, error) {
	return call[*search.Marked](ctx, r, "/page", markRequest{id, page, req})
}

func (r *remote) Remove(ctx context.Context, id corpus.ID, reason string) error {
	_, err := call[struct{}](ctx, r, "/remove", removeRequest{id, reason})
	return err
}

func (r *remote) Judge(ctx context.Context, id corpus.ID, words []ingest.Word) error {
	_, err := call[struct{}](ctx, r, "/judge", judgeRequest{id, words})
	return err
}

func (r *remote) Status(ctx context.Context) (*status, error) {
	return call[*status](ctx, r, "/status", struct{}{})
}

func (r *remote) Quality(ctx context.Context, f corpus.QualityFilter) (*corpus.QualityReport, error) {
	return call[*corpus.QualityReport](ctx, r, "/quality", f)
}

func (r *remote) Ingest(ctx context.Context, req ingestRequest, w watch) (*ingest.Report, error) {
	last, err := r.follow(ctx, "/ingest", req, w)
	return last.Report, err
}

func (r *remote) Reindex(ctx context.Context, w watch) error {
	_, err := r.follow(ctx, "/reindex", struct{}{}, w)
	return err
}

func (r *remote) Close() error {
	r.client.CloseIdleConnections()
	return nil
}

// call posts req and decodes the answer.
func call[Resp any](ctx context.Context, r *remote, path string, req any) (Resp, error) {
	var resp Resp
	body, err := r.post(ctx, path, req)
	if err != nil {
		return resp, err
	}
	defer body.Close()
	if err := json.NewDecoder(body).Decode(&resp); err != nil {
		return resp, fmt.Errorf("read the answer of the running marsa: %w", err)
	}
	return resp, nil
}

// follow posts req and hands on what the other process reports until it is done.
func (r *remote) follow(ctx context.Context, path string, req any, w watch) (event, error) {
	body, err := r.post(ctx, path, req)
	if err != nil {
		return event{}, err
	}
	defer body.Close()
	for d := json.NewDecoder(body); ; {
		var e event
		if err := d.Decode(&e); err != nil {
			if ctx.Err() != nil {
				return e, ctx.Err()
			}
			if errors.Is(err, io.EOF) {
				err = io.ErrUnexpectedEOF
			}
			return e, fmt.Errorf("the running marsa stopped before it was done; run the command again: %w", err)
		}
		switch {
		case e.Error != nil:
			return e, control.DecodeError(e.Error)
		case e.Progress != nil:
			w.progress(*e.Progress)
		case e.Item != nil:
			w.item(*e.Item)
		case e.Done:
			return e, nil
		}
	}
}

func (r *remote) post(ctx context.Context, path string, req any) (io.ReadCloser, error) {
	data, err := json.Marshal(req)
	if err != nil {
		return nil, err
	}
	hr, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://marsa"+path, bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	hr.Header.Set(versionHeader, version())
	resp, err := r.client.Do(hr)
	if err != nil {
		return nil, fmt.Errorf("ask the running marsa: %w", err)
	}
	if resp.StatusCode != http.StatusOK {
		defer resp.Body.Close()
		return nil, control.ReadError(resp)
	}
	return resp.Body, nil
}
