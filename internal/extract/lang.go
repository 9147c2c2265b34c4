package extract

import (
	"strings"

	"marsa/corpus"
)

// BaseLang returns the base language of a tag that a file declares, such as
// "fr-MA" or "ar_EG"; "" when it is none.
func BaseLang(tag string) corpus.Lang {
	base, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(strings.ReplaceAll(tag, "_", "-"))), "-")
	switch base {
	case "eng":
		return "en"
	case "fra", "fre":
		return "fr"
	case "ara":
		return "ar"
	case "und", "mul", "zxx":
		return ""
	}
	if len(base) < 2 || len(base) > 3 {
		return ""
	}
	for _, c := range base {
		if c < 'a' || c > 'z' {
			return ""
		}
	}
	return corpus.Lang(base)
}
