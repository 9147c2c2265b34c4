package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"marsa/corpus"
	"marsa/internal/extract"
	"marsa/internal/extract/libreoffice"
	"marsa/internal/extract/worker"
	"marsa/internal/lang"
)

func (a *app) extractCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "extract FILE",
		Short: "Print the text of a file, page by page, as ingest would see it",
		Example: "  marsa extract study.pdf\n" +
			"  marsa extract study.pdf --json",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			data, err := readFile(args[0])
			if err != nil {
				return err
			}
			pool := worker.New(worker.Config{Workers: 1, CacheDir: a.codeDir()})
			defer pool.Close()
			content, err := libreoffice.New(pool).Extract(cmd.Context(), filepath.Base(args[0]), data)
			if err != nil {
				return fmt.Errorf("extract %s: %w", args[0], err)
			}
			if asJSON {
				return writeJSON(a.out, extractJSON(content))
			}
			printContent(a.out, content)
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

// codeDir is where compiled code is kept for a command that needs no library:
// with the library where there is one, else with the user.
func (a *app) codeDir() string {
	if _, err := os.Stat(a.config.DataDir); err != nil && a.config.CacheDir == "" {
		return ""
	}
	return filepath.Join(a.config.Cache(), "code")
}

// readFile reads a file that is not over the limit.
func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, extract.MaxFile+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	if len(data) > extract.MaxFile {
		return nil, fmt.Errorf("read %s: over %d MiB: %w", path, extract.MaxFile>>20, corpus.ErrTooLarge)
	}
	return data, nil
}

type extractedJSON struct {
	Title     string              `json:"title"`
	MediaType string              `json:"mediaType"`
	Status    corpus.State        `json:"status"`
	Pages     []extractedPageJSON `json:"pages"`
	Warnings  []string            `json:"warnings"`
}

type extractedPageJSON struct {
	Number   int          `json:"number"`
	Label    string       `json:"label"`
	Language corpus.Lang  `json:"language"`
	Quality  corpus.State `json:"quality"`
	Text     string       `json:"text"`
}

func extractJSON(c *extract.Content) extractedJSON {
	j := extractedJSON{Title: c.Title, MediaType: c.MediaType, Status: c.State,
		Pages: []extractedPageJSON{}, Warnings: append([]string{}, c.Warnings...)}
	for _, p := range c.Pages {
		j.Pages = append(j.Pages, extractedPageJSON{p.Number, p.Label, lang.Detect(p.Text), p.Quality.State, p.Text})
	}
	return j
}

func printContent(w io.Writer, c *extract.Content) {
	if c.Title != "" {
		fmt.Fprintf(w, "%s\n\n", c.Title)
	}
	for _, p := range c.Pages {
		fmt.Fprintf(w, "--- page %d%s\n%s\n", p.Number, labelled(p.Label), p.Text)
	}
	for _, s := range c.Warnings {
		fmt.Fprintf(w, "warning: %s\n", s)
	}
}

// labelled writes the label of a page in brackets, where it has one.
func labelled(label string) string {
	if label == "" {
		return ""
	}
	return " (" + label + ")"
}

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
