package tagger

import (
	"strings"
	"testing"

	"marsa/corpus"
)

// migrants makes a text one on migration.
const migrants = "Emigration from the coast began early. Immigration came later. Asylum seekers followed.\n"

func TestTopicsWithASectionOfTheirOwn(t *testing.T) {
	g := builtIn(t)
	below := strings.Repeat("The minister sets the conditions, the fee and the highest share, and every office keeps a register of those who apply. ", 3)
	for name, c := range map[string]struct {
		text, topic, want string
	}{
		"a heading with text below": {
			migrants + "\nWork of foreigners\n\n" + below + "\n\nOther matters\n\n" + strings.Repeat(filler, 10), "labour-market", RuleSection,
		},
		"in French": {
			migrants + "\nTravail des étrangers\n\n" + strings.Repeat("Le ministre fixe les conditions, la taxe et la part la plus élevée, et chaque bureau tient un registre. ", 3), "labour-market", RuleSection,
		},
		"in Arabic": {
			"تناولت الدراسة الهجرة. وتزايدت الهجرة الوافدة. ثم جاء ملتمسو اللجوء.\n\nعمل الأجانب\n\n" + strings.Repeat("يحدد الوزير الشروط والرسوم وأعلى نسبة، ويمسك كل مكتب سجلا بأسماء مقدمي الطلبات ومهنهم. ", 4), "labour-market", RuleSection,
		},
		"a heading with nothing below": {
			migrants + "\nWork of foreigners\n\nOther matters\n\n" + strings.Repeat(filler, 10), "labour-market", "",
		},
		"a section that names it again and again": {
			strings.Repeat(migrants, 8) + "\nProtection\n\nRefugees are registered. The office hears refugees. A refugee may appeal.\n\nOther matters\n\n" + strings.Repeat(filler, 200), "refugee", RuleSection,
		},
		"the same sentences far apart": {
			strings.Repeat(migrants, 8) + "\nFirst\n\nRefugees are registered. " + strings.Repeat(filler, 70) + "\n\nSecond\n\nThe office hears refugees. " + strings.Repeat(filler, 70) +
				"\n\nThird\n\nA refugee may appeal. " + strings.Repeat(filler, 70), "refugee", "",
		},
		"a heading in a text on something else": {
			strings.Repeat(filler, 40) + "\nInstitutions\n\n" + below, "institutions", "",
		},
		"institutions in a text on migration": {
			migrants + migrants + "\nInstitutions\n\n" + below, "institutions", RuleSection,
		},
	} {
		l := corpus.Lang("en")
		switch {
		case strings.Contains(name, "French"):
			l = "fr"
		case strings.Contains(name, "Arabic"):
			l = "ar"
		}
		if got := rule(g.Tag(entry(l, "A note", c.text)), c.topic); got != c.want {
			t.Errorf("%s: %s by %q, want %q", name, c.topic, got, c.want)
		}
	}
}

func TestSourcesDoNotMakeATextLonger(t *testing.T) {
	g := builtIn(t)
	text := "Remittances rose. Workers’ remittances paid for schools. Remittances fell in the crisis. " + strings.Repeat(filler, 15)
	sources := "\n\nSources\n\n" + strings.Repeat("Ministry of Finance, table of the year, copy on a site of documents, read for this note.\n", 400)
	if a, b := topics(g.Tag(entry("en", "A note", text))), topics(g.Tag(entry("en", "A note", text+sources))); strings.Join(a, " ") != strings.Join(b, " ") {
		t.Errorf("%v, with sources %v", a, b)
	}
}

func TestHeadingsOfATextOnSomethingElse(t *testing.T) {
	articles := "Asylum\n\nNobody is sent away. The right of asylum is guaranteed.\n\n" + strings.Repeat(filler, 100)
	if got := rule(builtIn(t).Tag(entry("en", "Constitution", articles)), "asylum"); got != "" {
		t.Errorf("an article of a constitution gives asylum by %q", got)
	}
}
