package corpus

import "fmt"

// MaxID is the longest ID, in bytes.
const MaxID = 64

// ParseID checks that s can be an ID: 1 to MaxID lower-case ASCII letters,
// digits and hyphens, with a letter or digit at both ends.
func ParseID(s string) (ID, error) {
	ok := len(s) > 0 && len(s) <= MaxID && s[0] != '-' && s[len(s)-1] != '-'
	for i := 0; ok && i < len(s); i++ {
		c := s[i]
		ok = 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '-'
	}
	if !ok {
		return "", fmt.Errorf("id %.80q is not made of 1 to %d lower-case letters, digits and hyphens: %w", s, MaxID, ErrInvalid)
	}
	return ID(s), nil
}
