package corpus

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
)

// HashOf returns the SHA-256 of data.
func HashOf(data []byte) Hash {
	sum := sha256.Sum256(data)
	return Hash(hex.EncodeToString(sum[:]))
}

// Revision returns the hash of everything an index is built from. Two entries
// with the same revision are indexed alike, so boxes, origins, warnings and
// whatever else is only shown do not count.
func (e *Entry) Revision() Hash {
	type page struct {
		Number  int
		Lang    Lang
		Text    string
		State   State
		Heading string
		Running []Stretch `json:",omitempty"`
	}
	pages := make([]page, len(e.Pages))
	for i, p := range e.Pages {
		pages[i] = page{p.Number, p.Lang, p.Text, p.Quality.State, p.Label, p.Running}
	}
	data, err := json.Marshal(struct {
		ID, Work  ID
		Title     string
		Languages []Lang
		Authors   []string
		Publisher string
		Issued    Date
		Kind      Kind
		MediaType string
		State     State
		Outline   []Heading
		Tags      []Tag
		Abstracts []Abstract `json:",omitempty"`
		Notes     []PageNote `json:",omitempty"`
		Pages     []page
	}{e.ID, e.Work, e.Title, e.Languages, e.Authors, e.Publisher, e.Issued, e.Kind,
		e.Original.MediaType, e.State, e.Outline, e.Tags, e.Abstracts, e.Notes, pages})
	if err != nil { // only plain data: cannot happen unless a weight is NaN, which is a programmer's mistake
		panic(fmt.Sprintf("revision of %s: %v", e.ID, err))
	}
	return HashOf(data)
}
