package cli

import (
	"encoding/json"
	"net/http"
	"sync"
	"time"
)

// outbox sends events to another command without making the work wait for it: a
// command that was stopped with Ctrl-Z reads nothing. Of progress only the
// latest is kept.
type outbox struct {
	enc     *json.Encoder
	control *http.ResponseController
	failed  func() // called when the other end takes nothing any more

	mu     sync.Mutex
	ready  *sync.Cond
	events []event
	over   bool
	done   chan struct{}
}

// sendTime is how long the other end may take nothing.
const sendTime = 30 * time.Second

func newOutbox(w http.ResponseWriter, failed func()) *outbox {
	o := &outbox{enc: json.NewEncoder(w), control: http.NewResponseController(w), failed: failed, done: make(chan struct{})}
	o.ready = sync.NewCond(&o.mu)
	go o.run()
	return o
}

func (o *outbox) send(e event) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if n := len(o.events); e.Progress != nil && n > 0 && o.events[n-1].Progress != nil {
		o.events[n-1] = e
		return
	}
	o.events = append(o.events, e)
	o.ready.Signal()
}

// close waits until everything is sent or the other end has failed.
func (o *outbox) close() {
	o.mu.Lock()
	o.over = true
	o.ready.Signal()
	o.mu.Unlock()
	<-o.done
}

func (o *outbox) run() {
	defer close(o.done)
	for {
		o.mu.Lock()
		for len(o.events) == 0 && !o.over {
			o.ready.Wait()
		}
		events := o.events
		o.events = nil
		o.mu.Unlock()
		if len(events) == 0 {
			return
		}
		if err := o.write(events); err != nil {
			o.failed()
			return
		}
	}
}

func (o *outbox) write(events []event) error {
	if err := o.control.SetWriteDeadline(time.Now().Add(sendTime)); err != nil {
		return err
	}
	for _, e := range events {
		if err := o.enc.Encode(e); err != nil {
			return err
		}
	}
	return o.control.Flush()
}
