package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"marsa/corpus"
	"marsa/internal/control"
)

// errNoSpace says that the disk is full.
var errNoSpace = syscall.ENOSPC

// ownerWait is how long a command waits for an owner that is just starting or
// stopping.
const ownerWait = 5 * time.Second

// open returns the library of the data directory, which must exist: through its
// owner when another process has it open, else open in this one.
func (a *app) open(ctx context.Context) (library, error) {
	if err := a.config.Validate(); err != nil {
		return nil, usage(err)
	}
	if _, err := os.Stat(filepath.Join(a.config.DataDir, "catalog.db")); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no library in %s; make one with: marsa ingest: %w", a.config.DataDir, corpus.ErrNotFound)
	}
	return a.openOrCreate(ctx)
}

// openOrCreate is open for commands that may begin a library.
func (a *app) openOrCreate(ctx context.Context) (library, error) {
	if err := a.config.Validate(); err != nil {
		return nil, usage(err)
	}
	for end := time.Now().Add(ownerWait); ; {
		client, ok, err := control.Dial(ctx, a.config.DataDir)
		if err == nil && ok {
			return &remote{client}, nil
		}
		if err == nil {
			var l *owned
			if l, err = a.own(ctx); err == nil {
				return a.repaired(ctx, l)
			}
		}
		if !errors.Is(err, control.ErrOwned) || time.Now().After(end) {
			return nil, err
		}
		if err := pause(ctx); err != nil {
			return nil, err
		}
	}
}

func (a *app) repaired(ctx context.Context, l *owned) (library, error) {
	if err := l.Repair(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("repair the index: %w", err), l.Close())
	}
	return l, nil
}

// pause waits a moment before another look at who owns the data directory.
func pause(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(50 * time.Millisecond):
		return nil
	}
}

// owned is a local library that this process owns; it answers other commands
// over the socket in the data directory until it is closed.
type owned struct {
	*local
	owner   *control.Owner
	stop    context.CancelFunc
	serving sync.WaitGroup
}

// own takes the data directory, or fails with control.ErrOwned.
func (a *app) own(ctx context.Context) (*owned, error) {
	owner, err := control.Own(a.config.DataDir)
	if err != nil {
		return nil, err
	}
	l, err := openLocal(a.config, a.log, a.items)
	if err != nil {
		return nil, errors.Join(err, owner.Close())
	}
	o := &owned{local: l, owner: owner}
	ctx, o.stop = context.WithCancel(context.WithoutCancel(ctx))
	o.serving.Go(func() {
		if err := owner.Serve(ctx, serveLibrary(l), stopTimeout); err != nil {
			a.log.Error("answer other commands", "error", err)
		}
	})
	return o, nil
}

// ownSoon is own for a command that cannot do with a remote library: it waits a
// little for another one that is just ending.
func (a *app) ownSoon(ctx context.Context) (*owned, error) {
	for end := time.Now().Add(ownerWait); ; {
		l, err := a.own(ctx)
		if !errors.Is(err, control.ErrOwned) || time.Now().After(end) {
			return l, err
		}
		if err := pause(ctx); err != nil {
			return nil, err
		}
	}
}

// Close lets commands that are being answered finish, then closes everything.
func (o *owned) Close() error {
	o.stop()
	o.serving.Wait()
	return errors.Join(o.local.Close(), o.owner.Close())
}
