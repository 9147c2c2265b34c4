package pdf

import (
	"strings"
	"testing"

	"marsa/corpus"
)

func linesOf(text string) []textLine {
	var lines []textLine
	for l := range strings.SplitSeq(text, "\n") {
		line := textLine{size: 11}
		if big, ok := strings.CutPrefix(l, "#"); ok {
			line.size, l = 24, big
		}
		for _, w := range strings.Fields(l) {
			line.words = append(line.words, word{text: w})
		}
		lines = append(lines, line)
	}
	return lines
}

func TestGuessTitle(t *testing.T) {
	tests := []struct{ name, outline, page, title, year string }{
		{"a law in an Arabic journal", "", "الجريدة الرسمية العدد ٦ في ١٢ فبراير\n#قانون رقم ٧ لسنة ٢٠٢١\nفي شأن تنظيم العمل\nباسم الشعب", "قانون رقم ٧ لسنة ٢٠٢١ في شأن تنظيم العمل", "2021"},
		{"a law under the name of the state", "", "#The Republic of Examples\nLaw No. 12 of 2004\non the entry of foreigners\nArticle 1", "Law No. 12 of 2004 on the entry of foreigners", "2004"},
		{"a French law", "", "#République des Exemples\nLoi n° 02-03 du 11 novembre 2003\nrelative à l’entrée des étrangers", "Loi n° 02-03 du 11 novembre 2003 relative à l’entrée des étrangers", "2003"},
		{"a law named in words", "", "قانون العمل الجديد\nالمادة 1\nيسمى هذا القانون", "قانون العمل الجديد", ""},
		{"the masthead of a journal", "", "N° 60\n18 septembre\n#JOURNAL OFFICIEL\n#DE LA REPUBLIQUE DES EXEMPLES\nLOIS ET DECRETS", "JOURNAL OFFICIEL DE LA REPUBLIQUE DES EXEMPLES, N° 60", ""},
		{"the name of a ministry", "", "#Ministry of Labour and Manpower\nA study of seasonal work abroad\nwas made in many places and over several years for the use of all those who asked for it and others too", "", ""},
		{"an entry of the outline that stands on the page", "Women who move", "#Series of working papers\nWomen who move", "Women who move", ""},
		{"an entry that is a chapter", "Background of the case", "#Seasonal work in the north\nText", "Seasonal work in the north", ""},
		{"contents", "Arrangement of sections", "a b", "", ""},
		{"a year below", "", "#Seasonal work in the north\nCairo, May 2009\nText of 1999 and 1998", "Seasonal work in the north", "2009"},
		{"two years", "", "#Seasonal work in the north 2001 to 2004\nText", "Seasonal work in the north 2001 to 2004", ""},
		{"a year to come", "", "#Seasonal work towards the year 2999\nText", "Seasonal work towards the year 2999", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var outline []corpus.Heading
			if tt.outline != "" {
				outline = []corpus.Heading{{Title: tt.outline, Level: 1, Page: 1}}
			}
			lines := linesOf(tt.page)
			title := guessTitle(outline, lines)
			if title != tt.title {
				t.Errorf("title %q, want %q", title, tt.title)
			}
			if y := guessYear(title, lines); string(y) != tt.year {
				t.Errorf("year %q, want %q", y, tt.year)
			}
		})
	}
}

func TestTitlesThatProgramsGive(t *testing.T) {
	for _, s := range []string{"CamScanner 03-30-2022 14.45", "DocuWare Generated PDF", `|A+D^U~M<k{t>8L`} {
		if got := honestTitle(s); got != "" {
			t.Errorf("honestTitle(%q) = %q", s, got)
		}
	}
}
