package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"marsa/corpus"
	"marsa/index"
	"marsa/internal/search"
	"marsa/web"
)

func (a *app) searchCommand() *cobra.Command {
	var asJSON, facets bool
	r := search.Request{Values: map[index.Field][]string{}}
	var lang, sort, role string
	values := map[index.Field]*[]string{}
	var without, notQuality, every []string
	c := &cobra.Command{
		Use:   "search WORDS",
		Short: "Find publications and the pages that say it",
		Long: `Find publications and the pages that say it. Documents with all words come
first, then those with most of them.

  "right to leave"       these words, exactly so     "work permit"~5     near to each other
  asylum OR refugee      one of them, also |         contract*           words that begin so
  work -permit, NOT      without the word            domestik~           spelled nearly so
  work (permit OR visa)  brackets
  title: author: publisher:                          words there; title:"work permit"
  country: mentions: topic: kind: lang: doc:         documents with the value; country:lebanon
  origin: transit: destination: published-by:        countries by their part; origin:morocco destination:spain
  year:2008..2011, year:2008.., year:2010            documents of these years
  quality:scan                                       documents that were read like this
  doc:ID page:3..5                                   these pages of one document

OR, AND and NOT are in capitals; OU, ET and SAUF do the same. Fields have French
and Arabic names too (titre: pays: بلد:). What cannot be read so is searched as
words, which a note says. Put the query between single quotes, so that the shell
leaves its signs alone, and -- before words that begin with a hyphen, so that they
are not taken for flags. The server explains it all at /en/help.`,
		Example: "  marsa search domestic workers --country lb --country jo\n" +
			"  marsa search 'title:asylum (children OR minors) year:2008..'\n" +
			"  marsa search '\"work permit\"' --language fr --facets\n" +
			"  marsa search --origin ma --destination es --facets --role transit\n" +
			"  marsa search --country eg -- asylum -children\n" +
			"  marsa search kafala workers --explain\n" +
			"  marsa search عمال المنازل --json",
		RunE: func(cmd *cobra.Command, args []string) error {
			r.Text, r.Lang, r.Sort = strings.Join(args, " "), corpus.Lang(lang), index.Sort(sort)
			if sort == "relevance" {
				r.Sort = index.ByRelevance
			}
			for f, vs := range values {
				if len(*vs) > 0 {
					r.Values[f] = *vs
				}
			}
			var ok bool
			if r.Role, ok = search.RoleField(role); !ok {
				return usagef("--role is %q; write one of %s", role, strings.Join(search.RoleNames(), ", "))
			}
			var err error
			if r.Without, err = leftOut(without, notQuality); err != nil {
				return err
			}
			for _, f := range every {
				r.All = append(r.All, index.Field(f))
			}
			if r.Limit < 1 || r.Limit > index.MaxLimit {
				return usagef("--limit is %d; write 1 to %d", r.Limit, index.MaxLimit)
			}
			if !slices.Contains([]string{"en", "fr", "ar"}, lang) {
				return usagef("--lang is %q; write en, fr or ar", lang)
			}
			l, err := a.open(cmd.Context())
			if err != nil {
				return err
			}
			defer l.Close()
			resp, err := l.Search(cmd.Context(), r)
			if err != nil {
				return err
			}
			if asJSON {
				return writeJSON(a.out, web.SearchJSON(resp, r.Lang, a.config.BaseURL))
			}
			printResponse(a.out, resp, facets, isTerminal(a.out))
			return nil
		},
	}
	c.SetFlagErrorFunc(func(_ *cobra.Command, err error) error {
		return usage(fmt.Errorf("%w; to leave a word out, write -- before the words: marsa search -- asylum -children", err))
	})
	f := c.Flags()
	for field, help := range map[index.Field]string{
		index.FieldCountry:     "country the document is about, as in lb; several are OR",
		index.FieldMentions:    "country the document is about or names",
		index.FieldOrigin:      "country that people leave in the document",
		index.FieldTransit:     "country that they go through",
		index.FieldDestination: "country that they go to",
		index.FieldPublishedBy: "country of the publisher",
		index.FieldTopic:       "topic, as in domestic-workers",
		index.FieldKind:        "kind, as in legislation-summary",
		index.FieldLanguage:    "language, as in fr",
		index.FieldPublisher:   "publisher, as the facet shows it",
		index.FieldQuality:     "how well a document was read: " + states(),
		index.FieldFormat:      "format of the file, as in pdf",
		index.FieldYear:        "year; none is documents without a date",
	} {
		values[field] = f.StringArray(strings.ReplaceAll(string(field), "_", "-"), nil, help)
	}
	f.StringArrayVar(&without, "not", nil, "leave out documents with a value, as in country=lb; may be given many times")
	f.StringArrayVar(&notQuality, "not-quality", nil, "leave out documents that were read like this, as in scan")
	f.StringArrayVar(&every, "all", nil, "of this field (country, origin, topic, language …) every value is wanted, not one of them")
	f.IntVar(&r.From, "from", 0, "first year")
	f.IntVar(&r.To, "to", 0, "last year")
	f.IntVar(&r.Limit, "limit", search.DefaultLimit, "results to print")
	f.IntVar(&r.Offset, "offset", 0, "results to skip")
	f.StringVar(&sort, "sort", "relevance", "order: relevance, date or title")
	f.StringVar(&lang, "lang", "en", "your language: labels, and the version of a work shown first")
	f.BoolVar(&r.Plain, "no-expansion", false, "search only the words that were typed, not the other names of what they mean")
	f.StringArrayVar(&r.No, "no", nil, "a name that is not to be searched; may be given many times")
	f.StringVar(&role, "role", "about", "what --facets also counts countries by: "+strings.Join(search.RoleNames(), ", "))
	f.BoolVar(&facets, "facets", false, "print the facets too")
	f.BoolVar(&r.Explain, "explain", false, "say for each result why it is found")
	f.BoolVar(&asJSON, "json", false, "print JSON, as the API gives it")
	return c
}

