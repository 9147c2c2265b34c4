package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"marsa/web"
)

// errAddressInUse says that another program listens at the address.
var errAddressInUse = errors.New("address is in use")

// Time limits of the server. A page takes milliseconds; originals may be large
// and lines slow, so writing has the longest.
const (
	headerTimeout = 10 * time.Second
	readTimeout   = 30 * time.Second
	writeTimeout  = 10 * time.Minute
	idleTimeout   = 2 * time.Minute
	stopTimeout   = 10 * time.Second
	maxHeader     = 64 << 10
)

func (a *app) serveCommand() *cobra.Command {
	var address, base string
	var noStarter bool
	c := &cobra.Command{
		Use:   "serve",
		Short: "Start the library in the browser",
		Long: `Start the library: pages in English, French and Arabic, and a JSON API. It
answers at once. An empty library takes the starter collection in meanwhile.`,
		Example: "  marsa serve\n  marsa serve --address 0.0.0.0:80 --base-url https://library.example.org --data-dir /srv/marsa",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if address != "" {
				a.config.Address = address
			}
			if base != "" {
				a.config.BaseURL = base
			}
			return a.serve(cmd.Context(), !noStarter)
		},
	}
	c.Flags().StringVar(&address, "address", "", "host:port to listen on (default 127.0.0.1:8080: this machine only)")
	c.Flags().StringVar(&base, "base-url", "", "public address, when a proxy stands before the server")
	c.Flags().BoolVar(&noStarter, "no-starter", false, "do not take the starter collection into an empty library")
	return c
}

// serve answers until ctx ends, then lets running requests finish.
func (a *app) serve(ctx context.Context, starter bool) error {
	if err := a.config.Validate(); err != nil {
		return usage(err)
	}
	listener, err := listen(ctx, a.config.Address)
	if err != nil {
		return err
	}
	defer listener.Close()
	l, err := a.ownSoon(ctx)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	var background sync.WaitGroup
	defer func() { // the library closes when nothing uses it any more
		stop()
		background.Wait()
		if err := l.Close(); err != nil {
			a.log.Error("close the library", "error", err)
		}
	}()

	var ready atomic.Bool
	handler, err := web.New(web.Config{
		Search: l, Library: l.catalog, Vocabulary: l.vocab, Pictures: l.pictures, Progress: l.webProgress,
		Log: a.log, Version: version(), BaseURL: a.config.BaseURL, Ready: ready.Load,
		AdminToken: a.config.AdminToken, Judge: l.judgeTag,
	})
	if err != nil {
		return fmt.Errorf("start the pages: %w", err)
	}
	if starter, err = l.wantsStarter(starter); err != nil {
		return fmt.Errorf("look into the library: %w", err)
	}
	if starter {
		l.running.begin() // so that the pages show from the first that documents are coming
	}
	background.Go(func() {
		a.fill(ctx, l, starter, &ready)
		if starter {
			l.running.end()
		}
	})
	fmt.Fprintf(a.err, "marsa is at http://%s/ (Ctrl-C stops it)\n", listener.Addr())
	return a.answer(ctx, listener, handler)
}

// fill repairs the index and takes the starter collection in.
func (a *app) fill(ctx context.Context, l *owned, starter bool, ready *atomic.Bool) {
	if err := l.Repair(ctx); err != nil && ctx.Err() == nil {
		a.log.Error("repair the index", "error", err)
	}
	ready.Store(true)
	if err := l.retag(ctx); err != nil && ctx.Err() == nil {
		a.log.Error("tag the documents again", "error", err)
	}
	if !starter {
		return
	}
	show, done := a.progress()
	report, err := l.Ingest(ctx, ingestRequest{}, watch{onProgress: show})
	done()
	switch {
	case ctx.Err() != nil:
	case err != nil:
		a.log.Error("take in the starter collection", "error", err)
	case !report.NothingToDo():
		a.log.Info("took in the starter collection", "documents", len(report.Items), "pages", report.Pages,
			"failed", report.Failed(), "seconds", report.Seconds)
	}
}

// wantsStarter says whether the starter collection is to be taken in, when it is
// allowed: into an empty library, and where it is already, for its newer
// version.
func (l *local) wantsStarter(allowed bool) (bool, error) {
	if !allowed {
		return false, nil
	}
	stats, err := l.catalog.Stats()
	if err != nil {
		return false, err
	}
	if stats.Documents == 0 {
		return true, nil
	}
	places, err := l.catalog.OriginsUnder(starterScheme + ":")
	return len(places) > 0, err
}

func (l *local) webProgress() web.Progress {
	p, running := l.running.now()
	return web.Progress{Running: running, Done: p.FilesDone, Total: p.Files, Failed: p.Failed, Source: p.Current}
}

func listen(ctx context.Context, address string) (net.Listener, error) {
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", address)
	if isAddressInUse(err) {
		return nil, fmt.Errorf("listen on %s: %w", address, errAddressInUse)
	}
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", address, err)
	}
	return l, nil
}

func isAddressInUse(err error) bool {
	return errors.Is(err, syscall.EADDRINUSE) || err != nil && strings.Contains(err.Error(), "Only one usage of each socket address")
}

// answer serves handler until ctx ends, then lets running requests finish.
func (a *app) answer(ctx context.Context, l net.Listener, handler http.Handler) error {
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeader,
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	fmt.Fprintln(a.err, "stopping")
	late, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer cancel()
	if err := server.Shutdown(late); err != nil {
		return errors.Join(fmt.Errorf("stop: %w", err), server.Close())
	}
	return nil
}
