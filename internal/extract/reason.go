package extract

import (
	"context"
	"errors"

	"marsa/corpus"
)

// Reason returns the key of why a file could not be read: "password", "empty",
// "too-large", "unsupported", "damaged", "mismatch", "timeout", "crashed",
// "memory", "no-text"; "" when err is nil or says nothing of the file.
func Reason(err error) string {
	for _, c := range causes() {
		if errors.Is(err, c.err) {
			return c.key
		}
	}
	switch {
	case errors.Is(err, corpus.ErrTooLarge):
		return "too-large"
	case errors.Is(err, context.DeadlineExceeded):
		return "timeout"
	}
	return ""
}

// Cause returns the error whose Reason is key, or nil when there is none. It is
// how a reason survives the way out of a child process.
func Cause(key string) error {
	for _, c := range causes() {
		if c.key == key {
			return c.err
		}
	}
	return nil
}

type cause struct {
	key string
	err error
}

// causes lists what is told apart, the more telling first: a file that ran out
// of time while it was found to be damaged timed out.
func causes() []cause {
	return []cause{
		{"timeout", ErrTimeout},
		{"memory", ErrMemory},
		{"crashed", ErrCrashed},
		{"password", ErrPassword},
		{"empty", ErrEmpty},
		{"too-large", ErrTooLarge},
		{"unsupported", ErrUnsupported},
		{"no-text", ErrNoText},
		{"mismatch", ErrMismatch},
		{"damaged", ErrDamaged},
	}
}
