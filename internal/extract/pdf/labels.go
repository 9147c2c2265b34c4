package pdf

import (
	"strconv"
	"strings"

	reader "github.com/ledongthuc/pdf"
)

// labels returns the numbers printed on the pages, where the file tells them;
// empty strings where it does not.
func (f *file) labels(n int) []string {
	labels := make([]string, n)
	quietly(func() {
		ranges := map[int]reader.Value{}
		steps := 0
		collectNumbers(f.root.Key("PageLabels"), ranges, 0, &steps)
		var style, prefix string
		first, from, known := 1, 0, false
		for i := range labels {
			if r, ok := ranges[i]; ok {
				style, prefix = r.Key("S").Name(), decodeText(r.Key("P").RawString())
				first, from, known = 1, i, true
				if st := r.Key("St").Int64(); st > 0 && st < 1_000_000 {
					first = int(st)
				}
			}
			if known {
				labels[i] = tidy(prefix + labelNumber(style, first+i-from))
			}
		}
	})
	return labels
}

func collectNumbers(node reader.Value, into map[int]reader.Value, depth int, steps *int) {
	if *steps++; depth > maxTreeDepth || *steps > maxPages {
		return
	}
	nums := node.Key("Nums")
	for i := 0; i+1 < nums.Len() && len(into) < maxPages; i += 2 {
		into[int(nums.Index(i).Int64())] = nums.Index(i + 1)
	}
	kids := node.Key("Kids")
	for i := range kids.Len() {
		collectNumbers(kids.Index(i), into, depth+1, steps)
	}
}

func labelNumber(style string, n int) string {
	switch style {
	case "D":
		return strconv.Itoa(n)
	case "r":
		return roman(n)
	case "R":
		return strings.ToUpper(roman(n))
	case "a":
		return letterNumber(n)
	case "A":
		return strings.ToUpper(letterNumber(n))
	}
	return ""
}

// letterNumber counts a to z, then aa, bb and so on.
func letterNumber(n int) string {
	if n < 1 || n > 26*20 {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(rune('a'+(n-1)%26)), (n-1)/26+1)
}

func roman(n int) string {
	if n < 1 || n >= 5000 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, s := range []struct {
		value int
		sign  string
	}{{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"},
		{10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}} {
		for n >= s.value {
			b.WriteString(s.sign)
			n -= s.value
		}
	}
	return b.String()
}
