package bleve

import (
	"fmt"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"marsa/corpus"
)

// A view is what one search works on: a snapshot of the postings and the rows
// of the same moment. It never changes; it is released when the last search
// that uses it ends.
type view struct {
	snapshot *scorch.IndexSnapshot
	segments []segmentRows
	rows     []*row // by document number; nil for deleted documents
	live     int
	stats    [numFields]fieldStats
	pages    fieldStats
	names    *dictionaries
	users    int // guarded by Engine.mu
}

// segmentRows are the rows of a segment by the document's number in it. Rows of
// documents that have been deleted since are still there.
type segmentRows struct {
	id   uint64
	rows []*row
}

// take returns the newest view, for which release must be called.
func (e *Engine) take() *view {
	e.refresh()
	e.mu.Lock()
	defer e.mu.Unlock()
	e.view.users++
	return e.view
}

func (e *Engine) release(v *view) {
	e.mu.Lock()
	v.users--
	last := v.users == 0
	e.mu.Unlock()
	if last {
		_ = v.snapshot.Close() // it only counts references down
	}
}

// show makes v the newest view; nil when the engine closes.
func (e *Engine) show(v *view) {
	if v != nil {
		v.users++ // the engine's own
	}
	e.mu.Lock()
	old := e.view
	e.view = v
	e.mu.Unlock()
	if old != nil {
		e.release(old)
	}
}

// refresh looks whether segments were merged since the view was made, which
// changes no result but makes searches faster. It never waits for a writer.
func (e *Engine) refresh() {
	if !e.write.TryLock() {
		return
	}
	defer e.write.Unlock()
	reader, err := e.store.Reader()
	if err != nil {
		return // the view at hand is right
	}
	snapshot := reader.(*scorch.IndexSnapshot)
	if snapshot == e.view.snapshot {
		_ = snapshot.Close()
		return
	}
	if v, err := e.viewOf(snapshot, e.view.segments); err == nil {
		e.show(v)
	}
}

// publish makes a view of what was just written the newest. The caller holds
// Engine.write.
func (e *Engine) publish() error {
	reader, err := e.store.Reader()
	if err != nil {
		return err
	}
	var known []segmentRows
	if e.view != nil {
		known = e.view.segments
	}
	v, err := e.viewOf(reader.(*scorch.IndexSnapshot), known)
	if err != nil {
		return err
	}
	e.show(v)
	return nil
}

// viewOf joins a snapshot, which it takes over, with the rows of the table. Of
// segments that are known only new documents numbers are looked up.
func (e *Engine) viewOf(s *scorch.IndexSnapshot, known []segmentRows) (*view, error) {
	v := &view{snapshot: s, stats: e.table.stats, pages: e.table.pages, names: e.table.names}
	byID := make(map[uint64][]*row, len(known))
	for _, k := range known {
		byID[k.id] = k.rows
	}
	for _, seg := range s.Segments() {
		rows, ok := byID[seg.Id()]
		if !ok {
			var err error
			if rows, err = e.rowsOf(seg); err != nil {
				_ = s.Close()
				return nil, err
			}
		}
		v.segments = append(v.segments, segmentRows{seg.Id(), rows})
		offset := len(v.rows)
		v.rows = append(v.rows, rows...)
		v.live += len(rows)
		if deleted := seg.Deleted(); deleted != nil {
			for it := deleted.Iterator(); it.HasNext(); {
				v.rows[offset+int(it.Next())] = nil
				v.live--
			}
		}
	}
	return v, nil
}

func (e *Engine) rowsOf(seg *scorch.SegmentSnapshot) ([]*row, error) {
	rows := make([]*row, seg.Segment().Count())
	for it := seg.DocNumbersLive().Iterator(); it.HasNext(); {
		n := it.Next()
		id, err := seg.DocID(uint64(n))
		if err != nil {
			return nil, err
		}
		if rows[n] = e.table.rows[corpus.ID(id)]; rows[n] == nil {
			return nil, fmt.Errorf("document %s is in the index but not in its columns", id)
		}
	}
	return rows, nil
}

// reload builds the table from the records in the index and makes a view of
// it: when the index opens, and when writing to it went wrong half-way.
func (e *Engine) reload() error {
	reader, err := e.store.Reader()
	if err != nil {
		return err
	}
	s := reader.(*scorch.IndexSnapshot)
	e.table = &table{rows: map[corpus.ID]*row{}, names: e.table.names}
	for _, seg := range s.Segments() {
		for it := seg.DocNumbersLive().Iterator(); it.HasNext(); {
			rec, err := storedRecord(seg, uint64(it.Next()))
			if err != nil {
				_ = s.Close()
				return err
			}
			e.table.put(rec)
		}
	}
	v, err := e.viewOf(s, nil)
	if err != nil {
		return err
	}
	e.show(v)
	return nil
}

func storedRecord(seg *scorch.SegmentSnapshot, n uint64) (*record, error) {
	var rec *record
	var decodeErr error
	err := seg.VisitDocument(n, func(name string, _ byte, value []byte, _ []uint64) bool {
		if name == recordField {
			rec, decodeErr = decodeRecord(value)
			return false
		}
		return true
	})
	switch {
	case err != nil:
		return nil, err
	case decodeErr != nil:
		return nil, decodeErr
	case rec == nil:
		return nil, fmt.Errorf("document %d has no record", n)
	}
	return rec, nil
}
