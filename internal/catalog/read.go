package catalog

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"marsa/corpus"
)

// querier is what *sql.DB and *sql.Tx share.
type querier interface {
	Query(query string, args ...any) (*sql.Rows, error)
}

// list returns the one column of a query.
func list[T any](q querier, query string, args ...any) ([]T, error) {
	var all []T
	err := each(q, query, args, func(rows *sql.Rows) error {
		var v T
		if err := rows.Scan(&v); err != nil {
			return err
		}
		all = append(all, v)
		return nil
	})
	return all, err
}

// each calls scan for every row of a query.
func each(q querier, query string, args []any, scan func(*sql.Rows) error) error {
	rows, err := q.Query(query, args...)
	if err != nil {
		return explain(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return explain(err)
		}
	}
	return explain(rows.Err())
}

// snapshot runs f on one state of the catalog, whatever is written meanwhile.
func (c *Catalog) snapshot(f func(*sql.Tx) error) error {
	tx, err := c.read.Begin()
	if err != nil {
		return explain(err)
	}
	defer tx.Rollback()
	return explain(f(tx))
}

// Document returns the record of a document, or corpus.ErrNotFound.
func (c *Catalog) Document(id corpus.ID) (d *corpus.Document, err error) {
	err = c.snapshot(func(tx *sql.Tx) error {
		d, err = document(tx, id)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("document %s: %w", id, err)
	}
	return d, nil
}

func document(tx *sql.Tx, id corpus.ID) (*corpus.Document, error) {
	d := &corpus.Document{ID: id}
	var lists [8]string
	err := tx.QueryRow(`SELECT d.work, d.rev, d.title, d.lang, d.publisher, d.issued, d.kind, d.state, d.licence, d.notice, d.num_pages,
			d.languages, d.authors, d.outline, d.source, d.warnings, d.links, d.abstracts, d.notes, o.hash, o.name, o.media_type, o.size
		FROM documents d JOIN originals o ON o.document = d.id AND o.hash = d.original WHERE d.id = ?`, id).Scan(
		&d.Work, &d.Rev, &d.Title, &d.Lang, &d.Publisher, &d.Issued, &d.Kind, &d.State, &d.Licence, &d.Notice, &d.NumPages,
		&lists[0], &lists[1], &lists[2], &lists[3], &lists[4], &lists[5], &lists[6], &lists[7],
		&d.Original.Hash, &d.Original.Name, &d.Original.MediaType, &d.Original.Size)
	if err != nil {
		return nil, explain(err)
	}
	var links []string
	for i, v := range []any{&d.Languages, &d.Authors, &d.Outline, &d.Source, &d.Warnings, &links, &d.Abstracts, &d.Notes} {
		if err := json.Unmarshal([]byte(lists[i]), v); err != nil {
			return nil, err
		}
	}
	found, err := list[string](tx, `SELECT url FROM origins WHERE document = ? ORDER BY position`, id)
	if err != nil {
		return nil, err
	}
	d.Origins = origins(links, found)
	d.Tags, err = tags(tx, id)
	return d, err
}

// origins joins the addresses that the record gives and those where the
// document was found, each once.
func origins(links, found []string) []corpus.Origin {
	var all []corpus.Origin
	for _, url := range links {
		all = append(all, corpus.Origin{URL: url})
	}
	for _, url := range found {
		if !slices.Contains(links, url) {
			all = append(all, corpus.Origin{URL: url})
		}
	}
	return all
}

func tags(tx *sql.Tx, id corpus.ID) ([]corpus.Tag, error) {
	var all []corpus.Tag
	err := each(tx, `SELECT concept, role, weight, rule, given_by, state, evidence FROM tags WHERE document = ? ORDER BY position`,
		[]any{id}, func(rows *sql.Rows) error {
			var t corpus.Tag
			var evidence string
			if err := rows.Scan(&t.Concept, &t.Role, &t.Weight, &t.Rule, &t.By, &t.State, &evidence); err != nil {
				return err
			}
			all = append(all, t)
			return json.Unmarshal([]byte(evidence), &all[len(all)-1].Evidence)
		})
	return all, err
}

const pageColumns = `number, label, lang, state, engine, agreement, confidence, reason, text, boxes, running`

func scanPage(scan func(...any) error) (corpus.Page, error) {
	var p corpus.Page
	var boxes []byte
	var running string
	err := scan(&p.Number, &p.Label, &p.Lang, &p.Quality.State, &p.Quality.Engine, &p.Quality.Agreement, &p.Quality.Confidence, &p.Quality.Reason, &p.Text, &boxes, &running)
	if err == nil {
		err = json.Unmarshal([]byte(running), &p.Running)
	}
	if err == nil {
		p.Boxes, err = unpackBoxes(boxes)
	}
	return p, err
}

// Page returns one page without reading the others, or corpus.ErrNotFound.
func (c *Catalog) Page(id corpus.ID, number int) (*corpus.Page, error) {
	p, err := scanPage(c.read.QueryRow(`SELECT `+pageColumns+` FROM pages WHERE document = ? AND number = ?`, id, number).Scan)
	if err != nil {
		return nil, fmt.Errorf("page %d of %s: %w", number, id, explain(err))
	}
	return &p, nil
}

// PageSummaries returns the pages of a document without their texts. It is
// empty when there is no such document.
func (c *Catalog) PageSummaries(id corpus.ID) ([]corpus.PageSummary, error) {
	var all []corpus.PageSummary
	err := each(c.read, `SELECT number, label, lang, state, engine, agreement, confidence, reason, opening FROM pages WHERE document = ? ORDER BY number`, []any{id},
		func(rows *sql.Rows) error {
			var p corpus.PageSummary
			q := &p.Quality
			if err := rows.Scan(&p.Number, &p.Label, &p.Lang, &q.State, &q.Engine, &q.Agreement, &q.Confidence, &q.Reason, &p.Opening); err != nil {
				return err
			}
			all = append(all, p)
			return nil
		})
	if err != nil {
		return nil, fmt.Errorf("pages of %s: %w", id, err)
	}
	return all, nil
}

// Qualities returns how well each page of a document was read, in order. It is
// empty when there is no such document.
func (c *Catalog) Qualities(id corpus.ID) ([]corpus.Quality, error) {
	var all []corpus.Quality
	err := each(c.read, `SELECT state, engine, agreement, confidence, reason FROM pages WHERE document = ? ORDER BY number`, []any{id},
		func(rows *sql.Rows) error {
			var q corpus.Quality
			if err := rows.Scan(&q.State, &q.Engine, &q.Agreement, &q.Confidence, &q.Reason); err != nil {
				return err
			}
			all = append(all, q)
			return nil
		})
	if err != nil {
		return nil, fmt.Errorf("qualities of %s: %w", id, err)
	}
	return all, nil
}

// Entry returns a document with its pages, or corpus.ErrNotFound.
func (c *Catalog) Entry(id corpus.ID) (*corpus.Entry, error) {
	e := &corpus.Entry{}
	err := c.snapshot(func(tx *sql.Tx) error {
		d, err := document(tx, id)
		if err != nil {
			return err
		}
		e.Document = *d
		return each(tx, `SELECT `+pageColumns+` FROM pages WHERE document = ? ORDER BY number`, []any{id}, func(rows *sql.Rows) error {
			p, err := scanPage(rows.Scan)
			e.Pages = append(e.Pages, p)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("entry %s: %w", id, err)
	}
	return e, nil
}

// IDs returns the IDs of all documents, sorted.
func (c *Catalog) IDs() ([]corpus.ID, error) {
	ids, err := list[corpus.ID](c.read, `SELECT id FROM documents ORDER BY id`)
	if err != nil {
		return nil, fmt.Errorf("list documents: %w", err)
	}
	return ids, nil
}

// Versions returns the documents of a work, the work's own ID first and the
// others by ID. It is empty when there is no such work.
func (c *Catalog) Versions(work corpus.ID) ([]*corpus.Document, error) {
	var all []*corpus.Document
	err := c.snapshot(func(tx *sql.Tx) error {
		ids, err := list[corpus.ID](tx, `SELECT id FROM documents WHERE work = ?1 ORDER BY id <> ?1, id`, work)
		if err != nil {
			return err
		}
		for _, id := range ids {
			d, err := document(tx, id)
			if err != nil {
				return err
			}
			all = append(all, d)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("versions of %s: %w", work, err)
	}
	return all, nil
}

// Place is a place where a document was found.
type Place struct {
	Seen
	Document corpus.ID
	Hash     corpus.Hash // of the bytes last found there and read
	Current  corpus.Hash // of the document's present original
	First    bool        // it was found here before any other place that still has it
}

// ByOrigin returns what is known of a place, or corpus.ErrNotFound.
func (c *Catalog) ByOrigin(url string) (*Place, error) {
	places, err := c.places(`o.url = ?`, `o.url`, url)
	if err == nil && len(places) == 0 {
		err = corpus.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("origin %s: %w", url, err)
	}
	return &places[0], nil
}

// OriginsUnder returns the known places whose URL begins with prefix: those that
// are their documents' first ones, by URL, then the others.
func (c *Catalog) OriginsUnder(prefix string) ([]Place, error) {
	places, err := c.places(`substr(o.url, 1, length(?1)) = ?1`, `first DESC, o.url`, prefix)
	if err != nil {
		return nil, fmt.Errorf("origins under %s: %w", prefix, err)
	}
	return places, nil
}

// OriginsOf returns the places where a document was found, in the order in which
// they were found.
func (c *Catalog) OriginsOf(id corpus.ID) ([]Place, error) {
	places, err := c.places(`o.document = ?`, `o.position`, string(id))
	if err != nil {
		return nil, fmt.Errorf("origins of %s: %w", id, err)
	}
	return places, nil
}

func (c *Catalog) places(where, order, arg string) ([]Place, error) {
	var all []Place
	err := each(c.read, `SELECT o.url, o.recipe, o.etag, o.last_modified, o.document, o.hash, d.original,
			NOT EXISTS (SELECT 1 FROM origins b WHERE b.document = o.document AND b.position < o.position) AS first
		FROM origins o JOIN documents d ON d.id = o.document WHERE `+where+` ORDER BY `+order, []any{arg},
		func(rows *sql.Rows) error {
			var p Place
			if err := rows.Scan(&p.URL, &p.Recipe, &p.ETag, &p.LastModified, &p.Document, &p.Hash, &p.Current, &p.First); err != nil {
				return err
			}
			all = append(all, p)
			return nil
		})
	return all, err
}

// ByHash returns the document whose present original has the hash, or
// corpus.ErrNotFound.
func (c *Catalog) ByHash(h corpus.Hash) (corpus.ID, error) {
	var id corpus.ID
	if err := c.read.QueryRow(`SELECT id FROM documents WHERE original = ? ORDER BY id LIMIT 1`, h).Scan(&id); err != nil {
		return "", fmt.Errorf("document of hash %.12s: %w", h, explain(err))
	}
	return id, nil
}

// Has says whether there is a document with the ID.
func (c *Catalog) Has(id corpus.ID) (bool, error) {
	var n int
	if err := c.read.QueryRow(`SELECT count(*) FROM documents WHERE id = ?`, id).Scan(&n); err != nil {
		return false, fmt.Errorf("document %s: %w", id, explain(err))
	}
	return n > 0, nil
}

// Revs returns the revision of every document, to be compared with the index.
func (c *Catalog) Revs() (map[corpus.ID]corpus.Hash, error) {
	revs := map[corpus.ID]corpus.Hash{}
	err := each(c.read, `SELECT id, rev FROM documents`, nil, func(rows *sql.Rows) error {
		var id corpus.ID
		var rev corpus.Hash
		err := rows.Scan(&id, &rev)
		revs[id] = rev
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("revisions: %w", err)
	}
	return revs, nil
}

// Stats counts what the catalog holds.
func (c *Catalog) Stats() (corpus.Stats, error) {
	s := corpus.Stats{Failures: map[string]int{}}
	err := c.snapshot(func(tx *sql.Tx) error {
		if err := tx.QueryRow(`SELECT count(*), count(DISTINCT work), coalesce(sum(num_pages), 0), (SELECT count(*) FROM removed)
			FROM documents`).Scan(&s.Documents, &s.Works, &s.Pages, &s.Removed); err != nil {
			return err
		}
		return each(tx, `SELECT reason, count(*) FROM failures GROUP BY reason`, nil, func(rows *sql.Rows) error {
			var reason string
			var n int
			err := rows.Scan(&reason, &n)
			s.Failures[reason] = n
			return err
		})
	})
	if err != nil {
		return corpus.Stats{}, fmt.Errorf("count: %w", err)
	}
	return s, nil
}

// Failures returns the files that could not be read, by origin.
func (c *Catalog) Failures() ([]Failure, error) {
	var all []Failure
	err := each(c.read, `SELECT origin, reason, message, hash, time FROM failures ORDER BY origin`, nil, func(rows *sql.Rows) error {
		var f Failure
		var at string
		if err := rows.Scan(&f.Origin, &f.Reason, &f.Message, &f.Hash, &at); err != nil {
			return err
		}
		f.Time = unstamp(at)
		all = append(all, f)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list failures: %w", err)
	}
	return all, nil
}

// Removal is a document that was taken out for good.
type Removal struct {
	ID     corpus.ID
	Title  string
	Reason string
	Time   time.Time
}

// Removed says whether a document with the ID, found at the origin or made of
// the bytes, was taken out for good; without, it returns corpus.ErrNotFound. Any
// of the three may be empty.
func (c *Catalog) Removed(id corpus.ID, origin string, h corpus.Hash) (*Removal, error) {
	var r Removal
	var at string
	err := c.read.QueryRow(`SELECT r.id, r.title, r.reason, r.time FROM removed_marks m JOIN removed r ON r.id = m.document
		WHERE m.mark IN (?, ?, ?) LIMIT 1`, idMark(id), origin, h).Scan(&r.ID, &r.Title, &r.Reason, &at)
	if err != nil {
		return nil, explain(err)
	}
	r.Time = unstamp(at)
	return &r, nil
}
