package worker

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"marsa/internal/extract"
)

// prepareArg is the argument of a child that fills the cache of compiled code,
// and prepareTime how long it may take.
const (
	prepareArg  = "prepare"
	prepareTime = 3 * time.Minute
)

// errEngine says that a child could not load the compiled code.
var errEngine = errors.New("compiled code could not be loaded")

// usersCache is where compiled code is kept when nobody says where, or "" where
// the user has no such place.
func usersCache() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "marsa", "code")
}

// engine is what a pool knows of the compiled code that its children load.
// Children only read it. A child of its own puts it there, once in the life of a
// pool and before the first file that needs it, so that what is missing, damaged
// or of another version is compiled anew.
type engine struct {
	mu    sync.Mutex
	cache string        // as configured; "" for none
	state chan struct{} // closed when the code is there or cannot be had; nil before somebody asks
	used  string        // directory with the code; "" when it cannot be had
	temp  string        // directory to be removed at the end
	tries int
	err   error
	stop  context.CancelFunc
	ctx   context.Context
	work  sync.WaitGroup
}

func newEngine(cache string) *engine {
	e := &engine{cache: cache}
	e.ctx, e.stop = context.WithCancel(context.Background())
	return e
}

// serves says whether the code is of use for a request.
func (e *engine) serves(q request, data []byte) bool {
	return !q.Alone && extract.Sniff(q.Name, data) == extract.PDF
}

// ready waits until the code is there, when a request needs it, and returns its
// directory. "" says that it has to be done without.
func (e *engine) ready(ctx context.Context, q request, data []byte) string {
	if !e.serves(q, data) {
		return ""
	}
	select {
	case <-e.start():
	case <-ctx.Done():
	}
	return e.dir()
}

// start begins to prepare, unless that was done, and returns what is closed at
// the end of it.
func (e *engine) start() <-chan struct{} {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.state == nil {
		done := make(chan struct{})
		e.state = done
		e.work.Go(func() {
			used, temp, err := findCode(e.ctx, e.cache)
			e.mu.Lock()
			e.used, e.temp, e.err = used, temp, err
			e.mu.Unlock()
			close(done)
		})
	}
	return e.state
}

// dir is the directory with the code, or "".
func (e *engine) dir() string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.used
}

// lost notes that a child could not load the code: somebody took it away. It is
// prepared once more, and after that there is none.
func (e *engine) lost() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.used = ""
	if e.tries++; e.tries == 1 {
		e.state = nil
	}
}

func (e *engine) close() error {
	e.stop()
	e.work.Wait()
	if e.temp == "" {
		return nil
	}
	return os.RemoveAll(e.temp)
}

// findCode returns a directory with compiled code: the one that is configured
// or, when that cannot be written, a temporary one.
func findCode(ctx context.Context, cache string) (dir, temp string, err error) {
	if cache != "" {
		if cache, err = filepath.Abs(cache); err == nil {
			if err = runPrepare(ctx, cache); err == nil || ctx.Err() != nil {
				return cache, "", err
			}
		}
	}
	temp, tempErr := os.MkdirTemp("", "marsa-code-")
	if tempErr != nil {
		return "", "", errors.Join(err, tempErr)
	}
	if tempErr = runPrepare(ctx, temp); tempErr != nil {
		return "", "", errors.Join(err, tempErr, os.RemoveAll(temp))
	}
	return temp, temp, nil
}

// runPrepare has a child put the code into a directory.
func runPrepare(ctx context.Context, dir string) error {
	exe, err := executable()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, prepareTime)
	defer cancel()
	said := &head{}
	cmd := exec.CommandContext(ctx, exe, arg, prepareArg, dir)
	cmd.Dir = dir
	cmd.Env = []string{}
	cmd.Stderr = said
	cmd.WaitDelay = goodbye
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("prepare compiled code in %s: %w: %s", dir, err, extract.CleanLine(said.String(), 500))
	}
	return nil
}

// prepare is the child that puts the code of all formats into a directory. What
// is there and cannot be loaded is thrown away.
func prepare(table extract.Table, dir string) (code int) {
	for _, x := range table {
		e, ok := x.(extract.Engine)
		if !ok {
			continue
		}
		err := e.Load(dir)
		if err != nil {
			removeCode(dir)
			err = e.Load(dir)
		}
		if err != nil {
			os.Stderr.WriteString(err.Error() + "\n")
			return 1
		}
	}
	return 0
}

// removeCode empties a directory of what wazero put there.
func removeCode(dir string) {
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), "wazero-") {
			_ = os.RemoveAll(filepath.Join(dir, e.Name()))
		}
	}
}

// engine returns the second reader that a request needs, loaded, or nil when it
// needs none. A child that cannot load the code ends, and its parent sees to the
// code.
func (r *reader) engine(q request, data []byte) extract.Engine {
	e, ok := r.table[extract.Sniff(q.Name, data)].(extract.Engine)
	if !ok || r.code == "" || q.Alone {
		return nil
	}
	if err := e.Load(r.code); err != nil {
		os.Stderr.WriteString(err.Error() + "\n")
		os.Exit(exitEngine)
	}
	return e
}
