package tagger

import (
	"slices"
	"strings"
	"testing"

	"marsa/corpus"
)

// rule returns the rule that gave a topic, "" for none.
func rule(tags []corpus.Tag, topic string) string {
	i := slices.IndexFunc(tags, func(t corpus.Tag) bool { return t.Concept == corpus.ConceptID("topic/"+topic) })
	if i < 0 {
		return ""
	}
	return tags[i].Rule
}

func TestNarrowerTopicsTogether(t *testing.T) {
	const text = "Residence permits\n\nA residence permit is given for a year. The permit of stay can be renewed.\n\n" +
		"Visas\n\nAn entry visa is asked for by the consulate. Visas cost money.\n\nEntry conditions\n\nThe conditions of entry are these.\n"
	tags := builtIn(t).Tag(entry("en", "A note", text+filler))
	if got := rule(tags, "entry-and-stay"); got != RuleNarrower {
		t.Errorf("entry and stay by %q", got)
	}
	for _, tag := range tags {
		if tag.Rule == RuleNarrower && len(tag.Evidence) == 0 {
			t.Errorf("%s has no evidence", tag.Concept)
		}
	}
	if got := rule(builtIn(t).Tag(entry("en", "A note", "A visa costs money.\n"+strings.Repeat(filler, 30))), "entry-and-stay"); got != "" {
		t.Errorf("one visa gives entry and stay by %q", got)
	}
}

func TestMaterialForTrainingIsAboutTraining(t *testing.T) {
	e := entry("en", "Borders: a session", filler)
	if got := rule(builtIn(t).Tag(e), "training"); got != "" {
		t.Errorf("without a kind by %q", got)
	}
	e.Kind = "training-material"
	if got := rule(builtIn(t).Tag(e), "training"); got != RuleKind {
		t.Errorf("by %q", got)
	}
}

func TestASectionUnderTheNameOfACountryIsItsOwn(t *testing.T) {
	const sections = "Morocco\n\nThe law of Morocco asks for a registration card. The card is given by the police. It holds for a year.\n\n" +
		"Tunisia and its neighbours: what is known of permits\n\nTunisia asks for a card too.\n\n"
	got := roles(builtIn(t).Tag(entry("en", "Cards", sections+strings.Repeat(filler, 8))))
	if !slices.Contains(got, "ma about heading") {
		t.Errorf("roles %v", got)
	}
	if slices.Contains(got, "tn about heading") {
		t.Errorf("one sentence under a longer heading: %v", got)
	}
}

func TestWorkOfForeignersIsLabourMigration(t *testing.T) {
	for lang, text := range map[corpus.Lang]string{
		"en": "Work of foreigners\n\nThe work of foreigners needs leave. The employment of foreigners is bound to a quota.\n",
		"fr": "Travail des étrangers\n\nLe travail des étrangers est soumis à autorisation. L’emploi des étrangers suit un quota.\n",
		"ar": "عمل الأجانب\n\nيخضع عمل الأجانب لترخيص مسبق. ولا يجوز تشغيل الأجانب إلا بنسبة محددة.\n",
	} {
		if got := rule(builtIn(t).Tag(entry(lang, "—", text)), "labour-migration"); got == "" {
			t.Errorf("%s: no tag", lang)
		}
	}
}

func TestRowsOfASheetAreSentences(t *testing.T) {
	row := func(country string) string {
		return "Country: " + country + "; Year: 2009; Figure: 112; Unit: persons\n"
	}
	got := sentences(row("Egypt") + row("Egypt") + row("Jordan") + "What follows: this; and that\n")
	if len(got) != 3 {
		t.Errorf("%d sentences, want a row each and what follows with the last", len(got))
	}
}
