package control

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"

	"marsa/corpus"
)

// problem is an error on its way between two processes.
type problem struct {
	Error string `json:"error"`
	Kind  string `json:"kind,omitempty"`
}

type kind struct {
	name   string
	err    error
	status int
}

func kinds() []kind {
	return []kind{
		{"not-found", corpus.ErrNotFound, http.StatusNotFound},
		{"invalid", corpus.ErrInvalid, http.StatusBadRequest},
		{"too-large", corpus.ErrTooLarge, http.StatusRequestEntityTooLarge},
		{"unavailable", corpus.ErrUnavailable, http.StatusServiceUnavailable},
	}
}

// WriteError answers with an error so that ReadError gives it back, with the
// sentinel of corpus that it wraps.
func WriteError(w http.ResponseWriter, err error) {
	p, status := encode(err)
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(p) // the reader may have gone; nobody is left to be told
}

func encode(err error) (problem, int) {
	for _, k := range kinds() {
		if errors.Is(err, k.err) {
			return problem{err.Error(), k.name}, k.status
		}
	}
	return problem{Error: err.Error()}, http.StatusInternalServerError
}

// EncodeError returns an error as JSON, for answers that are streams.
func EncodeError(err error) json.RawMessage {
	p, _ := encode(err)
	data, _ := json.Marshal(p) // two strings
	return data
}

// DecodeError is the inverse of EncodeError.
func DecodeError(data []byte) error {
	var p problem
	if err := json.Unmarshal(data, &p); err != nil || p.Error == "" {
		return fmt.Errorf("the answer of the other marsa is not understood: %.200q", data)
	}
	for _, k := range kinds() {
		if p.Kind == k.name {
			return &remote{p.Error, k.err}
		}
	}
	return errors.New(p.Error)
}

// ReadError returns the error of an answer, and nil for a good one.
func ReadError(resp *http.Response) error {
	if resp.StatusCode < 400 {
		return nil
	}
	const most = 64 << 10
	data, err := io.ReadAll(io.LimitReader(resp.Body, most))
	if err != nil {
		return fmt.Errorf("read the answer of the other marsa: %w", err)
	}
	return DecodeError(data)
}

// remote is an error of the owner: its text, and the sentinel it wraps there.
type remote struct {
	text string
	kind error
}

func (r *remote) Error() string { return r.text }
func (r *remote) Unwrap() error { return r.kind }
