package search

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
	"marsa/corpus/words"
	"marsa/index"
)

const everydayTable = "en\tfr\tar\n" +
	"prison|jail\tprison|maison d'arrêt\tسجن|سجون\n" +
	"day off\tjour de repos\tيوم راحة\n" +
	"day\tjour|journée\tيوم|أيام\n" +
	"pay|paid\tpayer|paiement\tدفع|يدفع\n" +
	"wage|pay\tsalaire\tأجر|أجور\n"

func everydayService(t *testing.T) *Service {
	t.Helper()
	s := newService(t, &engine{})
	l, err := words.Read(everydayTable, "country\ten\tfr\tar\nma\tTangier\tTanger\tطنجة\n")
	if err != nil {
		t.Fatal(err)
	}
	s.words = l
	return s
}

func TestEverydayWords(t *testing.T) {
	s := everydayService(t)
	for _, c := range []struct {
		query string
		want  []string // each "typed: also searched"
	}{
		{"jail", []string{"jail: prison prison maison d'arrêt سجن سجون"}},
		{"how long in jail", []string{"jail: prison prison maison d'arrêt سجن سجون"}},
		{"sa journée en prison", []string{"journée: day jour يوم أيام", "prison: prison jail maison d'arrêt سجن سجون"}},
		{"السجون", []string{"السجون: prison jail prison maison d'arrêt سجن"}},
		// the longest entry first, and of several meanings the commonest word of each
		{"her day off", []string{"day off: jour de repos يوم راحة"}},
		{"pay them", []string{"pay: wage paid payer salaire دفع أجر يدفع أجور"}},
		// a place by its other names, and its country
		{"jail in Tangier", []string{"jail: prison prison maison d'arrêt سجن سجون", "Tangier: Tanger طنجة Morocco Maroc المغرب"}},
		// as typed only
		{`"jail"`, nil},
		{"title:jail", nil},
		{"-jail day", []string{"day: jour journée يوم أيام"}},
		{"jail*", nil},
		// half of the words are of neither language
		{"Wann dürfen Arbeiter in den jail", nil},
	} {
		var got []string
		for _, e := range s.read(&Request{Text: c.query}).expansions {
			var labels []string
			for _, l := range e.Labels {
				labels = append(labels, l.Text)
			}
			if e.Concept == "" {
				got = append(got, e.Typed+": "+strings.Join(labels, " "))
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.query, diff)
		}
	}
}

// TestEverydayClause: words in other languages weigh more than those of the query's
// own, and none makes a document have all words.
func TestEverydayClause(t *testing.T) {
	s := everydayService(t)
	all, ok := s.read(&Request{Text: "the jail"}).match.(index.All)
	if !ok || len(all) != 2 {
		t.Fatalf("%#v", all)
	}
	want := index.Concept{Akin: true, Words: []index.Word{{Text: "jail"}}, Labels: []index.Label{
		{Text: "prison", Lang: "en", Weight: alikeWeight},
		{Text: "prison", Lang: "fr", Weight: foreignWeight}, {Text: "maison d'arrêt", Lang: "fr", Weight: foreignWeight},
		{Text: "سجن", Lang: "ar", Weight: foreignWeight}, {Text: "سجون", Lang: "ar", Weight: foreignWeight},
	}}
	if diff := cmp.Diff(index.Clause(want), all[1]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestEverydayTakenBack(t *testing.T) {
	s := everydayService(t)
	e := s.read(&Request{Text: "jail", No: []string{"Prison"}}).expansions[0]
	if diff := cmp.Diff([]Label{{"prison", "en"}, {"prison", "fr"}}, e.Removed); diff != "" {
		t.Errorf("taken away (-want +got):\n%s", diff)
	}
	if got := s.read(&Request{Text: "jail", Plain: true}).expansions; got != nil {
		t.Errorf("switched off: %+v", got)
	}
}

func TestLanguagesOfQuery(t *testing.T) {
	s := newService(t, &engine{})
	for _, c := range []struct {
		text string
		want []corpus.Lang
	}{
		{"can a wife join her husband", []corpus.Lang{"en"}},
		{"peut-elle rejoindre son mari", []corpus.Lang{"fr"}},
		{"هل يمكن للزوجة", []corpus.Lang{"ar"}},
		{"visa", []corpus.Lang{"en", "fr"}},
		{"visa للزوجة", []corpus.Lang{"ar", "en", "fr"}},
		{"Wie lange darf eine Ehefrau warten", nil},
		{"2010", nil},
		{"", nil},
	} {
		x := expander{list: s.words}
		if got := x.languagesOf(c.text); !slices.Equal(got, c.want) {
			t.Errorf("%q: %v, want %v", c.text, got, c.want)
		}
	}
}

// TestWordsThatJoin: no document needs them, unless there is nothing else.
func TestWordsThatJoin(t *testing.T) {
	s := everydayService(t)
	for _, c := range []struct {
		query string
		want  []string
	}{
		{"how long may she stay in jail", []string{"how", "may", "she", "in"}},
		{"combien de jours en prison", []string{"de", "en"}},
		{"هل في السجن", []string{"هل", "في"}},
		{"who is who", nil},
		{`"the jail"`, nil},
		{"wie lange sitzt man im jail", nil},
	} {
		var got []string
		all, _ := s.read(&Request{Text: c.query}).match.(index.All)
		for _, clause := range all {
			if w, ok := clause.(index.Word); ok && w.Optional {
				got = append(got, w.Text)
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.query, diff)
		}
	}
}
