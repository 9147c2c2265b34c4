package locale

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func load(t *testing.T) map[string]*Catalogue {
	t.Helper()
	all, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestEveryKeyInEveryLanguage(t *testing.T) {
	all := load(t)
	want := slices.Sorted(maps.Keys(all["en"].texts))
	for _, l := range languages {
		if diff := cmp.Diff(want, slices.Sorted(maps.Keys(all[l].texts))); diff != "" {
			t.Errorf("%s (-en +%s):\n%s", l, l, diff)
		}
	}
}

func TestEveryPluralForm(t *testing.T) {
	all := load(t)
	for key, en := range all["en"].texts {
		for _, l := range languages {
			got := slices.Sorted(maps.Keys(all[l].texts[key]))
			want := []string{other}
			if len(en) > 1 {
				want = slices.Sorted(slices.Values(forms(l)))
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s of %s:\n%s", key, l, diff)
			}
		}
	}
}

var placeholder = regexp.MustCompile(`\{(\w+)\}`)

// TestSamePlaceholders lets a plural form leave out its number, which the word
// itself may say ("two pages" is one word in Arabic).
func TestSamePlaceholders(t *testing.T) {
	all := load(t)
	names := func(text string, plural bool) string {
		var ns []string
		for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
			if !plural || m[1] != "n" {
				ns = append(ns, m[1])
			}
		}
		slices.Sort(ns)
		return strings.Join(slices.Compact(ns), " ")
	}
	for key, en := range all["en"].texts {
		plural := len(en) > 1
		for _, l := range languages {
			for form, text := range all[l].texts[key] {
				if want, got := names(en[other], plural), names(text, plural); got != want {
					t.Errorf("%s of %s (%s): placeholders %q, in English %q", key, l, form, got, want)
				}
				if text == "" || text != strings.TrimSpace(text) {
					t.Errorf("%s of %s (%s): %q is empty or has space around it", key, l, form, text)
				}
			}
		}
	}
}

// TestTranslated finds texts that were forgotten in English.
func TestTranslated(t *testing.T) {
	all := load(t)
	latin := regexp.MustCompile(`[A-Za-z]{4,}`)
	allowed := regexp.MustCompile(`\x{2068}[^\x{2069}]*\x{2069}|/api/v1/openapi.json|\{\w+\}`)
	for key, m := range all["ar"].texts {
		if strings.HasPrefix(key, "own.") || strings.HasPrefix(key, "home.example") || key == "help.page_example" { // identifiers are Latin
			continue
		}
		for _, text := range m {
			if rest := allowed.ReplaceAllString(text, ""); latin.MatchString(rest) {
				t.Errorf("%s: %q has Latin words outside of isolates", key, text)
			}
		}
	}
	for key, m := range all["fr"].texts {
		if en := all["en"].texts[key][other]; len(strings.Fields(en)) > 3 && m[other] == en {
			t.Errorf("%s is the same in French and English: %q", key, en)
		}
	}
}

// TestForm holds the rules against what Intl.PluralRules of Node 20
// answers.
func TestForm(t *testing.T) {
	for _, c := range []struct {
		lang string
		form string
		ns   []int
	}{
		{"en", one, []int{1, -1}}, {"en", other, []int{0, 2, 11, 100}},
		{"fr", one, []int{0, 1}}, {"fr", other, []int{2, 17, 100, 1_000, 1_000_001}}, {"fr", many, []int{1_000_000, 3_000_000}},
		{"ar", zero, []int{0}}, {"ar", one, []int{1}}, {"ar", two, []int{2}},
		{"ar", few, []int{3, 10, 103, 110, 1_003}}, {"ar", many, []int{11, 26, 99, 111, 1_011}}, {"ar", other, []int{100, 101, 102, 200, 1_000, 1_002}},
	} {
		for _, n := range c.ns {
			if got := Form(c.lang, n); got != c.form {
				t.Errorf("%s %d: %s, want %s", c.lang, n, got, c.form)
			}
		}
	}
}

