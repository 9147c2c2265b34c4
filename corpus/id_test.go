package corpus

import (
	"errors"
	"strings"
	"testing"
)

func TestParseID(t *testing.T) {
	for s, valid := range map[string]bool{
		"a": true, "guide-2": true, "a--b": true, strings.Repeat("x", MaxID): true,
		"": false, "-a": false, "a-": false, "A": false, "a b": false, "é": false, "../a": false, "a/b": false,
		strings.Repeat("x", MaxID+1): false,
	} {
		id, err := ParseID(s)
		if valid != (err == nil) || valid && string(id) != s || !valid && !errors.Is(err, ErrInvalid) {
			t.Errorf("ParseID(%q) = %q, %v", s, id, err)
		}
	}
}
