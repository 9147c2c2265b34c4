package worker

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"marsa/corpus"
	"marsa/internal/extract"
)

// A frame is a kind (one byte), the number of the request, a length (four bytes
// each, big endian) and as many bytes. A request is a frame that says what is
// wanted and a frame with the file. The answer is any number of pages, each with
// the boxes of its words, or a picture, and then an end or an error. All but
// files, boxes and pictures are JSON.
const (
	kindRequest = 'R'
	kindFile    = 'F'
	kindPage    = 'P'
	kindBoxes   = 'B'
	kindPicture = 'J'
	kindEnd     = 'E'
	kindError   = 'X'
)

// request is what a child is asked to do with a file.
type request struct {
	Name  string           // of the file
	Alone bool             // without the second reader
	Draw  *extract.Picture // nil to read it
}

// maxFrame is the largest frame that the parent takes from a child: a page of
// the longest text with a box for every other character of it.
const maxFrame = 32 << 20

// maxContent is how many bytes of frames the parent takes for a file.
const maxContent = 512 << 20

// maxName is the longest name of a file that is sent, in bytes; more is cut.
// maxRequest is the longest request, in which a byte of it may take six.
const (
	maxName    = 4096
	maxRequest = 8 * maxName
)

var errFrame = errors.New("answer is not of the protocol")

// end is the frame after the last page.
type end struct {
	Meta      *extract.Meta
	MediaType string
}

// failure is the frame of a file that could not be read, or not to its end.
type failure struct {
	end
	Reason  string // a key of extract.Reason
	Message string
}

func (f *failure) err() error {
	cause := extract.Cause(f.Reason)
	if cause == nil {
		cause = extract.ErrDamaged
	}
	return &childError{extract.CleanLine(f.Message, 1000), cause}
}

// childError is an error that came out of a child: its text, and the cause that
// callers branch on.
type childError struct {
	text  string
	cause error
}

func (e *childError) Error() string { return e.text }
func (e *childError) Unwrap() error { return e.cause }

// frame is what passes through the pipes.
type frame struct {
	kind    byte
	request uint32
	data    []byte
}

func writeFrame(w io.Writer, f frame) error {
	head := [9]byte{f.kind}
	binary.BigEndian.PutUint32(head[1:], f.request)
	binary.BigEndian.PutUint32(head[5:], uint32(len(f.data)))
	if _, err := w.Write(head[:]); err != nil {
		return err
	}
	_, err := w.Write(f.data)
	return err
}

func writeJSON(w io.Writer, kind byte, request uint32, v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("frame %c: %w", kind, err)
	}
	return writeFrame(w, frame{kind, request, data})
}

// writePage writes a page and the boxes of its words.
func writePage(w io.Writer, request uint32, p corpus.Page) error {
	boxes := p.Boxes
	p.Boxes = nil
	err := writeJSON(w, kindPage, request, p)
	if err == nil && len(boxes) > 0 {
		err = writeFrame(w, frame{kindBoxes, request, packBoxes(boxes)})
	}
	return err
}

// readFrame reads a frame of at most max bytes. What is announced is not
// believed: memory grows with what arrives.
func readFrame(r io.Reader, max int) (frame, error) {
	var head [9]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return frame{}, err
	}
	f := frame{kind: head[0], request: binary.BigEndian.Uint32(head[1:])}
	n := int64(binary.BigEndian.Uint32(head[5:]))
	if n > int64(max) {
		return frame{}, fmt.Errorf("frame %q of %d bytes: %w", f.kind, n, errFrame)
	}
	var err error
	if n <= 1<<20 || f.kind == kindFile { // the parent, which sends files, is believed
		f.data = make([]byte, n)
		_, err = io.ReadFull(r, f.data)
		return f, err
	}
	f.data, err = io.ReadAll(io.LimitReader(r, n))
	if err == nil && int64(len(f.data)) < n {
		err = io.ErrUnexpectedEOF
	}
	return f, err
}

// answer is what came of a request so far.
type answer struct {
	extract.Content
	picture []byte
}

// accept adds a frame to c. Over says that it was the last.
func accept(c *answer, f frame) (over bool, err error) {
	switch f.kind {
	case kindPicture:
		c.picture = f.data
		return false, nil
	case kindPage:
		var p corpus.Page
		if err := json.Unmarshal(f.data, &p); err != nil {
			return false, fmt.Errorf("page: %w: %w", errFrame, err)
		}
		if p.Boxes != nil {
			return false, fmt.Errorf("page with boxes: %w", errFrame)
		}
		if p.Number != len(c.Pages)+1 || p.Number > extract.MaxPages {
			return false, fmt.Errorf("page %d after %d pages: %w", p.Number, len(c.Pages), errFrame)
		}
		c.Pages = append(c.Pages, p)
		return false, nil
	case kindBoxes:
		n := len(c.Pages)
		if n == 0 || c.Pages[n-1].Boxes != nil {
			return false, fmt.Errorf("boxes of no page: %w", errFrame)
		}
		var err error
		c.Pages[n-1].Boxes, err = unpackBoxes(f.data, len(c.Pages[n-1].Text))
		return false, err
	case kindEnd:
		var e end
		if err := json.Unmarshal(f.data, &e); err != nil {
			return false, fmt.Errorf("end: %w: %w", errFrame, err)
		}
		e.fill(&c.Content)
		return true, nil
	case kindError:
		var e failure
		if err := json.Unmarshal(f.data, &e); err != nil {
			return false, fmt.Errorf("error: %w: %w", errFrame, err)
		}
		e.fill(&c.Content)
		return true, e.err()
	}
	return false, fmt.Errorf("frame %q: %w", f.kind, errFrame)
}

func (e *end) fill(c *extract.Content) {
	if e.Meta != nil {
		c.Meta = *e.Meta
	}
	c.MediaType = e.MediaType
}
