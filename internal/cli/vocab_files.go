package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"marsa/corpus/vocab"
	"marsa/internal/skos"
)

func (a *app) vocabImportCommand() *cobra.Command {
	var name string
	var replace bool
	c := &cobra.Command{
		Use:   "import FILE",
		Short: "Take a thesaurus in as a vocabulary of the library's own",
		Long: `Read a thesaurus in SKOS (.ttl or .jsonld) and put it into the folder of the
library's own vocabulary as a YAML file, to be read and edited. A concept with
an address of this library, or that says it is an exact match of one, adds to
the concept that is there; others become topics. Nothing is fetched.`,
		Example: "  marsa vocab import thesaurus.ttl\n  marsa vocab import thesaurus.jsonld --name labour --replace",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if name == "" {
				name = strings.TrimSuffix(filepath.Base(args[0]), filepath.Ext(args[0]))
			}
			return a.vocabImport(args[0], name, replace)
		},
	}
	c.Flags().StringVar(&name, "name", "", "name of the file in the folder (default: that of FILE)")
	c.Flags().BoolVar(&replace, "replace", false, "put it in the place of a file of that name")
	return c
}

func (a *app) vocabImport(path, name string, replace bool) error {
	if name == "" || strings.HasPrefix(name, ".") || strings.ContainsAny(name, `/\\:`) {
		return usagef("%q is no name for a file", name)
	}
	entries, err := readVocabulary(path)
	if err != nil {
		return err
	}
	file := name + ".yaml"
	own, err := readOwnVocabulary(a.config)
	if err != nil {
		return err
	}
	own = slices.DeleteFunc(own, func(o vocab.Own) bool { return replace && o.File == file })
	if slices.ContainsFunc(own, func(o vocab.Own) bool { return o.File == file }) {
		return usagef("%s is there already; replace it with --replace or choose a --name", filepath.Join(a.config.Vocab(), file))
	}
	if _, err := vocab.With(append(own, vocab.Own{File: path, Entries: entries})...); err != nil {
		return fmt.Errorf("%s does not fit; nothing was taken in:\n%w", path, err)
	}
	data, err := vocab.WriteEntries(entries)
	if err != nil {
		return fmt.Errorf("write the vocabulary: %w", err)
	}
	target := filepath.Join(a.config.Vocab(), file)
	if err := writeWhole(target, data); err != nil {
		return fmt.Errorf("write the vocabulary: %w", err)
	}
	fmt.Fprintf(a.out, "%s in %s\nlook for doubts with: marsa vocab check\nserve uses it when it starts next, and tags documents again then\n", counted(len(entries), "concept"), target)
	return nil
}

// writeWhole puts a file in place when all of it is written.
func writeWhole(target string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return err
	}
	part := target + ".part"
	if err := os.WriteFile(part, data, 0o644); err != nil {
		return err
	}
	return os.Rename(part, target)
}

func (a *app) vocabExportCommand() *cobra.Command {
	var format, scheme string
	c := &cobra.Command{
		Use:   "export",
		Short: "Print the vocabulary of the library as SKOS or YAML",
		Long: `Print the vocabulary of the library, its own beside the one that is built in.
Where base_url is configured, concepts have the addresses of their pages.`,
		Example: "  marsa vocab export > vocabulary.ttl\n  marsa vocab export --format jsonld --scheme topic > topics.jsonld",
		Args:    cobra.NoArgs,
		RunE: func(_ *cobra.Command, _ []string) error {
			v, err := openVocabulary(a.config)
			if err != nil {
				return err
			}
			return a.vocabExport(v, format, scheme)
		},
	}
	c.Flags().StringVar(&format, "format", "ttl", "ttl, jsonld or yaml")
	c.Flags().StringVar(&scheme, "scheme", "", "country, topic or kind only")
	return c
}

func (a *app) vocabExport(v *vocab.Vocabulary, format, scheme string) error {
	schemes := []string{vocab.Country, vocab.Topic, vocab.Kind}
	if scheme != "" {
		if !slices.Contains(schemes, scheme) {
			return usagef("there is no scheme %q: write country, topic or kind", scheme)
		}
		schemes = []string{scheme}
	}
	var concepts []*vocab.Concept
	for _, s := range schemes {
		concepts = append(concepts, v.Concepts(s)...)
	}
	switch format {
	case string(skos.Turtle), string(skos.JSONLD):
		return skos.Write(a.out, skos.Format(format), a.config.BaseURL, concepts)
	case "yaml":
		entries := make([]vocab.Entry, 0, len(concepts))
		for _, c := range concepts {
			entries = append(entries, vocab.EntryOf(c))
		}
		data, err := vocab.WriteEntries(entries)
		if err != nil {
			return err
		}
		_, err = a.out.Write(data)
		return err
	}
	return usagef("there is no format %q: write ttl, jsonld or yaml", format)
}
