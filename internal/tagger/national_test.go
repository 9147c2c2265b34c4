package tagger

import (
	"slices"
	"strings"
	"testing"

	"marsa/corpus"
)

func TestOfficialTextsAreOfTheirCountry(t *testing.T) {
	g := builtIn(t)
	for name, c := range map[string]struct {
		e    *corpus.Entry
		want string
	}{
		"a law in Arabic": {
			entry("ar", "قانون الجرائم الإلكترونية", "يسمى هذا القانون قانون الجرائم الإلكترونية ويعمل به في المملكة الأردنية الهاشمية.\n"+strings.Repeat("يعاقب بالغرامة كل من دخل الشبكة قصدا دون تصريح. ", 20)),
			"jo about national",
		},
		"by an adjective": {
			entry("ar", "نموذج عقد إيجار", "يدفع المستأجر مبلغا قدره ألف جنيه مصري في أول كل شهر.\n"+strings.Repeat("يلتزم الطرف الأول بتسليم العين. ", 20)),
			"eg about national",
		},
		"a law in French": {
			entry("fr", "Code de la route", "Le présent code s’applique aux routes de la Tunisie. "+strings.Repeat("Les véhicules circulent à droite. ", 20)),
			"tn about national",
		},
		"a law that names others too": {
			entry("en", "Shipping Act", "Ships from Malta pay. Ships from Cyprus pay. Ships from Egypt do not. "+strings.Repeat(filler, 5)),
			"eg mentions passing",
		},
		"a talk that names one": {
			entry("en", "How evaluation works", "A survey in Tunisia showed it. "+strings.Repeat(filler, 5)),
			"tn mentions passing",
		},
		"dollars": {
			entry("en", "Fees Act", "The fee is 50 United States dollars. It is paid to the office of Ghana. "+strings.Repeat(filler, 5)),
			"gh about national",
		},
	} {
		if got := roles(g.Tag(c.e)); !slices.Contains(got, c.want) {
			t.Errorf("%s: %v, want %q", name, got, c.want)
		}
	}
}

func TestJudgmentsAreOfTheCountryOfTheirCourt(t *testing.T) {
	g := builtIn(t)
	story := "The widow left for Kenya. Her husband wrote to her in Kenya. She came back from Kenya. " + strings.Repeat(filler, 200)
	for name, c := range map[string]struct {
		l    corpus.Lang
		head string
		want string
	}{
		"in English":        {"en", "HIGH COURT OF ZIMBABWE\n\nHARARE\n\n", "zw about national"},
		"in French":         {"fr", "Cour suprême du Maroc\n\n", "ma about national"},
		"in Arabic":         {"ar", "محكمة التمييز في الأردن\n\n", "jo about national"},
		"not in a sentence": {"en", "The study compares what the supreme court of Zimbabwe held with the law of the land and with much else.\n\n", "zw mentions passing"},
		"told, at length":   {"en", "HIGH COURT OF ZIMBABWE\n\n", "ke mentions passing"},
	} {
		if got := roles(g.Tag(entry(c.l, "A widow and an estate", c.head+story))); !slices.Contains(got, c.want) {
			t.Errorf("%s: %v, want %q", name, got, c.want)
		}
	}
}

func TestLastLinesOfAddresses(t *testing.T) {
	for line, want := range map[string]bool{
		"1002 Tunis, Tunisia":                    true,
		"London NW1 4QT, UK":                     true,
		"14 Main Street, 1002 Tunis, Tunisia":    true,
		"Tunis, Tunisia":                         false,
		"It was signed in May 2009, in Tunisia":  false,
		"The law of 2008 was changed in Tunisia": false,
	} {
		if got := endsAddress(line, len(line)); got != want {
			t.Errorf("%q: %v", line, got)
		}
	}
}

// A title that names one country makes others its neighbours.
func TestCountriesBesideTheTitle(t *testing.T) {
	const text = "Workers go from Jordan to Egypt. Jordan gives the permit. In Jordan the fee is low. Jordan signed. Workers in Egypt wait. Egypt signed. "
	g := builtIn(t)
	if got := roles(g.Tag(entry("en", "A study", text+filler))); !slices.Contains(got, "eg about sustained") {
		t.Errorf("without a country in the title: %v", got)
	}
	if got := roles(g.Tag(entry("en", "Work permits in Jordan", text+filler))); !slices.Contains(got, "eg mentions passing") {
		t.Errorf("beside the country of the title: %v", got)
	}
}

// The outline says that a country has a section, which need not name it again.
func TestSectionsOfTheOutlineNeedNotRepeatTheCountry(t *testing.T) {
	e := entry("en", "A guide", "Algeria\n\n"+filler+filler)
	e.Outline = []corpus.Heading{{Title: "Algeria", Level: 1, Page: 1}}
	if got := roles(builtIn(t).Tag(e)); !slices.Contains(got, "dz about heading") {
		t.Errorf("%v", got)
	}
	e = entry("en", "A guide", "Iraqis\n\n"+filler+filler)
	e.Outline = []corpus.Heading{{Title: "Iraqis", Level: 1, Page: 1}}
	if got := roles(builtIn(t).Tag(e)); slices.Contains(got, "iq about heading") {
		t.Errorf("by the name of a people: %v", got)
	}
}
