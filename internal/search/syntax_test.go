package search

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"marsa/index"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		query string
		want  index.Clause
		notes []Note
	}{
		{"", nil, nil},
		{"  ,;  …", nil, nil},
		{"domestic workers", index.All{index.Word{Text: "domestic"}, index.Word{Text: "workers"}}, nil},
		{"migration,asile", index.All{index.Word{Text: "migration"}, index.Word{Text: "asile"}}, nil},
		{"l’homme 08-11 2003/86", index.All{index.Word{Text: "l’homme"}, index.Word{Text: "08-11"}, index.Word{Text: "2003/86"}}, nil},
		{`"the right of return"`, index.All{index.Phrase{Text: "the right of return"}}, nil},
		{"«droit d’asile» loi", index.All{index.Phrase{Text: "droit d’asile"}, index.Word{Text: "loi"}}, nil},
		{"“عمال المنازل” لبنان", index.All{index.Phrase{Text: "عمال المنازل"}, index.Word{Text: "لبنان"}}, nil},
		{"هجرة، لجوء؟", index.All{index.Word{Text: "هجرة"}, index.Word{Text: "لجوء"}}, nil},
		{"asylum -children", index.All{index.Word{Text: "asylum"}, index.Not{Clause: index.Word{Text: "children"}}}, nil},
		{`asylum -"family reunification"`, index.All{index.Word{Text: "asylum"}, index.Not{Clause: index.Phrase{Text: "family reunification"}}}, nil},
		{"asylum - children", index.All{index.Word{Text: "asylum"}, index.Word{Text: "children"}}, nil},
		{`work "permit for`, index.All{index.Word{Text: "work"}, index.Word{Text: "permit"}, index.Word{Text: "for"}},
			[]Note{{Key: NoteUnclosedQuote, At: 5}}},
		{`""`, nil, nil},
		{"work-related and/or x", wordList("work", "related", "and", "or", "x"), nil},
		{"work-related", wordList("work", "related"), nil},
		{"-work-related a", index.All{index.Not{Clause: wordList("work", "related")}, index.Word{Text: "a"}}, nil},
		{"work-related OR a", index.All{index.Any{wordList("work", "related"), index.Word{Text: "a"}}}, nil},
		{"return*", index.All{index.Prefix{Text: "return"}}, nil},
		{"migrasion~", index.All{index.Fuzzy{Text: "migrasion"}}, nil},
		{`"work permit"~5`, index.All{index.Near{Text: "work permit", Within: 5}}, nil},
		{"asylum OR readmission", index.All{index.Any{index.Word{Text: "asylum"}, index.Word{Text: "readmission"}}}, nil},
		{"migration AND (asylum OR readmission)", index.All{index.Word{Text: "migration"},
			index.Any{index.Word{Text: "asylum"}, index.Word{Text: "readmission"}}}, nil},
		{"a b OR c", index.All{index.Any{index.All{index.Word{Text: "a"}, index.Word{Text: "b"}}, index.Word{Text: "c"}}}, nil},
		{"asile OU refuge | لجوء", index.All{index.Any{index.Word{Text: "asile"}, index.Word{Text: "refuge"}, index.Word{Text: "لجوء"}}}, nil},
		{"a NOT b SAUF (c OR d)", index.All{index.Word{Text: "a"}, index.Not{Clause: index.Word{Text: "b"}},
			index.Not{Clause: index.Any{index.Word{Text: "c"}, index.Word{Text: "d"}}}}, nil},
		{"a OR -b", index.All{index.Any{index.Word{Text: "a"}, index.All{index.Not{Clause: index.Word{Text: "b"}}}}}, nil},
		{"NOT NOT a", index.All{index.Word{Text: "a"}}, nil},
		{"this or that and not those", wordList("this", "or", "that", "and", "not", "those"), nil},
		{"title:asylum", index.All{index.In{Field: index.InTitle, Clause: index.Word{Text: "asylum"}}}, nil},
		{`Titre:"droit d'asile"`, index.All{index.In{Field: index.InTitle, Clause: index.Phrase{Text: "droit d'asile"}}}, nil},
		{"المؤلف:سعيد", index.All{index.In{Field: index.InAuthor, Clause: index.Word{Text: "سعيد"}}}, nil},
		{"title:(-a)", index.All{index.In{Field: index.InTitle, Clause: index.All{index.Not{Clause: index.Word{Text: "a"}}}}}, nil},
		{"pays:(maroc OR liban)", index.All{index.Any{only(index.FieldCountry, "maroc"), only(index.FieldCountry, "liban")}}, nil},
		{"year:2008..2011", index.All{year(2008, 2011)}, nil},
		{"année:2008.. a", index.All{year(2008, 0), index.Word{Text: "a"}}, nil},
		{"year:..2011", index.All{year(1, 2011)}, nil},
		{"السنة:٢٠١٠", index.All{year(2010, 2010)}, nil},
		{"year:2011-2008", index.All{year(2008, 2011)}, nil},
		{"-country:lb", index.All{index.Not{Clause: only(index.FieldCountry, "lb")}}, nil},
		{"title: the C189: domestic 3:4 http://x", wordList("title", "the", "C189", "domestic", "3", "4", "http", "x"), nil},
		{"(IOM) article 3(2)", wordList("IOM", "article", "3", "2"), nil},
		// what cannot be read is read as words
		{"a (b OR c", wordList("a", "b", "c"), []Note{{Key: NoteParenOpen, At: 2}}},
		{"a) -b", index.All{index.Word{Text: "a"}, index.Not{Clause: index.Word{Text: "b"}}}, []Note{{Key: NoteParenClose, At: 1}}},
		{"a ()", wordList("a"), []Note{{Key: NoteParenEmpty, At: 2}}},
		{"a OR", wordList("a"), []Note{{Key: NoteOperator, At: 2, Arg: "OR"}}},
		{"é AND OR b", wordList("é", "b"), []Note{{Key: NoteOperator, At: 3, Arg: "AND"}}},
		{"a NOT", wordList("a"), []Note{{Key: NoteOperator, At: 2, Arg: "NOT"}}},
		{"|", nil, []Note{{Key: NoteOperator, At: 0, Arg: "|"}}},
		{"mi*nt a", wordList("mi", "nt", "a"), []Note{{Key: NoteStar, At: 0, Arg: "mi*nt"}}},
		{"****", nil, []Note{{Key: NoteStar, At: 0, Arg: "****"}}},
		{"labour-migr*", wordList("labour", "migr"), []Note{{Key: NoteStar, At: 0, Arg: "labour-migr*"}}},
		{"word~3", wordList("word"), []Note{{Key: NoteNear, At: 0, Arg: "word~3"}}},
		{`"a b"~`, index.All{index.Phrase{Text: "a b"}}, []Note{{Key: NoteNear, At: 0, Arg: "a b~"}}},
		{`"a b"~999`, index.All{index.Phrase{Text: "a b"}}, []Note{{Key: NoteNear, At: 0, Arg: "a b~999"}}},
		{"title:-a", index.All{index.Not{Clause: index.In{Field: index.InTitle, Clause: index.Word{Text: "a"}}}}, []Note{{Key: NoteFieldValue, At: 0, Arg: "title"}}},
		{strings.Repeat("(", 10) + "a" + strings.Repeat(")", 10), wordList("a"), []Note{{Key: NoteDeep, At: 6, Arg: "6"}}},
		{"a* b* c* d* e* f*", append(index.All{index.Prefix{Text: "a"}, index.Prefix{Text: "b"}, index.Prefix{Text: "c"}, index.Prefix{Text: "d"},
			index.Prefix{Text: "e"}}, index.Word{Text: "f"}), []Note{{Key: NotePatternsCut, At: 15, Arg: "5"}}},
		{"^(foo|bar)+[a-z]*$", wordList("foo", "bar", "a", "z"), []Note{{Key: NoteStar, At: 16, Arg: "*$"}}},
		{"a\x00b\xff", index.All{index.Word{Text: "a"}, index.Word{Text: "b"}}, nil},
		{strings.Repeat("w ", 70), wordList(strings.Fields(strings.Repeat("w ", 64))...), []Note{{Key: NoteWordsCut, At: 128, Arg: "64"}}},
	} {
		_, notes := parse(c.query)
		if diff := cmp.Diff(c.want, typedClause(c.query)); diff != "" {
			t.Errorf("clause of %q (-want +got):\n%s", c.query, diff)
		}
		if diff := cmp.Diff(c.notes, notes); diff != "" {
			t.Errorf("notes of %q (-want +got):\n%s", c.query, diff)
		}
	}
}

