// Package yamldoc is the one place that reads and writes YAML: sidecars, front
// matter and the configuration file. Input is bounded and keys that the target
// does not know are an error with their line, so that a typing mistake is seen.
package yamldoc

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"go.yaml.in/yaml/v3"

	"marsa/corpus"
)

// MaxSize is the largest YAML document that is read, in bytes.
const MaxSize = 1 << 20

// Decode reads one YAML document into v, a pointer to a struct with yaml tags
// or to a map. An empty document leaves v as it is. Errors wrap
// corpus.ErrInvalid or corpus.ErrTooLarge.
func Decode(data []byte, v any) error {
	if len(data) > MaxSize {
		return fmt.Errorf("YAML of %d bytes: %w", len(data), corpus.ErrTooLarge)
	}
	d := yaml.NewDecoder(bytes.NewReader(data))
	d.KnownFields(true)
	if err := d.Decode(v); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("%w: %w", corpus.ErrInvalid, err)
	}
	return nil
}

// Encode writes v as YAML with two spaces of indentation.
func Encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return b.Bytes(), e.Close()
}

// SplitFrontMatter separates the YAML between two lines "---" at the start of a
// text from what follows. Without front matter, front is nil and body is data.
func SplitFrontMatter(data []byte) (front, body []byte) {
	rest, ok := cutLine(bytes.TrimPrefix(data, []byte("\uFEFF")), "---")
	if !ok {
		return nil, data
	}
	for at := 0; at < len(rest); {
		if after, ok := cutLine(rest[at:], "---"); ok {
			return rest[:at], after
		}
		n := bytes.IndexByte(rest[at:], '\n')
		if n < 0 {
			break
		}
		at += n + 1
	}
	return nil, data
}

// cutLine returns what follows the first line of data if that line is line.
func cutLine(data []byte, line string) ([]byte, bool) {
	first, rest, _ := bytes.Cut(data, []byte("\n"))
	return rest, string(bytes.TrimRight(first, " \t\r")) == line
}
