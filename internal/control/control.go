// Package control sees to it that one process at a time owns a data directory,
// and lets the others talk to it. The owner holds a lock that ends with its
// process, however that ends, and answers HTTP on a local socket. It knows
// nothing of what is asked and answered there.
//
// In the data directory it uses
//
//	lock         held by the owner; its content means nothing
//	marsa.sock   the owner's socket, while it serves
//	socket       the path of the socket where it lies elsewhere
package control

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"marsa/corpus"
)

// ErrOwned says that another process owns the data directory.
var ErrOwned = errors.New("another marsa is using the data directory")

// maxSocketPath is what every platform takes as the path of a socket.
const maxSocketPath = 100

// Owner owns a data directory.
type Owner struct {
	dir  string
	lock *os.File

	mu       sync.Mutex
	released bool
}

// Own makes this process the owner of dir, which it makes when it is not there.
// It fails with ErrOwned, or with corpus.ErrUnavailable when the directory
// cannot be used; the message says what to do.
func Own(dir string) (*Owner, error) {
	if err := makeFolder(dir); err != nil {
		return nil, fmt.Errorf("use data directory %s: %w", dir, explain(err))
	}
	f, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("use data directory %s: %w", dir, explain(err))
	}
	if err := takeLock(f); err != nil {
		f.Close()
		if !errors.Is(err, ErrOwned) {
			err = explain(err)
		}
		return nil, fmt.Errorf("use data directory %s: %w", dir, err)
	}
	return &Owner{dir: dir, lock: f}, nil
}

// takeLock takes the lock. It tries for a moment, since a command that looks for
// an owner has the lock for the time of the look.
func takeLock(f *os.File) error {
	for tries := 10; ; tries-- {
		err := lockFile(f)
		if !errors.Is(err, ErrOwned) || tries == 0 {
			return err
		}
		time.Sleep(startStep)
	}
}

// makeFolder makes the directory for its owner's eyes only; one that is there
// keeps its mode.
func makeFolder(dir string) error {
	info, err := os.Stat(dir)
	switch {
	case err == nil && !info.IsDir():
		return fmt.Errorf("it is a file: choose another with --data-dir: %w", corpus.ErrUnavailable)
	case err == nil:
		return nil
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	return os.MkdirAll(dir, 0o700)
}

// explain says what to do about an error of the disk.
func explain(err error) error {
	say := func(what string) error { return fmt.Errorf("%s: %w: %w", what, corpus.ErrUnavailable, err) }
	switch {
	case errors.Is(err, corpus.ErrUnavailable):
		return err
	case errors.Is(err, syscall.EROFS):
		return say("the disk is read-only: choose another with --data-dir")
	case errors.Is(err, fs.ErrPermission):
		return say("no right to write there: change its owner or mode, or choose another with --data-dir")
	case errors.Is(err, syscall.ENOSPC):
		return say("the disk is full: free some space")
	}
	return err
}

// Close gives the data directory up.
func (o *Owner) Close() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.released {
		return nil
	}
	o.released = true
	return o.lock.Close() // the lock goes with it
}

// Serve answers h on the owner's socket until ctx is done. Requests in progress
// then have half of grace to end by themselves; after it their context is
// cancelled, and they have the other half to say what they did. When Serve
// returns, no handler runs any more.
func (o *Owner) Serve(ctx context.Context, h http.Handler, grace time.Duration) error {
	listener, err := o.listen()
	if err != nil {
		return fmt.Errorf("listen for other commands: %w", err)
	}
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	handlers := &gate{next: h}
	server := &http.Server{Handler: handlers, ReadHeaderTimeout: 10 * time.Second,
		BaseContext: func(net.Listener) context.Context { return work }}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err = <-failed:
		err = fmt.Errorf("answer other commands: %w", err)
	case <-ctx.Done():
		shutdown(server, grace/2)
	}
	cancel()
	shutdown(server, grace/2)
	err = errors.Join(err, server.Close())
	handlers.shut() // what they use is closed next
	return errors.Join(err, o.clear())
}

// shutdown lets requests in progress end, for up to a time. That some are left
// is for the caller to settle.
func shutdown(server *http.Server, most time.Duration) {
	end, cancel := context.WithTimeout(context.Background(), most)
	defer cancel()
	server.Shutdown(end)
}

// gate is a handler that can be shut for good: a server that is closed leaves its
// handlers running, and may start one more.
type gate struct {
	next http.Handler
	mu   sync.RWMutex // held for reading by each handler
	down bool
}

func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	g.mu.RLock()
	defer g.mu.RUnlock()
	if !g.down {
		g.next.ServeHTTP(w, r)
	}
}

// shut returns when no handler runs any more.
func (g *gate) shut() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.down = true
}