// typedClause is what a query asks, values as they are typed and no concepts.
func typedClause(query string) index.Clause {
	e, _ := parse(query)
	e, _, _ = takePages(e)
	c := compiler{value: func(_ index.Field, v string) (string, bool) { return v, true }}
	return c.top(e)
}

func wordList(ws ...string) index.All {
	var all index.All
	for _, w := range ws {
		all = append(all, index.Word{Text: w})
	}
	return all
}

func only(f index.Field, value string) index.Clause {
	return index.Only{Filter: index.Filter{Field: f, Values: []string{value}}}
}

func year(from, to int) index.Clause {
	return index.Only{Filter: index.Filter{Field: index.FieldYear, From: from, To: to}}
}

// TestYearsThatAreNone: a word after year: that is no year is searched as a word.
func TestYearsThatAreNone(t *testing.T) {
	s := newService(t, &engine{})
	for _, text := range []string{"abc", "2008..2009..2010", "..", "0", "12345", "x2008"} {
		read := s.read(&Request{Text: "year:" + text})
		c, notes := read.match, read.notes
		if len(notes) == 0 || notes[0].Key != NoteYear && notes[0].Key != NoteNoWords {
			t.Errorf("year:%s: %v, notes %v", text, c, notes)
		}
	}
}

// TestValuesByAnyLabel: the vocabulary knows countries, topics and kinds in all
// languages, and whatever their case.
func TestValuesByAnyLabel(t *testing.T) {
	s := newService(t, &engine{})
	for query, want := range map[string]index.Clause{
		"country:LB": only(index.FieldCountry, "lb"), "country:Lebanon": only(index.FieldCountry, "lb"),
		"pays:liban": only(index.FieldCountry, "lb"), "بلد:لبنان": only(index.FieldCountry, "lb"),
		`topic:"domestic workers"`: only(index.FieldTopic, "domestic-work"), "lang:FR": only(index.FieldLanguage, "fr"),
		"langue:français": only(index.FieldLanguage, "fr"), "لغة:العربية": only(index.FieldLanguage, "ar"),
		"country:atlantis": only(index.FieldCountry, "atlantis"),
	} {
		read := s.read(&Request{Text: query})
		got, notes := read.match, read.notes
		if diff := cmp.Diff(index.Clause(index.All{want}), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
		if unknown := strings.Contains(query, "atlantis"); unknown != (len(notes) == 1) {
			t.Errorf("%s: notes %v", query, notes)
		}
	}
}

func TestManyAlternatives(t *testing.T) {
	var many []string
	for i := range 500 {
		many = append(many, fmt.Sprint("w", i))
	}
	e, notes := parse(strings.Join(many, " OR "))
	if len(e.kids) != index.MaxWords || len(notes) != 1 || notes[0].Key != NoteWordsCut {
		t.Errorf("%d alternatives, notes %v", len(e.kids), notes)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{`a "b c"~3 -d`, "«x» “y", "-", `--"`, "\xff\"", "(a OR b)~5", "title:(a -b) NOT year:2008..", "((((((((a", "a* b~ **", "x OU |||", "بلد:لبنان، أو"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, query string) {
		if len(query) > MaxText {
			return
		}
		e, notes := parse(query)
		for _, n := range notes {
			if n.At < 0 || n.At > len(query) {
				t.Fatalf("note %+v is outside %q", n, query)
			}
		}
		words, patterns := 0, 0
		bounded(t, typedClause(query), 1, &words, &patterns)
		if words > index.MaxWords || patterns > index.MaxPatterns {
			t.Fatalf("%d words, %d patterns of %q", words, patterns, query)
		}
		written := e.String()
		again, notes := parse(written)
		if len(notes) > 0 || again.String() != written {
			t.Fatalf("%q is written %q, read again %q with notes %v", query, written, again, notes)
		}
	})
}

// bounded checks that an engine will take a clause.
func bounded(t *testing.T, c index.Clause, depth int, words, patterns *int) {
	if depth > index.MaxDepth {
		t.Fatal("clauses are too deep")
	}
	text := func(s string) {
		n, _ := countWords(s)
		*words += n
		if n == 0 || !utf8.ValidString(s) {
			t.Fatalf("text %q", s)
		}
	}
	switch c := c.(type) {
	case nil:
	case index.Word:
		text(c.Text)
	case index.Phrase:
		text(c.Text)
	case index.Near:
		text(c.Text)
	case index.Prefix:
		*patterns++
		text(c.Text)
	case index.Fuzzy:
		*patterns++
		text(c.Text)
	case index.Only:
	case index.Concept:
		for _, w := range c.Words {
			text(w.Text)
		}
	case index.In:
		if _, ok := c.Clause.(index.Not); ok {
			t.Fatal("Not stands in In")
		}
		bounded(t, c.Clause, depth+1, words, patterns)
	case index.Not:
		if _, ok := c.Clause.(index.Not); ok {
			t.Fatal("Not stands in Not")
		}
		bounded(t, c.Clause, depth+1, words, patterns)
	case index.Any:
		for _, k := range c {
			if _, ok := k.(index.Not); ok {
				t.Fatal("Not stands in Any")
			}
			bounded(t, k, depth+1, words, patterns)
		}
	case index.All:
		for _, k := range c {
			bounded(t, k, depth+1, words, patterns)
		}
	default:
		t.Fatalf("clause %T", c)
	}
}
