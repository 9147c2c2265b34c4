//go:build unix

package worker

import (
	"fmt"
	"os"
	"os/signal"
	"time"

	"golang.org/x/sys/unix"
)

// maxFiles is how many files a child may have open: three pipes and what the
// runtime needs.
const maxFiles = 64

// setSystem asks the system for what the runtime cannot do: no file is written,
// no memory is dumped, and processor time ends even when the parent no longer
// watches.
func (l limits) setSystem() error {
	life := uint64(l.cpu/time.Second)*uint64(l.files) + 60
	for _, r := range []struct {
		what  string
		which int
		limit uint64
	}{
		{"core size", unix.RLIMIT_CORE, 0},
		{"file size", unix.RLIMIT_FSIZE, 0},
		{"open files", unix.RLIMIT_NOFILE, maxFiles},
		{"processor time", unix.RLIMIT_CPU, life},
	} {
		if err := lower(r.which, r.limit, r.limit); err != nil {
			return fmt.Errorf("%s: %w", r.what, err)
		}
	}
	over := make(chan os.Signal, 1)
	signal.Notify(over, unix.SIGXCPU)
	go func() {
		<-over
		os.Exit(exitCPU)
	}()
	return nil
}

// closeSystem lets no file and no connection be opened any more. What is open, the
// pipes, stays so.
func (l limits) closeSystem() error {
	time.Sleep(time.Nanosecond) // has the runtime open what its timers need
	return lower(unix.RLIMIT_NOFILE, 0, 0)
}

// allowFile sets the processor time at which the file that comes next is given
// up, counted from what the process has used.
func (l limits) allowFile() error {
	var u unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &u); err != nil {
		return err
	}
	used := uint64(u.Utime.Sec + u.Stime.Sec)
	var r unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_CPU, &r); err != nil {
		return err
	}
	return lower(unix.RLIMIT_CPU, used+uint64(l.cpu/time.Second)+1, uint64(r.Max))
}

// lower sets a limit, or as much of it as the process may: the system may have
// set a lower one.
func lower(which int, soft, hard uint64) error {
	var r unix.Rlimit
	if err := unix.Getrlimit(which, &r); err != nil {
		return err
	}
	hard = min(hard, uint64(r.Max))
	return unix.Setrlimit(which, &unix.Rlimit{Cur: min(soft, hard), Max: hard})
}
