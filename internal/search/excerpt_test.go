package search

import (
	"strings"
	"testing"
	"unicode/utf8"

	"marsa/corpus"
	"marsa/index"
)

// show writes parts as a reader sees them, marks in brackets.
func show(parts []Part) string {
	var b strings.Builder
	for _, p := range parts {
		if p.Hit {
			b.WriteString("[" + p.Text + "]")
		} else {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

// find marks every occurrence of words in text.
func find(text string, words ...string) []index.Match {
	var ms []index.Match
	for _, w := range words {
		for at := 0; ; {
			i := strings.Index(text[at:], w)
			if i < 0 {
				break
			}
			ms = append(ms, index.Match{Span: corpus.Span{Page: 1, Start: at + i, End: at + i + len(w)}, Word: w})
			at += i + len(w)
		}
	}
	sortMatches(ms)
	return ms
}

var filler = strings.Repeat("Nothing to see in these plain words at all. ", 12)

func TestExcerpt(t *testing.T) {
	for _, c := range []struct {
		name, text string
		words      []string
		want       string
	}{
		{"short text is shown whole", "The Labour Code leaves domestic\nwork out.", []string{"domestic", "work"},
			"The Labour Code leaves [domestic] [work] out."},
		{"nothing marked: the beginning", "One two three.", nil, "One two three."},
		{"empty page", "", nil, ""},
		{"the passage with most different words wins",
			"work work work. " + filler + "Rules on domestic work.", []string{"domestic", "work"},
			"… Nothing to see in these plain words at all. Rules on [domestic] [work]."},
		{"Arabic, no cut inside a word", "تستثني المدونة عمال المنازل من أحكامها.", []string{"عمال", "المنازل"},
			"تستثني المدونة [عمال] [المنازل] من أحكامها."},
		{"French with accents and apostrophe", "L’employeur délivre l’autorisation à l’étranger.", []string{"l’étranger"},
			"L’employeur délivre l’autorisation à [l’étranger]."},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := show(excerpt(c.text, find(c.text, c.words...)))
			if c.name == "the passage with most different words wins" {
				if !strings.HasSuffix(got, "Rules on [domestic] [work].") || !strings.HasPrefix(got, "…") && !strings.HasPrefix(got, "Nothing") {
					t.Errorf("excerpt = %q", got)
				}
				return
			}
			if got != c.want {
				t.Errorf("excerpt = %q\nwant      %q", got, c.want)
			}
		})
	}
}

func TestExcerptIsBoundedAndWhole(t *testing.T) {
	text := filler + "the kafil keeps the passport " + filler
	got := show(excerpt(text, find(text, "passport")))
	if n := utf8.RuneCountInString(got); n > excerptLength+10 {
		t.Errorf("excerpt has %d characters: %q", n, got)
	}
	if !strings.HasPrefix(got, "…") && !strings.HasPrefix(got, "Nothing") || !strings.HasSuffix(got, " …") && !strings.HasSuffix(got, ".") {
		t.Errorf("excerpt does not show that it was cut: %q", got)
	}
	for _, w := range strings.Fields(strings.NewReplacer("[", "", "]", "", "…", "").Replace(got)) {
		if !strings.Contains(" "+text+" ", " "+w+" ") {
			t.Errorf("%q is not a whole word of the text", w)
		}
	}
}

func TestSentence(t *testing.T) {
	text := "Before it. The kafil is employer and guarantor. After it.\n\nNew paragraph"
	i := strings.Index(text, "kafil")
	from, to := sentence(text, i, i+len("kafil"))
	if got, want := text[from:to], "The kafil is employer and guarantor."; got != want {
		t.Errorf("sentence = %q, want %q", got, want)
	}
	i = strings.Index(text, "After")
	from, to = sentence(text, i, i+len("After"))
	if got, want := text[from:to], "After it."; got != want {
		t.Errorf("sentence at a paragraph's end = %q, want %q", got, want)
	}
}

func TestOverlappingSpansAreOneMark(t *testing.T) {
	text := "domestic workers"
	spans := []index.Match{
		{Span: corpus.Span{Start: 0, End: 16}}, {Span: corpus.Span{Start: 0, End: 8}}, {Span: corpus.Span{Start: 9, End: 16}},
	}
	if got, want := show(excerpt(text, spans)), "[domestic workers]"; got != want {
		t.Errorf("excerpt = %q, want %q", got, want)
	}
}

func FuzzExcerpt(f *testing.F) {
	f.Add("l’étranger عمال المنازل", 3, 9)
	f.Fuzz(func(t *testing.T, text string, start, end int) {
		spans := within(text, []index.Match{{Span: corpus.Span{Start: start, End: end}, Word: "x"}})
		for _, p := range excerpt(text, spans) {
			if p.Text == "" || strings.Contains(p.Text, "\n") {
				t.Fatalf("part %q", p.Text)
			}
		}
		if len(spans) > 0 {
			from, to := sentence(text, start, end)
			if from > start || to < end {
				t.Fatalf("sentence %d-%d does not hold %d-%d", from, to, start, end)
			}
		}
	})
}

func TestBeginsSentence(t *testing.T) {
	text := "One ends here. Two begins.\nA heading\nThe text below it is longer than the heading above it.\n\nNew paragraph, wrapped\nin two lines."
	for words, want := range map[string]bool{
		"One": true, "Two": true, "ends": false, "A heading": true, "The text": true, "longer": false, "New": true, "in two": false,
	} {
		if got := beginsSentence(text, strings.Index(text, words)); got != want {
			t.Errorf("beginsSentence at %q = %v", words, got)
		}
	}
}

// TestExcerptKeepsSentences begins and ends with sentences where there is room.
func TestExcerptKeepsSentences(t *testing.T) {
	long := strings.Repeat("كلمات كثيرة لا تعني شيئا هنا ", 12)
	for _, c := range []struct {
		name, text string
		words      []string
		want       string
	}{
		{"the sentence begins before the mark",
			filler + "In Lebanon and in Jordan alike the law that the parliament passed gives a permit to each worker. " + filler, []string{"permit", "worker"},
			"In Lebanon and in Jordan alike the law that the parliament passed gives a [permit] to each [worker]. Nothing to see in these plain words at all. Nothing to see in these plain words at all. Nothing to see in these plain words at all."},
		{"abbreviations and initials end none",
			filler + "Law No. 205 of J. Smith, cf. art. 3, gives a permit. " + filler, []string{"permit"},
			"Law No. 205 of J. Smith, cf. art. 3, gives a [permit]. Nothing to see in these plain words at all. Nothing to see in these plain words at all. Nothing to see in these plain words at all. Nothing to see in these plain words at all."},
		{"Arabic sentences", long + ". هل يحتاج العامل إلى تصريح؟ نعم، وتمنحه الوزارة. " + long, []string{"تصريح"},
			""},
		{"a long sentence is cut between words, and says so",
			strings.Repeat("word ", 100) + "permit " + strings.Repeat("other ", 100), []string{"permit"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := show(excerpt(c.text, find(c.text, c.words...)))
			if c.want != "" && got != c.want {
				t.Errorf("excerpt = %q\nwant      %q", got, c.want)
			}
			for _, w := range strings.Fields(strings.NewReplacer("[", "", "]", "", "…", "").Replace(got)) {
				if !strings.Contains(" "+c.text+" ", " "+w+" ") {
					t.Errorf("%q is not a whole word of the text", w)
				}
			}
			switch c.name {
			case "Arabic sentences":
				if !strings.HasPrefix(got, "هل يحتاج العامل إلى [تصريح]؟ نعم، وتمنحه الوزارة.") || !strings.HasSuffix(got, " …") {
					t.Errorf("excerpt = %q", got)
				}
			case "a long sentence is cut between words, and says so":
				if !strings.HasPrefix(got, "… word ") || !strings.HasSuffix(got, " other …") || !strings.Contains(got, "[permit]") {
					t.Errorf("excerpt = %q", got)
				}
			}
		})
	}
}
