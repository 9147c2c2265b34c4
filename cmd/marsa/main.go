// Command marsa is a document library with page-accurate full-text search. This
// file only joins the process to internal/cli: signals, streams, exit code.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"marsa/internal/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := cli.Run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
