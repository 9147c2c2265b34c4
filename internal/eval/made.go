package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// write writes the publications of a shelf into a folder, each as a Markdown file
// with a section a page, to be taken in by the program itself.
func (s *shelf) write(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, e := range s.entries {
		var b strings.Builder
		fmt.Fprintf(&b, "# %s\n\n", e.Title)
		for _, p := range e.Pages {
			fmt.Fprintf(&b, "## %d\n\n%s\n\n", p.Number, p.Text)
		}
		if err := os.WriteFile(filepath.Join(dir, string(e.ID)+".md"), []byte(b.String()), 0o644); err != nil {
			return err
		}
	}
	return nil
}
