package catalog

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"marsa/corpus"
)

// Seen says where a document was found and from what it was made.
type Seen struct {
	URL string // https://…, file:///… or starter:…
	// Recipe is the hash of everything besides the bytes that the document was
	// made from: its record, and the version of the way of reading.
	Recipe corpus.Hash
	// ETag and LastModified are what a server said, to ask it next time whether
	// anything changed.
	ETag, LastModified string
}

// Put stores an entry with the file it was read from, replacing the one with the
// same ID; former originals are kept. When Put returns nil, all of it is on disk.
//
// e.Original.Hash must be the hash of original. e.Origins are the addresses that
// the record gives; the place seen comes after them. Put sets e.Rev and
// e.NumPages, and e.Work when it is empty. A failure recorded for the place is
// cleared.
func (c *Catalog) Put(e *corpus.Entry, original []byte, seen Seen) error {
	if _, err := corpus.ParseID(string(e.ID)); err != nil {
		return fmt.Errorf("put: %w", err)
	}
	if corpus.HashOf(original) != e.Original.Hash || seen.URL == "" {
		return fmt.Errorf("put %s: original without its hash or origin: %w", e.ID, corpus.ErrInvalid)
	}
	complete(e)
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.store(e.Original.Hash, original); err != nil {
		return fmt.Errorf("keep original of %s: %w", e.ID, explain(err))
	}
	if err := c.update(func(tx *sql.Tx) error { return putEntry(tx, e, seen) }); err != nil {
		return fmt.Errorf("put %s: %w", e.ID, err)
	}
	return nil
}

func complete(e *corpus.Entry) {
	if e.Work == "" {
		e.Work = e.ID
	}
	if e.State == "" {
		e.State = corpus.Complete
	}
	e.NumPages = len(e.Pages)
	e.Rev = e.Revision()
}

func putEntry(tx *sql.Tx, e *corpus.Entry, seen Seen) error {
	now := stamp(time.Now())
	if err := putRecord(tx, &e.Document, now); err != nil {
		return err
	}
	o := e.Original
	if _, err := tx.Exec(`INSERT INTO originals (document, hash, name, media_type, size, taken) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (document, hash) DO UPDATE SET name = excluded.name, media_type = excluded.media_type`,
		e.ID, o.Hash, o.Name, o.MediaType, o.Size, now); err != nil {
		return err
	}
	if err := putPages(tx, e); err != nil {
		return err
	}
	if err := putTags(tx, &e.Document); err != nil {
		return err
	}
	return putOrigin(tx, e.ID, o.Hash, seen, now)
}

func putRecord(tx *sql.Tx, d *corpus.Document, now string) error {
	links, err := givenLinks(tx, d)
	if err != nil {
		return err
	}
	lists := make([]string, 0, 8)
	for _, v := range []any{d.Languages, d.Authors, d.Outline, d.Source, d.Warnings, links, d.Abstracts, d.Notes} {
		data, err := json.Marshal(v)
		if err != nil {
			return err
		}
		lists = append(lists, string(data))
	}
	_, err = tx.Exec(`INSERT INTO documents (id, work, rev, title, lang, publisher, issued, kind, state, licence, notice, original,
			num_pages, languages, authors, outline, source, warnings, links, abstracts, notes, added, changed)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET work = excluded.work, rev = excluded.rev, title = excluded.title, lang = excluded.lang,
			publisher = excluded.publisher, issued = excluded.issued, kind = excluded.kind, state = excluded.state,
			licence = excluded.licence, notice = excluded.notice, original = excluded.original, num_pages = excluded.num_pages,
			languages = excluded.languages, authors = excluded.authors, outline = excluded.outline, source = excluded.source,
			warnings = excluded.warnings, links = excluded.links, abstracts = excluded.abstracts, notes = excluded.notes, changed = excluded.changed`,
		d.ID, d.Work, d.Rev, d.Title, d.Lang, d.Publisher, d.Issued, d.Kind, d.State, d.Licence, d.Notice, d.Original.Hash,
		d.NumPages, lists[0], lists[1], lists[2], lists[3], lists[4], lists[5], lists[6], lists[7], now, now)
	return err
}

