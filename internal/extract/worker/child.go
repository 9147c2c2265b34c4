package worker

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"strconv"
	"time"

	"marsa/corpus"
	"marsa/internal/extract"
)

// maxStack is how deep a reader may recurse, in bytes of its stack, unless an
// eighth of its memory is less.
const maxStack = 128 << 20

// memoryTick is how often a child looks at what it uses.
const memoryTick = 20 * time.Millisecond

// Child turns the process into a reader when it was started as one, and then
// does not return; in any other process it does nothing. Call it first in main,
// and in TestMain of packages whose tests use a Pool.
func Child(table extract.Table) {
	if len(os.Args) < 2 || os.Args[1] != arg {
		return
	}
	l, err := parseLimits(os.Args[2:])
	if err != nil {
		os.Exit(2)
	}
	out := os.Stdout
	os.Stdout = os.Stderr // whatever a library prints is no answer
	if err := l.set(); err != nil {
		os.Stderr.WriteString("limits: " + err.Error() + "\n")
		os.Exit(2)
	}
	if err := serve(table, l, os.Stdin, out); err != nil {
		os.Stderr.WriteString(err.Error() + "\n")
		os.Exit(1)
	}
	os.Exit(0)
}

// limits are what a child may use.
type limits struct {
	memory int64
	cpu    time.Duration // for a file
	files  int
}

func (l limits) args() []string {
	return []string{arg, strconv.FormatInt(l.memory, 10), strconv.FormatInt(int64(l.cpu), 10), strconv.Itoa(l.files)}
}

func parseLimits(args []string) (limits, error) {
	if len(args) != 3 {
		return limits{}, errors.New("child needs three limits")
	}
	memory, err1 := strconv.ParseInt(args[0], 10, 64)
	cpu, err2 := strconv.ParseInt(args[1], 10, 64)
	files, err3 := strconv.Atoi(args[2])
	return limits{memory, time.Duration(cpu), files}, errors.Join(err1, err2, err3)
}

func (l limits) set() error {
	debug.SetMaxStack(int(min(maxStack, l.memory/8)))
	debug.SetMemoryLimit(l.memory / 5 * 4)
	go watchMemory(l.memory)
	return l.setSystem()
}

// watchMemory ends the process when it uses more than limit bytes. The limit of
// the runtime only makes it collect harder, and one of the system makes the
// runtime die without saying why.
func watchMemory(limit int64) {
	samples := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	for {
		metrics.Read(samples)
		if used := int64(samples[0].Value.Uint64() - samples[1].Value.Uint64()); used > limit {
			os.Exit(exitMemory)
		}
		time.Sleep(memoryTick)
	}
}

// largeFile is the size in bytes from which a file leaves memory worth giving
// back.
const largeFile = 4 << 20

// serve answers requests until there are no more.
func serve(table extract.Table, l limits, in io.Reader, out io.Writer) error {
	r := bufio.NewReaderSize(in, 1<<16)
	w := bufio.NewWriterSize(out, 1<<16)
	for range l.files {
		name, file, err := readRequest(r)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := l.allowFile(); err != nil {
			return err
		}
		if err := answer(table, name, file, w); err != nil {
			return err
		}
		if len(file.data) > largeFile {
			file = frame{}
			debug.FreeOSMemory() // it may be long until the next file
		}
	}
	return nil
}

func readRequest(r io.Reader) (name string, file frame, err error) {
	n, err := readFrame(r, maxName)
	if err != nil {
		return "", frame{}, err
	}
	file, err = readFrame(r, extract.MaxFile)
	if err == nil && (n.kind != kindName || file.kind != kindFile) {
		err = errFrame
	}
	return string(n.data), file, err
}

func answer(table extract.Table, name string, file frame, w *bufio.Writer) error {
	var lost error // of the pipe: nobody listens any more
	m, mediaType, err := table.Stream(context.Background(), name, file.data, func(p corpus.Page) error {
		lost = writeJSON(w, kindPage, file.request, p)
		if lost == nil {
			lost = w.Flush()
		}
		return lost
	})
	if lost != nil {
		return lost
	}
	e := end{m, mediaType}
	if err != nil {
		lost = writeJSON(w, kindError, file.request, failure{e, extract.Reason(err), err.Error()})
	} else {
		lost = writeJSON(w, kindEnd, file.request, e)
	}
	if lost != nil {
		return lost
	}
	return w.Flush()
}
