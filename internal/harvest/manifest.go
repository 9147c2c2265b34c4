package harvest

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"marsa/corpus"
)

// Limits of a manifest.
const (
	maxManifest = 32 << 20 // bytes
	maxColumns  = 64       // cells of a line that are told apart
)

// manifest is the records of the files of one folder.
type manifest struct {
	rows map[string]row // by file name
}

// row is a record or why it cannot be used.
type row struct {
	line int
	meta *Meta
	err  error
}

// parseManifest reads a manifest.tsv: the first line names the columns, of which
// one is "file"; lists are joined by "|"; lines that are empty are skipped. An
// error means that no row can be trusted; a row that cannot be used carries its
// own error, with line and column.
func parseManifest(data []byte) (*manifest, error) {
	if !utf8.Valid(data) {
		return nil, fmt.Errorf("%w: it is not UTF-8; save it as UTF-8", ErrRecord)
	}
	text := strings.TrimPrefix(string(data), "\uFEFF")
	m := &manifest{rows: map[string]row{}}
	var columns []string
	n := 0
	for line := range strings.Lines(text) {
		n++
		cells := strings.SplitN(strings.TrimRight(line, "\r\n"), "\t", maxColumns)
		switch {
		case strings.TrimSpace(line) == "":
		case columns == nil:
			var err error
			if columns, err = header(cells); err != nil {
				return nil, fmt.Errorf("%w: line %d: %w", ErrRecord, n, err)
			}
		default:
			if err := m.add(n, columns, cells); err != nil {
				return nil, fmt.Errorf("%w: line %d: %w", ErrRecord, n, err)
			}
		}
	}
	return m, nil
}

func header(cells []string) ([]string, error) {
	var columns []string
	for i, c := range cells {
		c = canonical(c)
		switch {
		case !isKey(c) && c != "file":
			return nil, fmt.Errorf("column %d, %.80q, is not known: the columns are %s: %w", i+1, c, strings.Join(append(Keys(), "file"), ", "), corpus.ErrInvalid)
		case slices.Contains(columns, c):
			return nil, fmt.Errorf("column %q stands there twice: %w", c, corpus.ErrInvalid)
		}
		columns = append(columns, c)
	}
	if !slices.Contains(columns, "file") {
		return nil, fmt.Errorf("there is no column \"file\": %w", corpus.ErrInvalid)
	}
	return columns, nil
}

// add reads a row. It fails only when it cannot be said which file it is about.
func (m *manifest) add(line int, columns, cells []string) error {
	var file string
	if at := slices.Index(columns, "file"); at < len(cells) {
		file = strings.TrimSpace(cells[at])
	}
	if file == "" || file != path.Base(file) || file == "." || file == ".." || strings.Contains(file, `\`) {
		return fmt.Errorf("column \"file\", %.80q, is not the name of a file in the same folder: %w", file, corpus.ErrInvalid)
	}
	r := row{line: line, meta: &Meta{}}
	if before, twice := m.rows[file]; twice {
		r.err = fmt.Errorf("%w: manifest.tsv has two lines for this file, %d and %d: delete one", ErrRecord, before.line, line)
	} else {
		r.err = r.read(columns, cells)
	}
	m.rows[file] = r
	return nil
}

func (r *row) read(columns, cells []string) error {
	if len(cells) > len(columns) {
		return fmt.Errorf("%w: manifest.tsv line %d: %d cells under %d columns", ErrRecord, r.line, len(cells), len(columns))
	}
	for i, cell := range cells {
		if columns[i] == "file" {
			continue
		}
		values := []string{cell}
		if isList(columns[i]) {
			values = strings.SplitN(cell, "|", maxList+2)
		}
		if err := r.meta.set(columns[i], values); err != nil {
			return fmt.Errorf("%w: manifest.tsv line %d, column %q: %w", ErrRecord, r.line, columns[i], err)
		}
	}
	return nil
}
