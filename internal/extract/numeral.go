package extract

import (
	"strconv"
	"strings"
)

// Numeral writes the number of an item in a format, as OOXML calls them: decimal,
// decimalZero, lowerLetter, upperLetter, lowerRoman, upperRoman. Formats of other scripts are written in
// digits.
func Numeral(format string, n int) string {
	switch format {
	case "lowerLetter":
		return strings.ToLower(letter(n))
	case "upperLetter":
		return letter(n)
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "upperRoman":
		return roman(n)
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
	}
	return strconv.Itoa(n)
}

// letter counts A to Z, AA to ZZ, AAA and so on, as Word does.
func letter(n int) string {
	if n < 1 || n > 26*5 {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(rune('A'+(n-1)%26)), (n-1)/26+1)
}

func roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, r := range []struct {
		value int
		sign  string
	}{
		{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"},
		{50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"},
	} {
		for n >= r.value {
			b.WriteString(r.sign)
			n -= r.value
		}
	}
	return b.String()
}
