package corpus

import (
	"fmt"
	"strconv"
	"time"
)

// Date is a date of year, month or day precision in ISO 8601: "2009",
// "2009-05", "2009-05-12"; empty when unknown.
type Date string

// ParseDate checks that s is a Date. The year must lie in 1000 to 2999.
func ParseDate(s string) (Date, error) {
	for _, layout := range []string{"2006", "2006-01", "2006-01-02"} {
		if len(s) != len(layout) {
			continue
		}
		if t, err := time.Parse(layout, s); err == nil && t.Year() >= 1000 && t.Year() < 3000 {
			return Date(s), nil
		}
	}
	return "", fmt.Errorf("date %q is not of the form 2009, 2009-05 or 2009-05-12: %w", s, ErrInvalid)
}

// Year returns the year, or 0 when the date is unknown.
func (d Date) Year() int {
	if len(d) < 4 {
		return 0
	}
	y, err := strconv.Atoi(string(d[:4]))
	if err != nil {
		return 0
	}
	return y
}