// givenLinks returns the addresses of d that are not places where it was found,
// so that an entry that was read and is put again keeps its two kinds apart.
func givenLinks(tx *sql.Tx, d *corpus.Document) ([]string, error) {
	found, err := list[string](tx, `SELECT url FROM origins WHERE document = ?`, d.ID)
	if err != nil {
		return nil, err
	}
	links := []string{}
	for _, o := range d.Origins {
		if !slices.Contains(found, o.URL) && !slices.Contains(links, o.URL) {
			links = append(links, o.URL)
		}
	}
	return links, nil
}

func putPages(tx *sql.Tx, e *corpus.Entry) error {
	if _, err := tx.Exec(`DELETE FROM pages WHERE document = ?`, e.ID); err != nil {
		return err
	}
	insert, err := tx.Prepare(`INSERT INTO pages (document, number, label, lang, state, engine, agreement, confidence, reason, opening, text, boxes, running)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	defer insert.Close()
	for i := range e.Pages {
		p := &e.Pages[i]
		boxes, err := packBoxes(p.Boxes)
		if err != nil {
			return fmt.Errorf("page %d: %w", p.Number, err)
		}
		running, err := json.Marshal(p.Running)
		if err != nil {
			return fmt.Errorf("page %d: %w", p.Number, err)
		}
		q := p.Quality
		if _, err := insert.Exec(e.ID, p.Number, p.Label, p.Lang, q.State, q.Engine, q.Agreement, q.Confidence, q.Reason,
			opening(p.Body()), p.Text, boxes, string(running)); err != nil {
			return fmt.Errorf("page %d: %w", p.Number, err)
		}
	}
	return nil
}

// maxOpening is the longest opening of a page, in bytes.
const maxOpening = 120

// opening returns the first words of a text on one line, as many as fit.
func opening(text string) string {
	var b strings.Builder
	for word := range strings.FieldsSeq(text) {
		if b.Len() == 0 {
			b.WriteString(cut(word, maxOpening))
			continue
		}
		if b.Len()+1+len(word) > maxOpening {
			break
		}
		b.WriteByte(' ')
		b.WriteString(word)
	}
	return b.String()
}

// cut returns at most n bytes of s, whole characters.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

func putTags(tx *sql.Tx, d *corpus.Document) error {
	if _, err := tx.Exec(`DELETE FROM tags WHERE document = ?`, d.ID); err != nil {
		return err
	}
	for i, t := range d.Tags {
		evidence, err := json.Marshal(t.Evidence)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(`INSERT INTO tags (document, position, concept, role, weight, rule, given_by, state, evidence)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			d.ID, i, t.Concept, t.Role, t.Weight, t.Rule, t.By, t.State, string(evidence)); err != nil {
			return fmt.Errorf("tag %s: %w", t.Concept, err)
		}
	}
	return nil
}

func putOrigin(tx *sql.Tx, id corpus.ID, h corpus.Hash, s Seen, now string) error {
	if _, err := tx.Exec(`INSERT INTO origins (url, document, hash, recipe, etag, last_modified, seen) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (url) DO UPDATE SET document = excluded.document, hash = excluded.hash, recipe = excluded.recipe,
			etag = excluded.etag, last_modified = excluded.last_modified, seen = excluded.seen`,
		s.URL, id, h, s.Recipe, s.ETag, s.LastModified, now); err != nil {
		return err
	}
	_, err := tx.Exec(`DELETE FROM failures WHERE origin = ?`, s.URL)
	return err
}

// AddOrigin notes a further place where the document's present original is
// found. It fails with corpus.ErrNotFound when there is no such document.
func (c *Catalog) AddOrigin(id corpus.ID, seen Seen) error {
	err := c.update(func(tx *sql.Tx) error {
		var h corpus.Hash
		if err := tx.QueryRow(`SELECT original FROM documents WHERE id = ?`, id).Scan(&h); err != nil {
			return err
		}
		return putOrigin(tx, id, h, seen, stamp(time.Now()))
	})
	if err != nil {
		return fmt.Errorf("add origin to %s: %w", id, err)
	}
	return nil
}

// DropOrigin forgets a place; the document stays.
func (c *Catalog) DropOrigin(url string) error {
	err := c.update(func(tx *sql.Tx) error {
		_, err := tx.Exec(`DELETE FROM origins WHERE url = ?`, url)
		return err
	})
	if err != nil {
		return fmt.Errorf("drop origin %s: %w", url, err)
	}
	return nil
}

