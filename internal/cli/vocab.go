package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"marsa/corpus/vocab"
	"marsa/internal/config"
	"marsa/internal/skos"
)

func (a *app) vocabCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "vocab",
		Short: "Check, take in and give out the vocabulary: countries, topics and kinds",
		Long: `The vocabulary is what documents are tagged with and what searches know the names
of. A library may have its own beside the one that is built in: YAML files in
the folder vocab of the data directory. They are read when marsa starts;
documents are then tagged again.`,
		Example: "  marsa vocab check\n  marsa vocab import thesaurus.ttl\n  marsa vocab export --format ttl > vocabulary.ttl",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	c.AddCommand(a.vocabCheckCommand(), a.vocabImportCommand(), a.vocabExportCommand())
	for _, sub := range c.Commands() {
		sub.Args = usageArgs(sub.Args)
	}
	return c
}

func (a *app) vocabCheckCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "check [FILE]",
		Short: "Say what is wrong or doubtful in the vocabulary",
		Long: `Say what is wrong or doubtful in the vocabulary of the library, or in a file (.yaml,
.ttl or .jsonld) as it would stand beside the one that is built in. Wrong are
entries that stand twice, circles, links to nothing, and what is no label or
language. Doubtful are missing languages and labels that mean several things.

The exit code is 0 when all is well, 3 when something is doubtful and 2 when
something is wrong.`,
		Example: "  marsa vocab check\n  marsa vocab check mine.yaml",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				own, err := readOwnVocabulary(a.config)
				return a.vocabCheck(own, err)
			}
			entries, err := readVocabulary(args[0])
			return a.vocabCheck([]vocab.Own{{File: args[0], Entries: entries}}, err)
		},
	}
}

// vocabCheck prints a line for everything that is wrong or doubtful; err is what
// was wrong in reading.
func (a *app) vocabCheck(own []vocab.Own, err error) error {
	doubts, loadErr := vocab.Check(own...)
	if err = errors.Join(err, loadErr); err != nil {
		return fmt.Errorf("the vocabulary cannot be used:\n%w", err)
	}
	for _, d := range doubts {
		fmt.Fprintln(a.out, d.Text)
	}
	if len(doubts) > 0 {
		return fmt.Errorf("%w: %s", errSomeFailed, counted(len(doubts), "doubt"))
	}
	fmt.Fprintln(a.out, "the vocabulary is in order")
	return nil
}

// readOwnVocabulary reads the library's own vocabulary, which need not be there.
func readOwnVocabulary(c config.Config) ([]vocab.Own, error) {
	return vocab.ReadOwn(os.DirFS(c.Vocab()))
}

// openVocabulary is the vocabulary that is built in with the library's own.
func openVocabulary(c config.Config) (*vocab.Vocabulary, error) {
	own, err := readOwnVocabulary(c)
	if err == nil {
		var v *vocab.Vocabulary
		if v, err = vocab.With(own...); err == nil {
			return v, nil
		}
	}
	return nil, fmt.Errorf("read the vocabulary in %s (see it whole with: marsa vocab check):\n%w", c.Vocab(), err)
}

// readVocabulary reads the entries of a file, each with its line.
func readVocabulary(path string) ([]vocab.Entry, error) {
	data, err := readFile(path)
	if err != nil {
		return nil, err
	}
	if isYAML(path) {
		return vocab.ReadEntries(path, data)
	}
	f, err := skos.FormatOf(path)
	if err != nil {
		return nil, usage(err)
	}
	entries, err := skos.Read(f, data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return entries, nil
}

func isYAML(path string) bool {
	ext := strings.ToLower(filepath.Ext(path))
	return ext == ".yaml" || ext == ".yml"
}
