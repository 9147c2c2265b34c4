package worker

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"time"

	"marsa/corpus"
	"marsa/internal/extract"
)

// goodbye is how long a child may take to end after its input did.
const goodbye = 2 * time.Second

// child is a running reader, as its parent sees it.
type child struct {
	cmd    *exec.Cmd
	code   string // directory of compiled code
	dir    string
	in     io.WriteCloser
	frames chan frame    // closed when the child's output ends
	quit   chan struct{} // closed when nobody takes frames any more
	broken error         // why its output ended; read after frames is closed
	stderr *head
	served int
	bad    bool
	exit   error // of the process, after stop
	once   sync.Once
}

func startChild(c Config, code string) (*child, error) {
	exe, err := executable()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "marsa-reader-")
	if err != nil {
		return nil, err
	}
	l := limits{memory: c.Memory, cpu: 2 * c.FileTime, files: c.FilesPerLife, code: code}
	k := &child{
		cmd: exec.Command(exe, l.args()...), dir: dir, code: code,
		frames: make(chan frame), quit: make(chan struct{}), stderr: &head{},
	}
	k.cmd.Dir = dir
	k.cmd.Env = []string{} // nil would be the parent's
	k.cmd.Stderr = k.stderr
	k.cmd.SysProcAttr = attributes()
	k.cmd.WaitDelay = goodbye
	out, err := k.start()
	if err != nil {
		return nil, errors.Join(err, os.Remove(dir))
	}
	// Where a directory in use can be removed, nothing is left behind even when
	// the parent is killed; stop removes it elsewhere.
	_ = os.Remove(dir)
	go k.read(out)
	return k, nil
}

func (k *child) start() (io.Reader, error) {
	in, err := k.cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := k.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	k.in = in
	return out, k.cmd.Start()
}

// executable is the binary that is running, even when its file was replaced
// since.
func executable() (string, error) {
	if runtime.GOOS == "linux" {
		if _, err := os.Stat("/proc/self/exe"); err == nil {
			return "/proc/self/exe", nil
		}
	}
	return os.Executable()
}

// read passes the child's frames on until its output ends or nobody wants them.
func (k *child) read(out io.Reader) {
	defer close(k.frames)
	r := bufio.NewReaderSize(out, 1<<16)
	for {
		f, err := readFrame(r, maxFrame)
		if err != nil {
			k.broken = err
			return
		}
		select {
		case k.frames <- f:
		case <-k.quit:
			k.broken = errGone
			return
		}
	}
}

// ask has the child do what is wanted with a file. The answer is never nil; with
// an error it holds the pages that came before it. After a fault the child is
// stopped.
func (k *child) ask(ctx context.Context, c Config, q request, data []byte) (*answer, error) {
	k.served++
	written := make(chan struct{})
	go func() {
		defer close(written)
		k.request(q, data) // an error shows as the end of the output
	}()
	got := &answer{Content: extract.Content{State: corpus.Complete}}
	file := time.NewTimer(c.FileTime)
	defer file.Stop()
	if q.Draw != nil {
		c.PageTime = max(c.PageTime, extract.PictureTime)
	}
	page := time.NewTimer(c.PageTime)
	defer page.Stop()
	err := k.collect(got, &timers{ctx, page, file, c})
	var fromChild *childError
	if err != nil && !(errors.As(err, &fromChild) && !errors.Is(err, extract.ErrCrashed)) {
		k.bad = true
		err = k.fault(err)
	}
	<-written
	return got, err
}

func (k *child) request(q request, data []byte) {
	if len(q.Name) > maxName {
		q.Name = q.Name[len(q.Name)-maxName:] // the ending matters
	}
	n := uint32(k.served)
	if err := writeJSON(k.in, kindRequest, n, q); err == nil {
		_ = writeFrame(k.in, frame{kindFile, n, data})
	}
}

// collect reads the answer into c until its end or error frame.
func (k *child) collect(c *answer, t *timers) error {
	size := 0
	for {
		f, err := t.next(k.frames)
		if errors.Is(err, errGone) && errors.Is(k.broken, errFrame) {
			return k.broken
		}
		if err != nil {
			return err
		}
		if f.request != uint32(k.served) {
			return fmt.Errorf("answer to another request: %w", errFrame)
		}
		if size += len(f.data); size > maxContent {
			return fmt.Errorf("more than %d bytes were read from it: %w", maxContent, extract.ErrTooLarge)
		}
		over, err := accept(c, f)
		if over || err != nil {
			return err
		}
	}
}

// fault stops the child and says what happened to it.
func (k *child) fault(err error) error {
	k.stop()
	f := &Fault{Err: err, Exit: "exit status 0", Stderr: k.stderr.String()}
	var e *exec.ExitError
	if k.exit != nil {
		f.Exit = k.exit.Error()
	}
	switch {
	case errors.Is(err, errFrame):
		f.Err = fmt.Errorf("%w: %w", extract.ErrCrashed, err)
	case !errors.Is(err, errGone):
		// a limit of the parent, a cancelled context, or a panic that the child reported
	case errors.As(k.exit, &e) && e.ExitCode() == exitMemory, strings.Contains(f.Stderr, "out of memory"), strings.Contains(f.Stderr, "cannot allocate memory"):
		f.Err = extract.ErrMemory
	case errors.As(k.exit, &e) && e.ExitCode() == exitEngine:
		f.Err = fmt.Errorf("%w: %w", errEngine, extract.ErrCrashed)
	case errors.As(k.exit, &e) && e.ExitCode() == exitCPU:
		f.Err = fmt.Errorf("processor time is used up: %w", extract.ErrTimeout)
	default:
		f.Err = fmt.Errorf("%w (%s)", extract.ErrCrashed, f.Exit)
	}
	return f
}

func (k *child) spent(c Config) bool { return k.bad || k.served >= c.FilesPerLife }

// stop ends the child and waits for it: politely, or at once after a fault.
func (k *child) stop() {
	k.once.Do(func() {
		close(k.quit)
		if k.bad { // one that ended by itself keeps its exit code
			_ = k.cmd.Process.Kill()
		}
		_ = k.in.Close()
		polite := time.AfterFunc(goodbye, func() { _ = k.cmd.Process.Kill() })
		for range k.frames { // until the output ends, which Wait must not overtake
		}
		k.exit = k.cmd.Wait()
		polite.Stop()
		if err := os.Remove(k.dir); err != nil && !errors.Is(err, os.ErrNotExist) {
			k.stderr.Write([]byte("\n" + err.Error()))
		}
	})
}

// timers hold a child to its limits of time.
type timers struct {
	ctx    context.Context
	page   *time.Timer
	file   *time.Timer
	config Config
}

var errGone = errors.New("reader ended")

func (t *timers) next(frames <-chan frame) (frame, error) {
	t.page.Reset(t.config.PageTime)
	select {
	case f, ok := <-frames:
		if !ok {
			return frame{}, errGone
		}
		return f, nil
	case <-t.page.C:
		return frame{}, fmt.Errorf("no page within %v: %w", t.config.PageTime, extract.ErrTimeout)
	case <-t.file.C:
		return frame{}, fmt.Errorf("not read within %v: %w", t.config.FileTime, extract.ErrTimeout)
	case <-t.ctx.Done():
		return frame{}, t.ctx.Err()
	}
}

// head keeps the first bytes that are written to it.
type head struct {
	mu   sync.Mutex
	kept []byte
}

const maxHead = 8 << 10

func (h *head) Write(p []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.kept = append(h.kept, p[:min(len(p), maxHead-len(h.kept))]...)
	return len(p), nil
}

func (h *head) String() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return string(h.kept)
}
