// Package cli is the command line of marsa: one file for each subcommand, and
// the only place where the parts of the program are joined.
package cli

import (
	"context"
	"io"
	"log/slog"
	"os"

	"github.com/spf13/cobra"

	"marsa/internal/config"
	"marsa/internal/extract/all"
	"marsa/internal/extract/worker"
)

// Exit codes of the program.
const (
	exitOK     = 0
	exitFailed = 1 // it could not be done
	exitUsage  = 2 // the command line or the configuration is wrong
	exitSome   = 3 // it was done, but some items failed
)

// app is what all subcommands share.
type app struct {
	out, err io.Writer
	in       io.Reader
	screen   *screen // where err is a terminal
	verbose  bool
	file     string // configuration file, as named
	data     string // data directory, as named
	config   config.Config
	log      *slog.Logger
	items    *slog.Logger // gets a line for each item that is taken in
}

// Run runs the command line args and returns the exit code. As the child
// process of an extraction it does not return.
func Run(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) int {
	worker.Child(all.Table())
	a := &app{in: in, out: out, err: errOut}
	if isTerminal(errOut) {
		a.screen = &screen{w: errOut}
		a.err = a.screen
	}
	root := a.command()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(a.err)
	return a.exit(root.ExecuteContext(ctx))
}

func (a *app) command() *cobra.Command {
	root := &cobra.Command{
		Use:   "marsa",
		Short: "A document library with page-accurate search",
		Long: `Marsa reads publications (PDF, DOCX, PPTX, XLSX, OpenDocument, EPUB, RTF, HTML, Markdown, text), tags them by
country and topic, and finds the page that says what you look for, in English,
French and Arabic at once.

Start with: marsa serve`,
		Example:           "  marsa serve\n  marsa ingest ~/publications\n  marsa search domestic workers --country lb --country jo",
		SilenceErrors:     true,
		SilenceUsage:      true,
		Args:              cobra.NoArgs,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return a.setUp(cmd) },
		RunE:              func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage(err) })
	f := root.PersistentFlags()
	f.StringVar(&a.data, "data-dir", "", "folder of catalog, originals and index (default marsa-data)")
	f.StringVar(&a.file, "config", "", "configuration file (default marsa.yaml, if there is one)")
	f.BoolVar(&a.verbose, "verbose", false, "log more")
	root.AddCommand(
		a.serveCommand(), a.ingestCommand(), a.searchCommand(), a.showCommand(), a.tagCommand(), a.removeCommand(),
		a.extractCommand(), a.statusCommand(), a.sourcesCommand(), a.vocabCommand(), a.reindexCommand(), a.benchCommand(), a.versionCommand(),
	)
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		c.Args = usageArgs(c.Args)
		if c.Name() == "completion" {
			exampleForShells(c)
		}
	}
	return root
}

// exampleForShells shows how the completions that cobra makes are used.
func exampleForShells(c *cobra.Command) {
	c.Example = "  marsa completion bash > /etc/bash_completion.d/marsa"
	for _, shell := range c.Commands() {
		shell.Example = "  marsa completion " + shell.Name() + " > marsa-completion." + shell.Name()
	}
}

// setUp reads the configuration before any subcommand runs.
func (a *app) setUp(cmd *cobra.Command) error {
	c, err := config.Load(a.file, os.Getenv)
	if err != nil {
		return usage(err)
	}
	if a.data != "" {
		c.DataDir = a.data
	}
	a.config = c
	level := slog.LevelWarn // a command says what it did in its report
	if cmd.Name() == "serve" {
		level = slog.LevelInfo
	}
	if a.verbose {
		level = slog.LevelDebug
	}
	a.log = a.newLog(level)
	a.items = a.log
	if level == slog.LevelWarn { // the report says the same
		a.items = slog.New(slog.DiscardHandler)
	}
	return nil
}

// newLog writes text to a terminal and JSON elsewhere.
func (a *app) newLog(level slog.Level) *slog.Logger {
	opts := &slog.HandlerOptions{Level: level}
	if a.screen != nil {
		return slog.New(slog.NewTextHandler(a.err, opts))
	}
	return slog.New(slog.NewJSONHandler(a.err, opts))
}