func TestNumbersSizesDates(t *testing.T) {
	all := load(t)
	var got []string
	for _, c := range []struct{ en, fr, ar string }{
		{all["en"].Number(1234567), all["fr"].Number(1234567), all["ar"].Number(1234567)},
		{must(all["en"].Date("2011-05-12")), must(all["fr"].Date("2011-05-12")), must(all["ar"].Date("2011-05-12"))},
		{must(all["en"].Date("2011-02-01")), must(all["fr"].Date("2011-02-01")), must(all["ar"].Date("2011-02"))},
		{must(all["en"].Size(1_482_113)), must(all["fr"].Size(1_482_113)), must(all["ar"].Size(48_200))},
		{must(all["en"].N("results.works", 2)), must(all["fr"].N("results.works", 0)), must(all["ar"].N("results.works", 2))},
	} {
		got = append(got, c.en, c.fr, c.ar)
	}
	want := []string{
		"1,234,567", "1\u202f234\u202f567", "1,234,567",
		"12 May 2011", "12 mai 2011", "12 أيار/مايو 2011",
		"1 February 2011", "1er février 2011", "شباط/فبراير 2011",
		"1.5 MB", "1,5\u00a0Mo", "48 ك.ب",
		"2 publications", "0 publication", "منشوران",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, odd := range []string{"", "2009", "2009-13", "2009-00-01", "x-y", "2009-05-12-1"} {
		if d := must(all["en"].Date(odd)); d != odd {
			t.Errorf("date %q became %q", odd, d)
		}
	}
}

func must(s string, err error) string {
	if err != nil {
		panic(err)
	}
	return s
}

// TestTextOfTheOtherDirectionIsIsolated keeps a foreign title from turning the
// sentence around it.
func TestTextOfTheOtherDirectionIsIsolated(t *testing.T) {
	all := load(t)
	for _, c := range []struct{ lang, arg, want string }{
		{"en", "لبنان", "Results for \u2068لبنان\u2069"},
		{"en", "Lebanon", "Results for Lebanon"},
		{"ar", "Lebanon", "نتائج البحث عن \u2068Lebanon\u2069"},
		{"ar", "لبنان", "نتائج البحث عن لبنان"},
		{"en", "{query}", "Results for {query}"},
	} {
		if got := must(all[c.lang].T("results.title", "query", c.arg)); got != c.want {
			t.Errorf("%s %q: %q, want %q", c.lang, c.arg, got, c.want)
		}
	}
}

func TestMistakesAreErrors(t *testing.T) {
	en := load(t)["en"]
	if _, err := en.T("no.such.text"); err == nil {
		t.Error("a key that is not there gives no error")
	}
	if _, err := en.T("results.title", "query"); err == nil {
		t.Error("a name without a value gives no error")
	}
	if _, err := en.T("results.title", 1, 2); err == nil {
		t.Error("a number for a name gives no error")
	}
}

func TestNegotiate(t *testing.T) {
	for header, want := range map[string]string{
		"":                                 "en",
		"fr":                               "fr",
		"fr-CA,fr;q=0.8,en;q=0.5":          "fr",
		"de,fr;q=0.3":                      "fr",
		"de":                               "en",
		"arz":                              "ar",
		"ary-MA, fr;q=0.5":                 "ar",
		"ar-LB;q=0.4, en;q=0.9":            "en",
		"fr;q=0, ar":                       "ar",
		"*":                                "en",
		"\x00\xff;;;":                      "en",
		strings.Repeat("de,", 5000) + "fr": "en",
	} {
		if got := Negotiate(header); got != want {
			t.Errorf("%.40q: %s, want %s", header, got, want)
		}
	}
}

func TestList(t *testing.T) {
	all := load(t)
	for _, c := range []struct {
		lang  string
		items []string
		want  string
	}{
		{"en", nil, ""},
		{"fr", []string{"arabe"}, "arabe"},
		{"fr", []string{"arabe", "anglais", "grec"}, "arabe, anglais, grec"},
		{"ar", []string{"العربية", "الفرنسية"}, "العربية، الفرنسية"},
		{"ar", []string{"XX", "العربية"}, "\u2068XX\u2069، العربية"},
		{"en", []string{"{next}", "{list}"}, "{next}, {list}"},
	} {
		if got := must(all[c.lang].List(c.items)); got != c.want {
			t.Errorf("%s %q: %q, want %q", c.lang, c.items, got, c.want)
		}
	}
}

func TestLanguageNames(t *testing.T) {
	fr := load(t)["fr"]
	for code, want := range map[string]string{"ar": "arabe", "": "langue inconnue", "xx": "XX"} {
		if got := fr.Language(code); got != want {
			t.Errorf("%q: %q", code, got)
		}
	}
}
