package catalog

import (
	"database/sql"
	"encoding/json"
	"fmt"

	"marsa/corpus"
)

// Retag stores the kind and the tags of an entry that was read from here; its
// pages and its file stay as they are. It sets e.Rev. When the document has been
// stored anew or taken out since, it does nothing and says so.
func (c *Catalog) Retag(e *corpus.Entry) (stored bool, err error) {
	former := e.Rev
	complete(e)
	source, err := json.Marshal(e.Source)
	if err != nil {
		return false, fmt.Errorf("tag %s: %w", e.ID, err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	err = c.update(func(tx *sql.Tx) error {
		r, err := tx.Exec(`UPDATE documents SET kind = ?, source = ?, rev = ? WHERE id = ? AND rev = ?`, e.Kind, string(source), e.Rev, e.ID, former)
		if err != nil {
			return err
		}
		n, err := r.RowsAffected()
		if err != nil || n == 0 {
			return err
		}
		stored = true
		return putTags(tx, &e.Document)
	})
	if err != nil {
		return false, fmt.Errorf("tag %s: %w", e.ID, err)
	}
	return stored, nil
}
