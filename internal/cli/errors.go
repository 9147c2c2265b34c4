package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"marsa/corpus"
	"marsa/internal/control"
)

// usageError is a mistake in the command line or the configuration.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

func usage(err error) error {
	if err == nil {
		return nil
	}
	return usageError{err}
}

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

func usageArgs(check cobra.PositionalArgs) cobra.PositionalArgs {
	if check == nil {
		return nil
	}
	return func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return usagef("%s: %w; the form is: %s", cmd.CommandPath(), err, cmd.UseLine())
		}
		return nil
	}
}

// errSomeFailed ends a command that did its work except for some items, which
// its report names.
var errSomeFailed = errors.New("some items failed")

// exit prints the message for an error and returns the exit code: the one map
// from errors to what the person at the terminal sees.
func (a *app) exit(err error) int {
	var wrong usageError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errSomeFailed):
		return exitSome
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(a.err, "marsa: stopped; what was reported done is kept")
		return exitFailed
	case errors.As(err, &wrong), isUnknownCommand(err):
		fmt.Fprintf(a.err, "marsa: %v\n  see: marsa help\n", err)
		return exitUsage
	}
	fmt.Fprintf(a.err, "marsa: %v\n", err)
	if hint := hint(err); hint != "" {
		fmt.Fprintf(a.err, "  %s\n", hint)
	}
	if errors.Is(err, corpus.ErrInvalid) || errors.Is(err, corpus.ErrTooLarge) {
		return exitUsage
	}
	return exitFailed
}

// isUnknownCommand recognises the one error of cobra that has no type.
func isUnknownCommand(err error) bool { return strings.HasPrefix(err.Error(), "unknown command") }

// hint says what to do about an error whose text does not.
func hint(err error) string {
	switch {
	case errors.Is(err, control.ErrOwned):
		return "stop it, wait for it, or choose another folder with --data-dir"
	case errors.Is(err, errAddressInUse):
		return "another program listens there; choose another port with --address 127.0.0.1:8081"
	case errors.Is(err, errNoSpace):
		return "free some space and run the same command again; nothing that was reported done is lost"
	case errors.Is(err, os.ErrPermission):
		return "check who owns the folder, or choose another with --data-dir"
	}
	return ""
}
