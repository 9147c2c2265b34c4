package vocab

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
	"marsa/internal/fold"
)

// read writes mentions as "text=concept", with ~ for an adjective and ? for an
// ambiguous label.
func read(v *Vocabulary, text string, l corpus.Lang) []string {
	var out []string
	for m := range v.Mentions(text, l) {
		flags := ""
		if m.Adjective {
			flags += "~"
		}
		if m.Ambiguous {
			flags += "?"
		}
		_, name, _ := strings.Cut(string(m.Concept), "/")
		out = append(out, text[m.Start:m.End]+"="+name+flags)
	}
	return out
}

func TestMentions(t *testing.T) {
	v := builtIn(t)
	for name, c := range map[string]struct {
		l    corpus.Lang
		text string
		want []string
	}{
		"longest first":     {"en", "Migrant domestic workers", []string{"Migrant domestic workers=domestic-work"}},
		"convention":        {"en", "the Domestic Workers Convention", []string{"Domestic Workers Convention=ilo-convention-189"}},
		"name and adverb":   {"en", "in Jordan; Moroccan", []string{"Jordan=jo?", "Moroccan=ma~"}},
		"capital":           {"en", "Turkey, turkey, Polish, polish", []string{"Turkey=tr", "Polish=pl~"}},
		"acronym":           {"en", "IDPs, IDPS, Idps. IOM iom", []string{"IDPs=internally-displaced-persons", "IOM=iom?"}},
		"query":             {"", "idps in turkey", []string{"idps=internally-displaced-persons", "turkey=tr"}},
		"plural":            {"en", "work permits, labour shortages, detention policies, kafala systems", []string{"work permits=work-permit", "labour shortages=labour-shortage", "kafala systems=kafala"}},
		"sentences":         {"en", "He sought asylum. Seekers of truth", []string{"asylum=asylum?"}},
		"paragraphs":        {"en", "labour\n\nmigration", []string{"migration=migration?"}},
		"lines":             {"en", "labour\n   migration", []string{"labour\n   migration=labour-migration"}},
		"commas of a label": {"en", "economic, social and cultural rights", []string{"economic, social and cultural rights=human-rights"}},
		"hyphens":           {"en", "asylum-seekers", []string{"asylum-seekers=asylum-seeker"}},
		"fixed expression":  {"en", "migration of data by the River Jordan", nil},

		"elision":        {"fr", "l’Égypte, l'Egypte, d’Algérie", []string{"Égypte=eg", "Egypte=eg", "Algérie=dz"}},
		"both plurals":   {"fr", "travailleurs migrants, demandeurs d'asile, titres de séjour", []string{"travailleurs migrants=migrant-worker", "demandeurs d'asile=asylum-seeker", "titres de séjour=residence-permit"}},
		"ligature":       {"fr", "main-d'oeuvre étrangère, MAIN-D’ŒUVRE ÉTRANGÈRE", []string{"main-d'oeuvre étrangère=migrant-worker", "MAIN-D’ŒUVRE ÉTRANGÈRE=migrant-worker"}},
		"adjective":      {"fr", "marocaines et tunisiens", []string{"marocaines=ma~", "tunisiens=tn~"}},
		"abroad":         {"fr", "à l’étranger", nil},
		"given names":    {"fr", "Jordan et Chad", nil},
		"other language": {"fr", "Egypt, Türkiye and domestic workers", []string{"Egypt=eg", "Türkiye=tr"}},

		"clitic":            {"ar", "وعمال المنازل", []string{"وعمال المنازل=domestic-work"}},
		"preposition":       {"ar", "للعمال المهاجرين", []string{"للعمال المهاجرين=migrant-worker"}},
		"lam before lam":    {"ar", "للاجئين", []string{"للاجئين=refugee"}},
		"plural in un":      {"ar", "لاجئون سوريون", []string{"لاجئون سوريون=syrian-refugees"}},
		"milk":              {"ar", "اللبن ولبن", nil},
		"Lebanon":           {"ar", "بلبنان ولبنانيات", []string{"بلبنان=lb?", "ولبنانيات=lb~"}},
		"Maghreb":           {"ar", "المغرب العربي والمغرب", []string{"والمغرب=ma?"}},
		"islands":           {"ar", "الجزائر وجزائر وللجزائر", []string{"الجزائر=dz?", "وللجزائر=dz?"}},
		"Amman or Oman":     {"ar", "عمان", []string{"عمان=om?"}},
		"article on a name": {"ar", "المصر والقطر", nil},
		"vowels":            {"ar", "الْهِجْرَة إلى مِصْر", []string{"الْهِجْرَة=migration?", "مِصْر=eg?"}},
		"Arabic in English": {"en", "called عمال المنازل there", []string{"عمال المنازل=domestic-work"}},
		"two senses":        {"fr", "la kafala", []string{"kafala=kafala?", "kafala=kafala-of-children?"}},
		"law numbers":       {"ar", "اتفاقية عام ١٩٥١", []string{"اتفاقية عام ١٩٥١=refugee-convention?"}},
		"nothing":           {"en", "", nil},
		"broken UTF-8":      {"en", "\xffMorocco\xff", []string{"Morocco=ma"}},
	} {
		if diff := cmp.Diff(c.want, read(v, c.text, c.l)); diff != "" {
			t.Errorf("%s: %q: %s", name, c.text, diff)
		}
	}
}

