package lang

import (
	"strings"
	"testing"
	"unicode/utf8"

	"marsa/corpus"
)

func TestDetect(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want corpus.Lang
	}{
		"nothing":          {"", ""},
		"a word":           {"migration", ""},
		"numbers":          {"1 234 567,89 — 2009/2010 (12)", ""},
		"English":          {"Everyone has the right to leave any country, including his own, and to return to his country.", "en"},
		"French":           {"Toute personne a le droit de quitter tout pays, y compris le sien, et de revenir dans son pays.", "fr"},
		"Spanish":          {"Toda persona tiene derecho a salir de cualquier país, incluso el propio, y a regresar a su país.", "es"},
		"Italian":          {"Ogni individuo ha diritto di lasciare qualsiasi paese, incluso il proprio, e di ritornare nel proprio paese.", "it"},
		"German":           {"Jeder hat das Recht, jedes Land, einschließlich seines eigenen, zu verlassen und in sein Land zurückzukehren.", "de"},
		"Portuguese":       {"Toda a pessoa tem o direito de abandonar o país em que se encontra, incluindo o seu, e o direito de regressar ao seu país.", "pt"},
		"Turkish":          {"Herkes, kendi memleketi de dahil, herhangi bir memleketi terketmek ve memleketine dönmek hakkına haizdir.", "tr"},
		"Dutch":            {"Een ieder heeft het recht welk land ook, met inbegrip van het zijne, te verlaten en naar zijn land terug te keren.", "nl"},
		"Russian":          {"Каждый человек имеет право покидать любую страну, включая свою собственную, и возвращаться в свою страну.", "ru"},
		"Arabic":           {"حق اللجوء", "ar"},
		"Arabic, ruled":    {"الجريدة الرسمية" + strings.Repeat("ـ", 200), "ar"},
		"Arabic and a bit": {"تتناول هذه الدراسة أوضاع العمال المهاجرين في لبنان (Lebanon) والأردن", "ar"},
		"Persian":          {"هر کس حق دارد هر کشوری را ترک کند و به کشور خود بازگردد", "fa"},
		"Urdu":             {"ہر شخص کو اس بات کا حق ہے کہ وہ ملک سے چلا جائے", "ur"},
		"Hebrew":           {"זכות המקלט", "he"},
		"Greek":            {"δικαίωμα ασύλου", "el"},
		"Chinese":          {"人人有权离开任何国家", "zh"},
		"Japanese":         {"すべて人は、国を去る権利を有する", "ja"},
		"half and half":    {"δικαίωμα ασύλου right asylum", ""},
		"broken UTF-8":     {"\xff\xfe\xfd", ""},
	} {
		if got := Detect(c.text); got != c.want {
			t.Errorf("%s: Detect(%q) = %q, want %q", name, c.text, got, c.want)
		}
	}
}

func TestHeadDoesNotCutCharacters(t *testing.T) {
	for i := range 4 {
		text := strings.Repeat("a", i) + strings.Repeat("ح", sample)
		if h := head(text); !utf8.ValidString(h) || len(h) > sample || len(h) < sample-3 {
			t.Errorf("head of %d bytes is %d bytes, valid: %v", len(text), len(h), utf8.ValidString(h))
		}
	}
}

func FuzzDetect(f *testing.F) {
	f.Add("Everyone has the right to leave any country, including his own.")
	f.Add("حق اللجوء \xff")
	f.Fuzz(func(t *testing.T, text string) {
		if l := Detect(text); len(l) > 3 {
			t.Errorf("Detect(%q) = %q", text, l)
		}
	})
}