// Delete takes a document out with all its originals that no other document
// has. It may be taken in again. It fails with corpus.ErrNotFound.
func (c *Catalog) Delete(id corpus.ID) error {
	return c.takeOut(id, func(*sql.Tx, []corpus.Hash) error { return nil })
}

// Remove is Delete for good: the document's ID, originals and origins are
// remembered with the reason, so that Removed finds them.
func (c *Catalog) Remove(id corpus.ID, reason string) error {
	return c.takeOut(id, func(tx *sql.Tx, hashes []corpus.Hash) error {
		return remember(tx, id, hashes, reason)
	})
}

func (c *Catalog) takeOut(id corpus.ID, before func(*sql.Tx, []corpus.Hash) error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	var hashes []corpus.Hash
	err := c.update(func(tx *sql.Tx) (err error) {
		if hashes, err = list[corpus.Hash](tx, `SELECT hash FROM originals WHERE document = ?`, id); err != nil {
			return err
		}
		if err := before(tx, hashes); err != nil {
			return err
		}
		done, err := tx.Exec(`DELETE FROM documents WHERE id = ?`, id)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return noRows(err)
		}
		return nil
	})
	if err == nil {
		err = c.unlink(hashes)
	}
	if err != nil {
		return fmt.Errorf("remove %s: %w", id, err)
	}
	return nil
}

func noRows(err error) error {
	if err == nil {
		err = sql.ErrNoRows
	}
	return err
}

func remember(tx *sql.Tx, id corpus.ID, hashes []corpus.Hash, reason string) error {
	var title string
	if err := tx.QueryRow(`SELECT title FROM documents WHERE id = ?`, id).Scan(&title); err != nil {
		return err
	}
	marks, err := list[string](tx, `SELECT url FROM origins WHERE document = ?`, id)
	if err != nil {
		return err
	}
	marks = append(marks, idMark(id))
	for _, h := range hashes {
		marks = append(marks, string(h))
	}
	if _, err := tx.Exec(`INSERT INTO removed (id, title, reason, time) VALUES (?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET title = excluded.title, reason = excluded.reason, time = excluded.time`,
		id, title, reason, stamp(time.Now())); err != nil {
		return err
	}
	for _, m := range marks {
		if _, err := tx.Exec(`INSERT INTO removed_marks (mark, document) VALUES (?, ?)
			ON CONFLICT (mark) DO UPDATE SET document = excluded.document`, m, id); err != nil {
			return err
		}
	}
	return nil
}

func idMark(id corpus.ID) string { return "id:" + string(id) }

// Failure is a file that could not be read.
type Failure struct {
	Origin  string
	Reason  string // a key such as "password"
	Message string // a sentence that says what to do
	Hash    corpus.Hash
	Time    time.Time
}

// Fail records a failure, with the present time, in place of the former one of
// the same origin.
func (c *Catalog) Fail(f Failure) error {
	err := c.update(func(tx *sql.Tx) error {
		_, err := tx.Exec(`INSERT INTO failures (origin, reason, message, hash, time) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT (origin) DO UPDATE SET reason = excluded.reason, message = excluded.message, hash = excluded.hash, time = excluded.time`,
			f.Origin, f.Reason, f.Message, f.Hash, stamp(time.Now()))
		return err
	})
	if err != nil {
		return fmt.Errorf("record failure of %s: %w", f.Origin, err)
	}
	return nil
}

// ClearFailure forgets the failure of an origin, if there is one.
func (c *Catalog) ClearFailure(origin string) error {
	err := c.update(func(tx *sql.Tx) error {
		_, err := tx.Exec(`DELETE FROM failures WHERE origin = ?`, origin)
		return err
	})
	if err != nil {
		return fmt.Errorf("clear failure of %s: %w", origin, err)
	}
	return nil
}

// Run is one finished ingest.
type Run struct {
	Source            string
	Started, Finished time.Time
	Counts            map[string]int // items by outcome
}

// LogRun records a run.
func (c *Catalog) LogRun(r Run) error {
	counts, err := json.Marshal(r.Counts)
	if err != nil {
		return fmt.Errorf("record run: %w", err)
	}
	err = c.update(func(tx *sql.Tx) error {
		_, err := tx.Exec(`INSERT INTO runs (source, started, finished, counts) VALUES (?, ?, ?, ?)`,
			r.Source, stamp(r.Started), stamp(r.Finished), string(counts))
		return err
	})
	if err != nil {
		return fmt.Errorf("record run: %w", err)
	}
	return nil
}
