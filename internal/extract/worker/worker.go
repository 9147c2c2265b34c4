// Package worker reads files in child processes of the same binary, so that a
// file which makes a reader loop, overflow its stack or eat the memory costs
// itself and nothing else. It knows processes, pipes and limits, and of formats
// only the table that the child is given.
//
// Formats that need compiled code (extract.Engine) have it in a directory that a
// child of its own fills once (see engine.go).
//
// The child is started with an empty environment in an empty directory. The
// parent writes requests to its standard input; the child answers with the
// pages as they are read and an end or an error (see frame.go).
package worker

import (
	"runtime"
	"time"

	"marsa/internal/extract"
)

// arg is the first argument of a child.
const arg = "extract-worker"

// Exit codes by which a child says why it ended itself.
const (
	exitMemory = 90
	exitCPU    = 91
	exitEngine = 92
)

// Config says what children may use. Zero values stand for the defaults.
type Config struct {
	Workers      int           // children at a time; the number of processors
	PageTime     time.Duration // without a page given; extract.PageTime
	FileTime     time.Duration // for a file; extract.FileTime
	Memory       int64         // of a child, in bytes; extract.Memory
	FilesPerLife int           // files that a child reads before a fresh one takes over; 50
	// CacheDir is the directory for compiled code, which is made when it is
	// needed; the user's cache directory.
	CacheDir string
}

func (c Config) withDefaults() Config {
	if c.Workers <= 0 {
		c.Workers = runtime.NumCPU()
	}
	if c.PageTime <= 0 {
		c.PageTime = extract.PageTime
	}
	if c.FileTime <= 0 {
		c.FileTime = extract.FileTime
	}
	if c.Memory <= 0 {
		c.Memory = extract.Memory
	}
	if c.FilesPerLife <= 0 {
		c.FilesPerLife = 50
	}
	if c.CacheDir == "" {
		c.CacheDir = usersCache()
	}
	return c
}

// Fault is what went wrong with a child, for the log. Its text is that of Err.
type Fault struct {
	Err    error  // wraps extract.ErrTimeout, ErrCrashed or ErrMemory
	Exit   string // how the process ended, such as "signal: killed"
	Stderr string // the first bytes of what it wrote there
}

func (f *Fault) Error() string { return f.Err.Error() }
func (f *Fault) Unwrap() error { return f.Err }
