package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"marsa/corpus"
	"marsa/internal/tagger"
)

// taggedWith is the file in the data directory that says with which vocabulary and
// by which rules its documents are tagged. Its version is the number at its
// beginning:
//
//	1  the fingerprint of the vocabulary
//	2  and the version of the rules
const taggedWith = "vocabulary.txt"

// retag tags all documents again when the vocabulary or the rules are others than
// those they were tagged with.
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
		l.log.Info("the vocabulary or the rules have changed: all documents are tagged again", "documents", stats.Documents)
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

func taggedLine(h corpus.Hash) string { return fmt.Sprintf("2 %s %d\n", h, tagger.Version) }