func TestMentionsStops(t *testing.T) {
	v := builtIn(t)
	n := 0
	for range v.Mentions("Morocco, Egypt, Tunisia", "en") {
		n++
		break
	}
	if n != 1 {
		t.Errorf("%d mentions after the first was enough", n)
	}
}

// check says what is wrong with a mention: its span must lie in the text and
// read as the label it names.
func check(text string, m Mention) error {
	if m.Start < 0 || m.End <= m.Start || m.End > len(text) {
		return fmt.Errorf("span %d-%d in %d bytes", m.Start, m.End, len(text))
	}
	got, want := plain(text[m.Start:m.End]), plain(m.Label)
	if len(got) != len(want) {
		return fmt.Errorf("%q is not %q", text[m.Start:m.End], m.Label)
	}
	for i := range got {
		if !strings.Contains(got[i], want[i]) {
			return fmt.Errorf("%q is not %q", text[m.Start:m.End], m.Label)
		}
	}
	return nil
}

// plain folds words and takes from them what inflection may change.
func plain(text string) []string {
	var out []string
	for _, w := range strings.Fields(fold.Text(text)) {
		if isArabic(w) {
			w = withoutArticle(w)
			for _, ending := range []string{"ون", "ين", "يات", "يه"} {
				w = strings.TrimSuffix(w, ending)
			}
		} else {
			w = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(w, "s"), "ie"), "y")
		}
		out = append(out, w)
	}
	return out
}

func FuzzMentions(f *testing.F) {
	v := builtIn(f)
	for _, s := range []string{
		"Moroccan domestic workers in the Hashemite Kingdom of Jordan; IDPs", "l’Égypte et les migrants", "وللعمال المهاجرين بلبنان، والمصريات",
		"a\u00adsylum seek\u200ders\xff", "Convention (n° 143) sur les travailleurs migrants (dispositions complémentaires), 1975",
	} {
		f.Add(s, "en")
		f.Add(s, "")
		f.Add(s, "ar")
	}
	f.Fuzz(func(t *testing.T, text, l string) {
		var last Mention
		for m := range v.Mentions(text, corpus.Lang(l)) {
			// Several concepts with one label share a span; other spans do not meet.
			if err := check(text, m); err != nil {
				t.Fatal(err)
			}
			if m.Start < last.End && (m.Start != last.Start || m.End != last.End) {
				t.Fatalf("mention %v overlaps %v", m, last)
			}
			last = m
		}
	})
}

var paragraphs = map[corpus.Lang]string{
	"en": "The study looks at women who left Morocco and Tunisia to work as domestic workers, and at the remittances which they send. " +
		"In 2009 the ministry of labour counted many more residence permits than the year before, although employers often do not apply for them. ",
	"fr": "L’étude porte sur les femmes qui ont quitté l’Égypte et l’Algérie et sur les transferts de fonds vers leur pays d’origine. " +
		"Les travailleurs étrangers sont soumis à une autorisation préalable, délivrée par le ministère chargé de l’emploi après enquête. ",
	"ar": "تتناول هذه الدراسة أوضاع العمال المهاجرين في لبنان والأردن، وتحويلاتهم المالية إلى بلدانهم الأصلية، كما تعرض القوانين التي تنظم " +
		"دخول الأجانب وإقامتهم وعملهم، وما طرأ عليها من تعديلات خلال السنوات الأخيرة في ضوء الاتفاقيات الدولية. ",
}

func BenchmarkMentions(b *testing.B) {
	v := builtIn(b)
	for l, p := range paragraphs {
		text := strings.Repeat(p, 12)
		b.Run(string(l), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				for m := range v.Mentions(text, l) {
					_ = m
				}
			}
		})
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Default(); err != nil {
			b.Fatal(err)
		}
	}
}
