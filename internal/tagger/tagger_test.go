package tagger

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
	"marsa/corpus/vocab"
)

func builtIn(t testing.TB) *Tagger {
	t.Helper()
	v, err := vocab.Default()
	if err != nil {
		t.Fatal(err)
	}
	return New(v)
}

// entry makes a document of pages of text in one language.
func entry(l corpus.Lang, title string, pages ...string) *corpus.Entry {
	e := &corpus.Entry{Document: corpus.Document{Title: title, Lang: l}}
	for i, text := range pages {
		e.Pages = append(e.Pages, corpus.Page{Number: i + 1, Lang: l, Text: text})
	}
	return e
}

// roles writes the countries of tags as "ma about title", without their parts in
// movements.
func roles(tags []corpus.Tag) []string {
	var out []string
	for _, g := range tags {
		if name, ok := strings.CutPrefix(string(g.Concept), "country/"); ok && (g.Role == corpus.About || g.Role == corpus.Mentions) {
			out = append(out, fmt.Sprintf("%s %s %s", name, g.Role, g.Rule))
		}
	}
	slices.Sort(out)
	return out
}

func topics(tags []corpus.Tag) []string {
	var out []string
	for _, g := range tags {
		if name, ok := strings.CutPrefix(string(g.Concept), "topic/"); ok {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

const filler = "The ministry published the figures in the spring and explained how they had been collected. Offices in the provinces sent their registers late.\n"

func TestCountries(t *testing.T) {
	g := builtIn(t)
	for name, c := range map[string]struct {
		e    *corpus.Entry
		want []string
	}{
		"title": {
			entry("en", "Women migrants from Morocco", "A study.\n"+filler),
			[]string{"ma about title"},
		},
		"title in French": {
			entry("fr", "La loi marocaine 02-03", "Une étude."),
			[]string{"ma about title"},
		},
		"title in Arabic": {
			entry("ar", "قانون إقامة الأجانب في لبنان", "يتناول هذا النص قانون إقامة الأجانب في لبنان."),
			[]string{"lb about title"},
		},
		"passing": {
			entry("en", "A study", filler+"One family had come from Tunisia.\n"+filler),
			[]string{"tn mentions passing"},
		},
		"sustained": {
			entry("en", "A study", filler+"Many leave Tunisia for work. The Tunisian law was changed. Few return to Tunisia. In Tunisia the census counts them.\n"),
			[]string{"tn about sustained"},
		},
		"nine countries in a list": {
			entry("en", "A study", strings.Repeat("The partners are Algeria, Egypt, Israel, Jordan, Lebanon, Morocco, Syria, Tunisia and the West Bank and Gaza Strip. "+filler, 8)),
			[]string{"dz mentions listed-only", "eg mentions listed-only", "il mentions listed-only", "jo mentions listed-only", "lb mentions listed-only",
				"ma mentions listed-only", "ps mentions listed-only", "sy mentions listed-only", "tn mentions listed-only"},
		},
		"list in Arabic": {
			entry("ar", "دراسة", strings.Repeat("البلدان الشريكة هي الجزائر ومصر والمغرب وتونس ولبنان. ", 6)),
			[]string{"dz mentions listed-only", "eg mentions listed-only", "lb mentions listed-only", "ma mentions listed-only", "tn mentions listed-only"},
		},
		"table": {
			entry("en", "A study", "Algeria 12 340 5.6\nEgypt 33 120 7.1\nMorocco 9 870 2.3\nTunisia 1 200 0.4\n"),
			[]string{"dz mentions listed-only", "eg mentions listed-only", "ma mentions listed-only", "tn mentions listed-only"},
		},
		"references and addresses": {
			entry("en", "A study", filler+"Tel. +212 5 37 00 00 00, Rabat, Morocco\n14 Main Street, 1002 Tunis, Tunisia\nSmith, A. (2009), The press of Egypt, vol. 3, pp. 12-19. https://example.org\n"),
			[]string{"eg mentions listed-only", "ma mentions listed-only", "tn mentions listed-only"},
		},
		"numbered sources": {
			entry("fr", "Une étude", filler+"[1] Ministère du Travail, rapport sur la Tunisie.\n[2] Le même, note sur la Tunisie, 2010.\n[3] Le même, loi de la Tunisie.\n[4] Le même, réponse de la Tunisie.\n"),
			[]string{"tn mentions listed-only"},
		},
		"compendium": {
			entry("en", "Migration laws of the region",
				section("Algeria", "Algerian"), section("Egypt", "Egyptian"), section("Morocco", "Moroccan"), section("Tunisia", "Tunisian")),
			[]string{"dz about heading", "eg about heading", "ma about heading", "tn about heading"},
		},
		"a quoted ministry": {
			entry("ar", "دراسة", "ذكرت وزارة الخارجية الأمريكية ذلك. وقالت اللجنة الأمريكية مثله. وكتبت الوزارة الأمريكية عن تونس. وتونس تنشر أرقامها. وقانون تونس جديد. والوزارة التونسية تنفذه."),
			[]string{"tn about sustained", "us mentions passing"},
		},
		"a person": {
			entry("en", "A study", "Michael Jordan played for the club. Mr Jordan Smith wrote of it. Jordan scored again. The team of Egypt lost.\n"),
			[]string{"eg mentions passing"},
		},
		"a person near countries": {
			entry("en", "A study", "The actor Michael Jordan travelled from Egypt to Tunisia.\n"),
			[]string{"eg mentions passing", "tn mentions passing"},
		},
		"the country Jordan": {
			entry("en", "A study", "Workers from Egypt come to Jordan. In Jordan they need a permit. The Jordanian ministry issues it. Jordan renews it.\n"),
			[]string{"eg mentions passing", "jo about sustained"},
		},
		"Oman": {
			entry("ar", "دراسة", "عقد الاجتماع في عمان في الأسبوع الماضي وحضره ممثلو الوزارات."),
			nil,
		},
		"the sultanate": {
			entry("ar", "دراسة", "تستقبل دول الخليج مثل عمان والبحرين عمالا من آسيا."),
			[]string{"bh mentions passing", "om mentions passing"},
		},
		"milk": {
			entry("ar", "دراسة", "ينتج المصنع اللبن والجبن، ولبن البقر أغلى."),
			nil,
		},
		"scans are not read": {
			&corpus.Entry{Pages: []corpus.Page{{Number: 1, Lang: "en", Text: "Morocco. Morocco. Morocco.", Quality: corpus.Quality{State: corpus.Scan}}}},
			nil,
		},
	} {
		if diff := cmp.Diff(c.want, roles(g.Tag(c.e))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func section(country, adjective string) string {
	return fmt.Sprintf("%s\n\nThe law of %s on the entry of foreigners was passed in 2003. The %s parliament changed it twice. "+
		"Employers in %s apply for the permit. Appeals go to the courts of %s. %s", country, country, adjective, country, country, filler)
}

// long is a document about asylum of n pages.
func long(n int, more string) *corpus.Entry {
	pages := make([]string, n)
	for i := range pages {
		pages[i] = fmt.Sprintf("Refugees apply for asylum at the %s border. Their application is heard by the office.\n%s", ordinal(i), filler)
	}
	pages[0] += more
	return entry("en", "A study", pages...)
}

// ordinal names a number by a letter, because lines that differ in figures only
// are taken for running headers.
func ordinal(i int) string { return strings.Repeat(string(rune('a'+i%26)), 3+i/26) }

func TestTopics(t *testing.T) {
	g := builtIn(t)
	for name, c := range map[string]struct {
		e      *corpus.Entry
		has    string
		hasNot string
	}{
		"title":                        {entry("en", "Domestic workers in Lebanon", "Domestic workers have few rights."), "domestic-work", ""},
		"Arabic":                       {entry("ar", "دراسة عن أوضاع عمال المنازل", "يعمل في البلاد كثير من العمال. وعمال المنازل لا يشملهم القانون."), "domestic-work", ""},
		"French":                       {entry("fr", "Les travailleurs domestiques", "Le travail domestique est peu protégé."), "domestic-work", ""},
		"migration of data":            {entry("en", "Migration of data to the new system", strings.Repeat("The migration of data took a week. The data migration was tested. After migration the server was stopped. ", 4)), "", "migration"},
		"title of a text on migration": {entry("en", "EU instruments on migration", "Family reunification is in the directive of 2003."), "migration", ""},
		"frequent":                     {long(12, ""), "asylum", ""},
		"once in a long document":      {long(50, "A visa is needed."), "refugee", "visa"},
		"broad alone":                  {entry("en", "A study", strings.Repeat("Unemployment is high and the labour market is weak. Youth suffer from poverty. ", 6)), "", "unemployment"},
		"broad beside migration":       {entry("en", "A study", strings.Repeat("Unemployment is high among labour migrants. Migrant workers suffer from unemployment. ", 6)), "unemployment", ""},
		"kinds are no topics":          {entry("en", "Handbook and study", strings.Repeat("This study is a handbook. ", 9)), "", "study"},
		"kafala of children":           {entry("fr", "Étude", strings.Repeat("La kafala permet le recueil d’un enfant abandonné. ", 5)), "kafala-of-children", "kafala"},
		"kafala of workers":            {entry("fr", "Étude", strings.Repeat("La kafala lie la travailleuse à son employeur. ", 5)), "kafala", "kafala-of-children"},
		"imprint":                      {entry("en", "A study", "Funded by the European Union. European Union. IOM", filler, filler, "IOM, UNHCR, European Union"), "", "european-union"},
	} {
		got := topics(g.Tag(c.e))
		if c.has != "" && !slices.Contains(got, c.has) {
			t.Errorf("%s: no %s in %v", name, c.has, got)
		}
		if c.hasNot != "" && slices.Contains(got, c.hasNot) {
			t.Errorf("%s: %s in %v", name, c.hasNot, got)
		}
	}
}

// What holds of the tags of any document.
func invariants(t *testing.T, g *Tagger, e *corpus.Entry) {
	t.Helper()
	tags := g.Tag(e)
	if diff := cmp.Diff(tags, g.Tag(e)); diff != "" {
		t.Fatalf("tagged again: %s", diff)
	}
	for i, tag := range tags {
		if tag.Weight < 0 || tag.Weight > 1 || tag.Rule == "" || tag.By != corpus.ByRule || tag.State != corpus.Proposed {
			t.Fatalf("tag %+v", tag)
		}
		if i > 0 && heavier(tags[i-1], tag) >= 0 {
			t.Fatalf("%s before %s", tags[i-1].Concept, tag.Concept)
		}
		if len(tag.Evidence) > maxEvidence {
			t.Fatalf("%d places for %s", len(tag.Evidence), tag.Concept)
		}
		for _, s := range tag.Evidence {
			text := e.Pages[s.Page-1].Text
			if s.Start < 0 || s.Start >= s.End || s.End > len(text) {
				t.Fatalf("span %v in %d bytes", s, len(text))
			}
			if claim := tag.Claim(); claim.Role == corpus.About && !names(g, text[s.Start:s.End], tag.Concept) {
				t.Fatalf("%q is no label of %s", text[s.Start:s.End], tag.Concept)
			}
		}
	}
}

func names(g *Tagger, text string, id corpus.ConceptID) bool {
	for m := range g.v.Mentions(text, "") {
		if m.Concept == id && m.End-m.Start == len(text) {
			return true
		}
	}
	return false
}

func TestInvariants(t *testing.T) {
	g := builtIn(t)
	for _, e := range []*corpus.Entry{
		{},
		long(20, "Workers from Egypt come to Jordan. The Moroccan law."),
		entry("fr", "L’Égypte et la France", "L’Égypte, l'Algérie et le Maroc.\nLes travailleurs migrants égyptiens.\n", "Les Égyptiens à l’étranger."),
		entry("ar", "العمال المهاجرون في لبنان", "وعمال المنازل في لبنان والأردن، وللجزائر قانون.", "اللاجئون السوريون في لبنان."),
		entry("", "", "Morocco \xff\xfe migrant workers"),
	} {
		invariants(t, g, e)
	}
}

func FuzzTag(f *testing.F) {
	g := builtIn(f)
	f.Add("Migration in Morocco", "Morocco\n\nMoroccan migrant workers, Egypt and Tunisia.\fTel 123, Jordan", "en")
	f.Add("لبنان", "وعمال المنازل في لبنان\nوالأردن", "ar")
	f.Fuzz(func(t *testing.T, title, text, l string) {
		if !utf8.ValidString(text) || strings.ContainsFunc(l, func(r rune) bool { return r < 'a' || r > 'z' }) {
			return
		}
		invariants(t, g, entry(corpus.Lang(l), title, strings.Split(text, "\f")...))
	})
}

// More of the same evidence must never weigh less.
func TestWeightGrows(t *testing.T) {
	g := builtIn(t)
	last := map[corpus.Claim]float64{}
	for n := 1; n <= 12; n++ {
		pages := slices.Repeat([]string{filler}, 12)
		for i := range n {
			pages[i] = fmt.Sprintf("Domestic workers from Tunisia apply for the %s permit.\n%s", ordinal(i), filler)
		}
		for _, tag := range g.Tag(entry("en", "A study", pages...)) {
			if tag.Weight < last[tag.Claim()] {
				t.Errorf("%s weighs %v with %d sentences and weighed %v before", tag.Claim(), tag.Weight, n, last[tag.Claim()])
			}
			last[tag.Claim()] = tag.Weight
		}
	}
	if last[corpus.ClaimOf("country/tn", corpus.About)] == 0 || last[corpus.ClaimOf("topic/domestic-work", "")] == 0 || last[corpus.ClaimOf("country/tn", corpus.RoleOrigin)] == 0 {
		t.Errorf("weights %v", last)
	}
}

func TestEvidenceFromDifferentPages(t *testing.T) {
	g := builtIn(t)
	for _, tag := range g.Tag(long(9, "")) {
		pages := map[int]bool{}
		for _, s := range tag.Evidence {
			pages[s.Page] = true
		}
		if len(pages) != maxEvidence {
			t.Errorf("%s: evidence %v", tag.Concept, tag.Evidence)
		}
	}
}

func TestKind(t *testing.T) {
	g := builtIn(t)
	for _, c := range []struct {
		l     corpus.Lang
		title string
		text  string
		want  corpus.Kind
	}{
		{"en", "Women migrants: a comparative study", "", "study"},
		{"fr", "Guide pratique des travailleurs migrants", "", "handbook"},
		{"ar", "دليل تدريبي للمدربين", "", "training-material"},
		{"en", "Law No. 5 of 2025 on the entry of foreigners", "", "legal-text"},
		{"fr", "Loi n° 02-03 relative à l’entrée et au séjour des étrangers", "", "legal-text"},
		{"ar", "قانون رقم ٨٩ لسنة ١٩٦٠", "", "legal-text"},
		{"en", "Regulation (EU) No 604/2013", "", "legal-text"},
		{"en", "Study visits of officials", "", ""},
		{"en", "Study and handbook", "", ""},
		{"en", "The working groups of the project", "", ""},
		{"en", "Migration in the region", "EUROMED Migration II\n\nTraining manual\n\n2009\n", "training-material"},
		{"en", "Migration in the region", "This study was carried out in 2009 by a team of researchers, and its authors thank everyone who took part in it.\n", ""},
		{"en", "Migration in the region", strings.Repeat("A line\n", 20) + "Glossary\n", ""},
		{"en", "", "", ""},
	} {
		got, ok := g.Kind(entry(c.l, c.title, c.text))
		if got != c.want || ok != (c.want != "") {
			t.Errorf("Kind(%q, %q) = %q, %v, want %q", c.title, c.text, got, ok, c.want)
		}
	}
}

func BenchmarkTag(b *testing.B) {
	g := builtIn(b)
	pages := make([]string, 40)
	size := 0
	for i := range pages {
		pages[i] = section("Morocco", "Moroccan") + strings.Repeat("Migrant workers from Egypt and Tunisia send remittances to their families. "+filler, 6)
		size += len(pages[i])
	}
	e := entry("en", "A study", pages...)
	b.SetBytes(int64(size))
	for b.Loop() {
		g.Tag(e)
	}
}

// A page without an end, such as a text file made to be slow, must cost no more
// than its length.
func BenchmarkTagHostile(b *testing.B) {
	g := builtIn(b)
	for name, unit := range map[string]string{
		"place":   "Lebanon ",
		"name":    "In Jordan, ",
		"near":    "asylum ",
		"heading": "Morocco\n\n",
	} {
		b.Run(name, func(b *testing.B) {
			e := entry("en", "A study", strings.Repeat(unit, 1<<20/len(unit)))
			b.SetBytes(1 << 20)
			for b.Loop() {
				g.Tag(e)
			}
		})
	}
}
