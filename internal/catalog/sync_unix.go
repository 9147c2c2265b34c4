//go:build unix

package catalog

import (
	"errors"
	"os"
)

// syncFolder makes a rename in the folder last through a power cut.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
