package pdf

import (
	"bytes"
	"errors"
)

// rebuild will follow; without it a broken cross-reference refuses the file.
func rebuild(data []byte) ([]byte, error) {
	if !bytes.Contains(data, []byte("obj")) {
		return nil, errors.New("there are no objects")
	}
	return nil, errors.New("not rebuilt")
}
