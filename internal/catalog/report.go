package catalog

import (
	"database/sql"
	"fmt"

	"marsa/corpus"
)

// Quality reports how well the documents were read; documents stand in the order
// of their titles.
func (c *Catalog) Quality(f corpus.QualityFilter) (*corpus.QualityReport, error) {
	library := map[corpus.State]int{}
	var docs []corpus.DoubtfulDocument
	err := c.snapshot(func(tx *sql.Tx) error {
		if err := each(tx, `SELECT state, count(*) FROM documents GROUP BY state`, nil, func(rows *sql.Rows) error {
			var s corpus.State
			var n int
			err := rows.Scan(&s, &n)
			library[s] = n
			return err
		}); err != nil {
			return err
		}
		var err error
		docs, err = doubtful(tx)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("report of quality: %w", err)
	}
	return corpus.NewQualityReport(library, docs, f), nil
}

// doubtful returns the documents that are not complete, with their doubtful
// pages in runs.
func doubtful(tx *sql.Tx) ([]corpus.DoubtfulDocument, error) {
	var all []corpus.DoubtfulDocument
	at := map[corpus.ID]int{}
	err := each(tx, `SELECT d.id, d.title, d.lang, d.state, d.num_pages, coalesce(o.media_type, '')
		FROM documents d LEFT JOIN originals o ON o.document = d.id AND o.hash = d.original
		WHERE d.state <> 'complete' OR d.id IN (SELECT document FROM pages WHERE state <> 'complete') ORDER BY d.title, d.id`,
		nil, func(rows *sql.Rows) error {
			var d corpus.DoubtfulDocument
			var o corpus.Original
			err := rows.Scan(&d.ID, &d.Title, &d.Lang, &d.State, &d.NumPages, &o.MediaType)
			d.Format = o.Format()
			at[d.ID] = len(all)
			all = append(all, d)
			return err
		})
	if err != nil {
		return nil, err
	}
	err = each(tx, `SELECT document, number, label, state, reason, engine FROM pages WHERE state <> 'complete' ORDER BY document, number`,
		nil, func(rows *sql.Rows) error {
			var id corpus.ID
			var p corpus.PageRun
			if err := rows.Scan(&id, &p.From, &p.Label, &p.State, &p.Reason, &p.Engine); err != nil {
				return err
			}
			d := &all[at[id]]
			d.AddPage(p)
			return nil
		})
	return all, err
}
