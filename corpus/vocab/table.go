package vocab

import (
	"fmt"
	"io/fs"
	"strings"
	"unicode/utf8"

	"marsa/corpus"
)

// maxTable is the size up to which a file of the vocabulary is read, in bytes.
const maxTable = 16 << 20

// table is a tab-separated file with a header.
type table struct {
	name   string
	column map[string]int
	rows   [][]string
}

func readTable(fsys fs.FS, name string, columns ...string) (*table, error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("read vocabulary: %w", err)
	}
	if len(data) > maxTable {
		return nil, fmt.Errorf("%s has %d bytes, the limit is %d: %w", name, len(data), maxTable, corpus.ErrTooLarge)
	}
	if !utf8.Valid(data) {
		return nil, fmt.Errorf("%s is not UTF-8: %w", name, corpus.ErrInvalid)
	}
	lines := strings.Split(strings.TrimRight(string(data), "\n"), "\n")
	t := &table{name: name, column: map[string]int{}}
	for i, c := range strings.Split(lines[0], "\t") {
		t.column[c] = i
	}
	for _, c := range columns {
		if _, ok := t.column[c]; !ok {
			return nil, fmt.Errorf("%s has no column %q: %w", name, c, corpus.ErrInvalid)
		}
	}
	for i, line := range lines[1:] {
		cells := strings.Split(strings.TrimSuffix(line, "\r"), "\t")
		if len(cells) != len(t.column) {
			return nil, t.errorf(i, "has %d cells, the header %d", len(cells), len(t.column))
		}
		t.rows = append(t.rows, cells)
	}
	return t, nil
}

// errorf names the file and the line of a row.
func (t *table) errorf(row int, format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s: %w", t.name, row+2, fmt.Sprintf(format, args...), corpus.ErrInvalid)
}

func (t *table) cell(row int, column string) string {
	return strings.TrimSpace(t.rows[row][t.column[column]])
}

func (t *table) list(row int, column string) []string {
	if i, ok := t.column[column]; ok {
		return splitList(t.rows[row][i])
	}
	return nil
}

func splitList(cell string) []string {
	var out []string
	for s := range strings.SplitSeq(cell, "|") {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}
