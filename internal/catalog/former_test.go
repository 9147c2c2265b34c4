package catalog

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"
)

// TestFormerVersions opens a catalog of each former version: what it held is
// still there, and it takes new documents.
func TestFormerVersions(t *testing.T) {
	for v := 1; v < len(migrations); v++ {
		t.Run(fmt.Sprint(v), func(t *testing.T) {
			dir := t.TempDir()
			makeFormer(t, filepath.Join(dir, "catalog.db"), v)
			c, err := Open(dir)
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			if p, err := c.Page("old", 1); err != nil || p.Text != "what it held" || p.Quality.Engine != "marsa" {
				t.Errorf("page of the former version: %+v, %v", p, err)
			}
			e, original := entry("new", "new")
			if err := c.Put(e, original, Seen{URL: "file:///new.pdf"}); err != nil {
				t.Errorf("put a new document: %v", err)
			}
		})
	}
}

// makeFormer makes a database of a former version with one document of one page.
// Columns that a later version added must have a default.
func makeFormer(t *testing.T, path string, version int) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := migrate(db, migrations[:version]); err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{
		`INSERT INTO documents (id, work, rev, title, lang, publisher, issued, kind, state, licence, notice, original, num_pages,
			languages, authors, outline, source, warnings, links, added, changed)
		VALUES ('old', 'old', '', 'Old', 'en', '', '', '', 'complete', '', '', '', 1, '["en"]', '[]', '[]', '{}', '[]', '[]', '', '')`,
		`INSERT INTO pages (document, number, label, lang, state, engine, agreement, reason, opening, text, boxes)
		VALUES ('old', 1, '', 'en', 'complete', 'marsa', 0, '', 'what', 'what it held', x'')`,
	} {
		if _, err := db.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
}
