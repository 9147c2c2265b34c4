package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"marsa/corpus"
)

// taggedWith is the file in the data directory that says with which vocabulary its
// documents are tagged. Its version is the 1 at its beginning:
//
//	1  the fingerprint of the vocabulary
const taggedWith = "vocabulary.txt"

// retag tags all documents again when the vocabulary is another than the one they
// were tagged with.
func (l *local) retag(ctx context.Context) error {
	l.retagging.Lock() // the server and a command may both be about to
	defer l.retagging.Unlock()
	path := filepath.Join(l.dir, taggedWith)
	now := taggedLine(l.vocab.Fingerprint())
	if was, err := os.ReadFile(path); err == nil && string(was) == now {
		return nil
	}
	stats, err := l.catalog.Stats()
	if err != nil {
		return err
	}
	if stats.Documents > 0 {
		l.log.Info("the vocabulary has changed: all documents are tagged again", "documents", stats.Documents)
		changed, err := l.pipeline.Retag(ctx)
		if err != nil {
			return err
		}
		l.log.Info("tagged again", "changed", changed)
	}
	if err := writeWhole(path, []byte(now)); err != nil {
		return fmt.Errorf("note the vocabulary: %w", err)
	}
	return nil
}

func taggedLine(h corpus.Hash) string { return fmt.Sprintf("1 %s\n", h) }