// leftOut reads field=value.
func leftOut(pairs, qualities []string) (map[index.Field][]string, error) {
	out := map[index.Field][]string{}
	for _, p := range pairs {
		name, value, ok := strings.Cut(p, "=")
		if f := index.Field(name); ok && value != "" && index.Counted(f) {
			out[f] = append(out[f], value)
			continue
		}
		return nil, usagef("--not is %q; write a field and a value, as in country=lb", p)
	}
	if len(qualities) > 0 {
		out[index.FieldQuality] = append(out[index.FieldQuality], qualities...)
	}
	return out, nil
}

// states lists how well a document can have been read.
func states() string {
	var names []string
	for _, s := range corpus.States() {
		names = append(names, string(s))
	}
	return strings.Join(names, ", ")
}

func printResponse(w io.Writer, r *search.Response, facets, colour bool) {
	for _, n := range r.Query.Notes {
		fmt.Fprintf(w, "note: %s\n", noteText(n, r.Query.Typed))
	}
	for _, m := range r.Query.Missing {
		fmt.Fprintf(w, "note: no document has the word %q\n", m)
	}
	if d := r.Query.DidYouMean; d != nil {
		fmt.Fprintf(w, "did you mean: %s (%s)\n", printable(d.Text), counted(max(d.Total, d.Partial), "work"))
	}
	printExpansions(w, r.Query.Expansions)
	fmt.Fprintf(w, "%s with all words (%s), %d more with most of them\n", counted(r.Total, "work"), counted(r.Documents, "document"), r.Partial)
	partial := false
	for i, h := range r.Hits {
		if h.Partial && !partial && !r.Mixed {
			fmt.Fprintf(w, "\nWith most of the words:\n")
			partial = true
		}
		printHit(w, r.Offset+i+1, &h, colour)
	}
	if !facets {
		return
	}
	for _, f := range r.Facets {
		fmt.Fprintf(w, "\n%s\n", f.Field)
		for _, b := range f.Buckets {
			fmt.Fprintf(w, "  %5d  %s (%s)\n", b.Count, b.Label, b.ID)
		}
	}
}

// printExpansions says what was searched too: the names of each concept, and for
// which other words there are some that mean the same; --json has these.
func printExpansions(w io.Writer, es []search.Expansion) {
	var others []string
	for _, e := range es {
		if e.Concept == "" {
			others = append(others, printable(e.Typed))
			continue
		}
		fmt.Fprintf(w, "also searched for %s: %s\n", printable(e.Typed), alsoSearched(e.Labels))
	}
	if len(others) > 0 {
		fmt.Fprintf(w, "also searched: words that mean the same as %s\n", strings.Join(others, ", "))
	}
}

// shownLabels is how many labels of a concept are printed; --json has all.
const shownLabels = 8

func alsoSearched(labels []search.Label) string {
	var names []string
	for _, l := range labels {
		if name := printable(l.Text); !slices.Contains(names, name) { // it may be the same in two languages
			names = append(names, name)
		}
	}
	if n := len(names) - shownLabels; n > 0 {
		names = append(names[:shownLabels], fmt.Sprintf("%d more", n))
	}
	return strings.Join(names, ", ")
}

func printHit(w io.Writer, number int, h *search.Hit, colour bool) {
	d := h.Document
	facts := []string{string(d.Kind), joinLangs(d.Languages), string(d.Issued), string(d.ID)}
	fmt.Fprintf(w, "\n%d. %s\n   %s\n", number, d.Title, strings.Join(nonEmpty(facts), " · "))
	if len(h.Lacks) > 0 {
		fmt.Fprintf(w, "   without: %s\n", printable(strings.Join(h.Lacks, ", ")))
	}
	if a := h.Abstract; a != nil {
		fmt.Fprintf(w, "   abstract (%s): %s\n", a.Language, marked(a.Excerpt, colour))
	}
	for _, p := range h.Pages {
		fmt.Fprintf(w, "   p. %d%s%s%s: %s\n", p.Number, labelled(p.Label), doubtful(p.Quality), noted(p.Note), marked(p.Excerpt, colour))
	}
	var tags []string
	for _, t := range h.Tags {
		if t.Role == corpus.About {
			tags = append(tags, t.Label)
		}
	}
	if len(tags) > 0 {
		fmt.Fprintf(w, "   about: %s\n", strings.Join(tags[:min(8, len(tags))], ", "))
	}
	printWhy(w, h.Why)
}