// listen opens the socket for this user only. Whatever stands in its place was
// left by an owner that crashed, since this process holds the lock.
func (o *Owner) listen() (net.Listener, error) {
	path, elsewhere, err := socketPath(o.dir)
	if err != nil {
		return nil, err
	}
	if elsewhere {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return nil, explain(err)
		}
		if err := private(filepath.Dir(path)); err != nil {
			return nil, err
		}
	}
	if err := removeIfThere(path); err != nil {
		return nil, explain(err)
	}
	listener, err := listenPrivately(path)
	if err != nil {
		return nil, explain(err)
	}
	if !elsewhere {
		return listener, nil
	}
	if err := writeFile(filepath.Join(o.dir, "socket"), path); err != nil {
		return nil, errors.Join(explain(err), listener.Close())
	}
	return listener, nil
}

func (o *Owner) clear() error {
	path, _, err := socketPath(o.dir)
	if err != nil {
		return err
	}
	return errors.Join(removeIfThere(path), removeIfThere(filepath.Join(o.dir, "socket")))
}

func removeIfThere(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// writeFile writes a small file so that readers see the former or the new one.
func writeFile(path, content string) error {
	if err := os.WriteFile(path+".new", []byte(content), 0o600); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

// socketPath returns where the owner of dir listens: in it, or, where the path
// would be too long for a socket, in a folder of the user's own among the
// temporary files.
func socketPath(dir string) (path string, elsewhere bool, err error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", false, err
	}
	if path = filepath.Join(abs, "marsa.sock"); len(path) <= maxSocketPath {
		return path, false, nil
	}
	name := fmt.Sprintf("marsa-%d", os.Getuid())
	return filepath.Join(os.TempDir(), name, string(corpus.HashOf([]byte(abs)))[:16]+".sock"), true, nil
}

// private checks that nobody else can put a socket into a folder.
func private(dir string) error {
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	if !info.IsDir() || !ownedByMe(info) {
		return fmt.Errorf("%s belongs to somebody else: delete it, or choose a shorter --data-dir: %w", dir, corpus.ErrUnavailable)
	}
	return nil
}

// How long a command waits for an owner that has the lock and does not answer
// yet, and how often it looks.
const (
	startTime = 2 * time.Second
	startStep = 20 * time.Millisecond
)

// Dial looks for the owner of dir. Without one, ok is false and the caller may
// own dir itself. With one, the client's requests go to it, whatever host their
// address names: http://marsa/… An owner that is just starting is waited for,
// up to two seconds; then Dial fails with ErrOwned.
func Dial(ctx context.Context, dir string) (client *http.Client, ok bool, err error) {
	deadline := time.Now().Add(startTime)
	for {
		if client, ok := reach(ctx, dir); ok {
			return client, true, nil
		}
		owned, err := isOwned(dir)
		if err != nil || !owned {
			return nil, false, err
		}
		if time.Now().After(deadline) {
			return nil, true, fmt.Errorf("%w, and does not answer: wait for it or stop it (%s)", ErrOwned, dir)
		}
		select {
		case <-ctx.Done():
			return nil, true, ctx.Err()
		case <-time.After(startStep):
		}
	}
}

// isOwned says whether a process has the lock.
func isOwned(dir string) (bool, error) {
	f, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_RDWR, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("look for the owner of %s: %w", dir, explain(err))
	}
	defer f.Close()
	switch err := lockFile(f); {
	case errors.Is(err, ErrOwned):
		return true, nil
	case err != nil:
		return false, fmt.Errorf("look for the owner of %s: %w", dir, err)
	}
	return false, nil
}

// reach connects to the owner's socket, once.
func reach(ctx context.Context, dir string) (*http.Client, bool) {
	path, err := knownSocket(dir)
	if err != nil {
		return nil, false
	}
	dial := func(ctx context.Context) (net.Conn, error) { return (&net.Dialer{}).DialContext(ctx, "unix", path) }
	try, cancel := context.WithTimeout(ctx, startTime)
	defer cancel()
	conn, err := dial(try)
	if err != nil {
		return nil, false
	}
	conn.Close()
	return &http.Client{Transport: &http.Transport{
		Proxy:       nil,
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) { return dial(ctx) },
	}}, true
}

// knownSocket returns the path of the socket of the owner of dir.
func knownSocket(dir string) (string, error) {
	path, elsewhere, err := socketPath(dir)
	if err != nil || !elsewhere {
		return path, err
	}
	// The owner says where it listens, since it may have other temporary files
	// than this process has.
	content, err := os.ReadFile(filepath.Join(dir, "socket"))
	if err != nil {
		return "", err
	}
	return strings.TrimSpace(string(content)), nil
}
