package worker

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"marsa/internal/extract"
)

var errClosed = errors.New("pool of readers is closed")

// Pool reads files in at most Workers children at a time, which it starts when
// they are first needed and replaces after a fault.
type Pool struct {
	config Config
	engine *engine
	slots  chan *child // nil for a child that is not started
	starts chan start
	closed chan struct{}
	once   sync.Once
	done   sync.WaitGroup
}

// New returns a pool. Close ends its children.
func New(c Config) *Pool {
	c = c.withDefaults()
	p := &Pool{config: c, engine: newEngine(c.CacheDir), slots: make(chan *child, c.Workers), starts: make(chan start), closed: make(chan struct{})}
	for range c.Workers {
		p.slots <- nil
	}
	p.done.Go(p.starter)
	return p
}

// start asks for a child.
type start struct {
	got chan<- started
}

type started struct {
	child *child
	err   error
}

// starter starts all children from one thread that lives as long as the pool:
// Linux kills a child with the thread that started it (Pdeathsig), and the
// runtime may end any other thread.
func (p *Pool) starter() {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	for {
		select {
		case s := <-p.starts:
			c, err := startChild(p.config, p.engine.dir())
			s.got <- started{c, err}
		case <-p.closed:
			return
		}
	}
}

// Extract reads a file in a child. It waits for a free one, and may be called
// from many goroutines. What a fault left is Partial when there are pages; an
// error wraps one of extract's and may hold a *Fault.
func (p *Pool) Extract(ctx context.Context, name string, data []byte) (*extract.Content, error) {
	got, err := p.twice(ctx, request{Name: name}, data)
	if err != nil {
		if err = got.EndedBy(err); err != nil {
			return nil, fmt.Errorf("extract %s: %w", name, err)
		}
	}
	return &got.Content, nil
}

// Draw draws a page of a file as JPEG in a child. An error wraps one of
// extract's and may hold a *Fault.
func (p *Pool) Draw(ctx context.Context, data []byte, picture extract.Picture) ([]byte, error) {
	got, err := p.ask(ctx, request{Draw: &picture}, data)
	if err != nil {
		return nil, fmt.Errorf("draw page %d: %w", picture.Page, err)
	}
	return got.picture, nil
}

// twice reads a file, and after a fault of a child in which two readers were at
// work once more with the first alone, from the page on at which the fault was.
func (p *Pool) twice(ctx context.Context, q request, data []byte) (*answer, error) {
	got, err := p.ask(ctx, q, data)
	var fault *Fault
	if !errors.As(err, &fault) || ctx.Err() != nil || !p.engine.serves(q, data) {
		return got, err
	}
	q.Alone = true
	again, err := p.ask(ctx, q, data)
	if n := len(got.Pages); len(again.Pages) >= n {
		copy(again.Pages, got.Pages)
		again.Warnings = append(again.Warnings, fmt.Sprintf("The second reader broke down after page %d.", n))
	}
	return again, err
}

// ask has a child do what is wanted. The answer is never nil.
func (p *Pool) ask(ctx context.Context, q request, data []byte) (*answer, error) {
	if len(data) > extract.MaxFile {
		return &answer{}, fmt.Errorf("%d bytes, at most %d are read: %w", len(data), extract.MaxFile, extract.ErrTooLarge)
	}
	for {
		code := p.engine.ready(ctx, q, data)
		q.Alone = code == ""
		c, err := p.take(ctx, code)
		if err != nil {
			return &answer{}, err
		}
		got, err := c.ask(ctx, p.config, q, data)
		if c.spent(p.config) {
			c.stop()
			c = nil
		}
		p.slots <- c
		if !errors.Is(err, errEngine) {
			return got, err
		}
		p.engine.lost()
	}
}

// take waits for a slot and sees that there is a child in it, which has the
// compiled code where it is needed.
func (p *Pool) take(ctx context.Context, code string) (*child, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var c *child
	select {
	case c = <-p.slots:
	case <-p.closed:
		return nil, errClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if c != nil && (code == "" || c.code == code) {
		return c, nil
	}
	if c != nil { // it began before there was code
		c.stop()
	}
	got := make(chan started, 1)
	select {
	case p.starts <- start{got}:
	case <-p.closed:
		p.slots <- nil
		return nil, errClosed
	}
	s := <-got
	if s.err != nil {
		p.slots <- nil
		return nil, fmt.Errorf("start reader: %w", s.err)
	}
	return s.child, nil
}

// Close waits for the files that are being read, ends the children and removes
// their directories. Extract fails afterwards.
func (p *Pool) Close() error {
	p.once.Do(func() {
		for range p.config.Workers {
			if c := <-p.slots; c != nil {
				c.stop()
			}
		}
		close(p.closed)
	})
	p.done.Wait()
	return p.engine.close()
}
