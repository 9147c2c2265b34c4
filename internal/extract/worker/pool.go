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
	slots  chan *child // nil for a child that is not started
	starts chan start
	closed chan struct{}
	once   sync.Once
	done   sync.WaitGroup
}

// New returns a pool. Close ends its children.
func New(c Config) *Pool {
	c = c.withDefaults()
	p := &Pool{config: c, slots: make(chan *child, c.Workers), starts: make(chan start), closed: make(chan struct{})}
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
			c, err := startChild(p.config)
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
	if len(data) > extract.MaxFile {
		return nil, fmt.Errorf("extract %s: %d bytes, at most %d are read: %w", name, len(data), extract.MaxFile, extract.ErrTooLarge)
	}
	c, err := p.take(ctx)
	if err != nil {
		return nil, fmt.Errorf("extract %s: %w", name, err)
	}
	content, err := c.extract(ctx, p.config, name, data)
	if c.spent(p.config) {
		c.stop()
		c = nil
	}
	p.slots <- c
	if err != nil {
		if err = content.EndedBy(err); err != nil {
			return nil, fmt.Errorf("extract %s: %w", name, err)
		}
	}
	return content, nil
}

// take waits for a slot and sees that there is a child in it.
func (p *Pool) take(ctx context.Context) (*child, error) {
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
	if c != nil {
		return c, nil
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
	return nil
}
