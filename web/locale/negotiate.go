package locale

import (
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// maxAccept limits how much of an Accept-Language header is read.
const maxAccept = 500

// arabic are the codes of Arabic varieties that a browser may send and that a
// language matcher does not know as Arabic.
var arabic = []string{"ar", "arb", "arz", "ary", "arq", "aeb", "apc", "ajp", "acm", "afb", "apd", "ayl", "shu"}

// Negotiate picks the language of the interface that a reader's Accept-Language
// header likes best; without one, the default.
func Negotiate(header string) string {
	if len(header) > maxAccept {
		header = header[:maxAccept]
		if i := strings.LastIndexByte(header, ','); i >= 0 {
			header = header[:i]
		}
	}
	tags, weights, err := language.ParseAcceptLanguage(header)
	if err != nil {
		return languages[0]
	}
	for i, t := range tags { // by falling weight
		base, _ := t.Base()
		code := base.String()
		if slices.Contains(arabic, code) {
			code = "ar"
		}
		if weights[i] > 0 && slices.Contains(languages, code) {
			return code
		}
	}
	return languages[0]
}
