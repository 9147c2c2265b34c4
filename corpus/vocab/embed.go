package vocab

import (
	"embed"
	"fmt"
	"io/fs"
)

//go:embed data/*.tsv
var data embed.FS

// Default returns the vocabulary that is built in.
func Default() (*Vocabulary, error) {
	sub, err := fs.Sub(data, "data")
	if err != nil {
		return nil, fmt.Errorf("open built-in vocabulary: %w", err)
	}
	return Load(sub)
}
