package extract

import (
	"regexp"
	"strings"
	"unicode"
)

// FileTitle returns the title that a file's own metadata gives, cleaned; "" for
// the third of them that is junk: the name of a file, of a program, or a word
// that says nothing.
func FileTitle(s string) string {
	s = CleanLine(s, maxTitle)
	for _, p := range []string{"Microsoft Word - ", "Microsoft PowerPoint - ", "PowerPoint Presentation - "} {
		if len(s) > len(p) && strings.EqualFold(s[:len(p)], p) {
			s = s[len(p):]
		}
	}
	if junkTitle(s) {
		return ""
	}
	return s
}

func junkTitle(s string) bool {
	low := strings.ToLower(s)
	letters := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	if letters < 3 {
		return true
	}
	if regexp.MustCompile(`(?i)\.(docx?|dotx?|pptx?|potx?|xlsx?|pdf|rtf|odt|txt|html?|indd|qxd|pmd|tex|dvi|ps|cdr|ai|wpd|pub)$`).MatchString(s) {
		return true
	}
	if !strings.Contains(s, " ") && strings.ContainsAny(s, `_\/`) {
		return true
	}
	if regexp.MustCompile(`(?i)^(untitled|document|doc|slide|presentation|présentation|diapositive|folie|title|titre|page|layout|template|modèle|sans titre|مستند|عرض تقديمي|شريحة)?[ -]*\d*$`).MatchString(low) {
		return true
	}
	switch low {
	case "powerpoint presentation", "présentation powerpoint", "presentación de powerpoint", "powerpoint-präsentation",
		"diapositive 1", "slide 1", "title of the presentation", "titre de la présentation", "no title", "new document", "nouveau document",
		"word document", "document word", "microsoft word", "microsoft powerpoint", "blank", "cover", "cover page", "table of contents",
		"عرض تقديمي في powerpoint", "untitled document", "index", "home", "home page", "accueil":
		return true
	}
	return false
}

// FileAuthors returns the persons that a file's metadata names, which stand in
// one field with semicolons between them, without those that are the name of a
// program, a computer or nobody.
func FileAuthors(fields ...string) []string {
	var out []string
	for _, f := range fields {
		for name := range strings.SplitSeq(f, ";") {
			if name = CleanLine(name, maxTitle); name != "" && !nobody(name) {
				out = append(out, name)
			}
		}
	}
	return out
}

func nobody(name string) bool {
	letters := 0
	for _, r := range name {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	switch strings.ToLower(name) {
	case "admin", "administrator", "administrateur", "user", "users", "utilisateur", "usuario", "owner", "author", "auteur", "unknown",
		"inconnu", "guest", "pc", "hp", "dell", "acer", "asus", "lenovo", "toshiba", "windows user", "microsoft office user", "utilisateur windows",
		"utilisateur de microsoft office", "microsoft", "microsoft corporation", "python-docx", "un-named", "unnamed", "default", "anonymous",
		"openpyxl", "apache poi", "libreoffice", "test", "steve canny", "مستخدم", "client", "secretary", "secretariat":
		return true
	}
	return letters < 2
}
