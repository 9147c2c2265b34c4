package worker

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
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

// gcPercent is how much garbage may come together beside what is in use: a child
// has memory to spare, and the limit makes it collect before it is used up.
const gcPercent = 300

// memoryTick is how often a child looks at what it uses.
const memoryTick = 20 * time.Millisecond

// Child turns the process into a reader when it was started as one, and then
// does not return; in any other process it does nothing. Call it first in main,
// and in TestMain of packages whose tests use a Pool.
func Child(table extract.Table) {
	if len(os.Args) < 2 || os.Args[1] != arg {
		return
	}
	if len(os.Args) == 4 && os.Args[2] == prepareArg {
		os.Exit(prepare(table, os.Args[3]))
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
	if err := newReader(table, l).serve(os.Stdin, out); err != nil {
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
	code   string // directory of compiled code; "" for none
}

func (l limits) args() []string {
	return []string{arg, strconv.FormatInt(l.memory, 10), strconv.FormatInt(int64(l.cpu), 10), strconv.Itoa(l.files), l.code}
}

func parseLimits(args []string) (limits, error) {
	if len(args) != 4 {
		return limits{}, errors.New("child needs three limits and a directory")
	}
	memory, err1 := strconv.ParseInt(args[0], 10, 64)
	cpu, err2 := strconv.ParseInt(args[1], 10, 64)
	files, err3 := strconv.Atoi(args[2])
	return limits{memory, time.Duration(cpu), files, args[3]}, errors.Join(err1, err2, err3)
}

func (l limits) set() error {
	debug.SetMaxStack(int(min(maxStack, l.memory/8)))
	debug.SetMemoryLimit(l.memory / 5 * 4)
	debug.SetGCPercent(gcPercent)
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

// reader answers requests in a child.
type reader struct {
	limits
	table extract.Table
	alone extract.Table // without second readers
	shut  bool          // nothing can be opened any more
}

func newReader(table extract.Table, l limits) *reader {
	r := &reader{limits: l, table: table, alone: extract.Table{}}
	for mediaType, x := range table {
		r.alone[mediaType] = x
		if e, ok := x.(extract.Engine); ok {
			r.alone[mediaType] = e.Alone()
		}
	}
	return r
}

// serve answers requests until there are no more.
func (r *reader) serve(input io.Reader, output io.Writer) error {
	in := bufio.NewReaderSize(input, 1<<16)
	out := bufio.NewWriterSize(output, 1<<16)
	for range r.files {
		q, file, err := readRequest(in)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := r.allowFile(); err != nil {
			return err
		}
		if err := r.answer(q, file, out); err != nil {
			return err
		}
		if len(file.data) > largeFile {
			file = frame{}
			debug.FreeOSMemory() // it may be long until the next file
		}
	}
	return nil
}

func readRequest(in io.Reader) (q request, file frame, err error) {
	f, err := readFrame(in, maxRequest)
	if err != nil {
		return q, frame{}, err
	}
	if f.kind != kindRequest || json.Unmarshal(f.data, &q) != nil {
		return q, frame{}, errFrame
	}
	file, err = readFrame(in, extract.MaxFile)
	if err == nil && file.kind != kindFile {
		err = errFrame
	}
	return q, file, err
}

// answer does what is asked, and returns an error when nobody listens any more.
func (r *reader) answer(q request, file frame, out *bufio.Writer) error {
	var e end
	var err, lost error
	x := r.engine(q, file.data)
	if err := r.close(x); err != nil {
		return err
	}
	if q.Draw != nil {
		e, err, lost = r.draw(x, q, file, out)
	} else {
		e, err, lost = r.read(x, q, file, out)
	}
	if lost != nil {
		return lost
	}
	if err != nil {
		lost = writeJSON(out, kindError, file.request, failure{e, extract.Reason(err), err.Error()})
	} else {
		lost = writeJSON(out, kindEnd, file.request, e)
	}
	if lost != nil {
		return lost
	}
	return out.Flush()
}

// close gives up files and network for good, before anything of a stranger is
// looked at. A child that has code to load does so first; it is started for a file
// that needs it.
func (r *reader) close(x extract.Engine) error {
	if r.shut || r.code != "" && x == nil {
		return nil
	}
	r.shut = true
	return r.closeSystem()
}

func (r *reader) read(x extract.Engine, q request, file frame, out *bufio.Writer) (e end, err, lost error) {
	table := r.alone
	if x != nil {
		table = r.table
	}
	e.Meta, e.MediaType, err = table.Stream(context.Background(), q.Name, file.data, func(p corpus.Page) error {
		lost = writePage(out, file.request, p)
		if lost == nil {
			lost = out.Flush()
		}
		return lost
	})
	return e, err, lost
}

func (r *reader) draw(x extract.Engine, q request, file frame, out *bufio.Writer) (e end, err, lost error) {
	if x == nil {
		return e, fmt.Errorf("pages of this file cannot be drawn: %w", extract.ErrUnsupported), nil
	}
	picture, err := x.Draw(file.data, *q.Draw)
	if err == nil {
		lost = writeFrame(out, frame{kindPicture, file.request, picture})
	}
	return e, err, lost
}