// printWhy says what each word of the query did for a hit.
func printWhy(w io.Writer, why []search.Why) {
	for _, y := range why {
		var where []string
		add := func(is bool, what string) {
			if is {
				where = append(where, what)
			}
		}
		add(y.Of != "", fmt.Sprintf("means the same as %q", y.Of))
		add(y.Title, "title")
		add(y.Heading, "heading")
		add(y.Times > 0, counted(y.Times, "time")+" in the text")
		add(y.Tag, "tag")
		add(len(y.Forms) > 0, "also written "+strings.Join(y.Forms, ", "))
		add(true, "in "+counted(y.Documents, "document"))
		fmt.Fprintf(w, "   why: %3d%% %s: %s\n", y.Share, printable(y.Word), printable(strings.Join(where, "; ")))
	}
}

// doubtful is the remark on a page that was not read well.
func doubtful(s corpus.State) string {
	if s == corpus.Complete || s == "" {
		return ""
	}
	return " (" + string(s) + ")"
}

// noteText is what the command line says for a note; readers of pages get
// theirs from the catalogue of their language.
func noteText(n search.Note, typed string) string {
	switch n.Key {
	case search.NoteUnclosedQuote:
		at := utf8.RuneCountInString(typed[:min(n.At, len(typed))])
		return fmt.Sprintf("the quote at character %d is not closed; the words after it were searched singly", at+1)
	case search.NoteWordsCut:
		return fmt.Sprintf("only the first %s words were searched", n.Arg)
	case search.NoteNoWords:
		return "there is no word to search for in what was typed; everything is shown"
	case search.NoteUnknownValue:
		return n.Arg + " is not known; marsa search --facets lists what there is"
	case search.NotePatternsCut:
		return fmt.Sprintf("only the first %s words with * or ~ were completed; the others were searched as they stand", n.Arg)
	case search.NotePatternWide:
		return fmt.Sprintf("%s stands for more than %d words; only the commonest were searched", n.Arg, index.MaxTerms)
	case search.NotePageAlone:
		return fmt.Sprintf("page:%s was left out: it holds for one document; write doc:ID beside it", n.Arg)
	case search.NotePageNumber:
		return fmt.Sprintf("%q is no page, so page: was left out; write page:12 or page:12..15", n.Arg)
	case search.NoteYear:
		return fmt.Sprintf("%q is no year, so it was searched as a word; write year:2010 or year:2008..2011", n.Arg)
	}
	at := utf8.RuneCountInString(typed[:min(n.At, len(typed))]) + 1
	return fmt.Sprintf("character %d: %s; everything was searched as plain words", at, unread(n))
}

// unread says what is wrong with a query that could not be read as it is
// written, and what to write instead.
func unread(n search.Note) string {
	switch n.Key {
	case search.NoteParenOpen:
		return "the bracket is not closed; write ) where the alternatives end"
	case search.NoteParenClose:
		return "the bracket was never opened; write ( where the alternatives begin"
	case search.NoteParenEmpty:
		return "nothing stands between the brackets; put words there"
	case search.NoteDeep:
		return fmt.Sprintf("brackets stand more than %s deep in one another; take some away", n.Arg)
	case search.NoteOperator:
		return fmt.Sprintf("%s needs words around it; write the one that is missing", n.Arg)
	case search.NoteFieldValue:
		return fmt.Sprintf("nothing that can be searched follows %s:; write a word directly after it", n.Arg)
	case search.NoteStar:
		return fmt.Sprintf("a star stands at the end of one word, unlike in %q; write contract*", n.Arg)
	case search.NoteNear:
		return fmt.Sprintf("%q cannot be read; write word~, or \"two words\"~5 with 100 as the most", n.Arg)
	}
	return n.Key
}

// marked writes parts with the marks in bold on a terminal, in brackets elsewhere.
func marked(parts []search.Part, colour bool) string {
	open, shut := "[", "]"
	if colour {
		open, shut = "\x1b[1m", "\x1b[0m"
	}
	var b strings.Builder
	for _, p := range parts {
		if p.Hit {
			b.WriteString(open + printable(p.Text) + shut)
		} else {
			b.WriteString(printable(p.Text))
		}
	}
	return b.String()
}

func plain(parts []search.Part) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(printable(p.Text))
	}
	return b.String()
}

func nonEmpty(ss []string) []string {
	var out []string
	for _, s := range ss {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// noted says that an excerpt is from a note to the page.
func noted(l corpus.Lang) string {
	if l == "" {
		return ""
	}
	return fmt.Sprintf(" (note, %s)", l)
}
