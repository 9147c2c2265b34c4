package index

import (
	"slices"
	"strconv"
	"strings"

	"marsa/corpus"
)

// Field is a field to filter and count by.
type Field string

// Fields of the index. Values of fields of countries, FieldTopic and FieldKind are
// the part of a concept's ID after the slash.
const (
	FieldID       Field = "id"
	FieldWork     Field = "work"
	FieldCountry  Field = "country"  // countries a document is about
	FieldMentions Field = "mentions" // countries it is about or names
	// Countries that people leave, go through and go to in it, and that published it.
	FieldOrigin      Field = "origin"
	FieldTransit     Field = "transit"
	FieldDestination Field = "destination"
	FieldPublishedBy Field = "published_by"
	FieldTopic       Field = "topic"
	FieldKind        Field = "kind"
	FieldLanguage    Field = "language"
	FieldYear        Field = "year"
	FieldPublisher   Field = "publisher"
	FieldQuality     Field = "quality" // how much of a document could be read, a corpus.State
	FieldFormat      Field = "format"  // of the file, as corpus.Original.Format has it
)

// CountryFields are the fields of countries, by the part that a country has in a
// document: what it is about, all that it names in any part, and the others.
var CountryFields = []Field{FieldCountry, FieldMentions, FieldOrigin, FieldTransit, FieldDestination, FieldPublishedBy}

// CountryField returns the field that has the countries in a role.
func CountryField(r corpus.Role) Field {
	switch r {
	case corpus.Mentions:
		return FieldMentions
	case corpus.RoleOrigin:
		return FieldOrigin
	case corpus.RoleTransit:
		return FieldTransit
	case corpus.RoleDestination:
		return FieldDestination
	case corpus.PublishedBy:
		return FieldPublishedBy
	}
	return FieldCountry
}

// NoDate is the value in FieldYear of a document without a date.
const NoDate = "none"

// Counted says whether a field is counted by its values.
func Counted(f Field) bool {
	return slices.Contains([]Field{
		FieldCountry, FieldMentions, FieldOrigin, FieldTransit, FieldDestination, FieldPublishedBy, FieldTopic, FieldKind, FieldLanguage, FieldYear, FieldPublisher, FieldQuality, FieldFormat,
	}, f)
}

// Limits of a query; an engine refuses what is over them with
// corpus.ErrInvalid.
const (
	MaxWords  = 64     // words in all clauses together
	MaxDepth  = 40     // clauses inside clauses
	MaxOffset = 10_000 // works to skip
	MaxLimit  = 100    // works to return
	MaxPages  = 10_000 // pages to return for each hit
	MaxSpans  = 500    // spans to return for each page

	MaxPatterns = 5   // Prefix and Fuzzy in one query
	MaxTerms    = 200 // words that one of them stands for
	MaxOneEdit  = 7   // letters of a word that Fuzzy changes one of
	MaxWithin   = 100 // other words among those of a Near

	MaxLabels     = 320 // of all Concepts in one query
	QuestionWords = 4   // a query of so many words is a question
	MaxLabelWords = 12  // words in one of them
)

// Values returns the values that a document has in a field, without
// duplicates. It is the one place that says what is filtered and counted, for
// every engine.
func Values(d *corpus.Document, f Field) []string {
	switch f {
	case FieldID:
		return []string{string(d.ID)}
	case FieldWork:
		return []string{string(d.Work)}
	case FieldCountry:
		return concepts(d, "country/", corpus.About)
	case FieldMentions:
		return concepts(d, "country/", corpus.About, corpus.Mentions, corpus.RoleOrigin, corpus.RoleTransit, corpus.RoleDestination)
	case FieldOrigin:
		return concepts(d, "country/", corpus.RoleOrigin)
	case FieldTransit:
		return concepts(d, "country/", corpus.RoleTransit)
	case FieldDestination:
		return concepts(d, "country/", corpus.RoleDestination)
	case FieldPublishedBy:
		return concepts(d, "country/", corpus.PublishedBy)
	case FieldTopic:
		return concepts(d, "topic/", corpus.About)
	case FieldKind:
		return nonEmpty(string(d.Kind))
	case FieldLanguage:
		var vs []string
		for _, l := range d.Languages {
			vs = append(vs, string(l))
		}
		return vs
	case FieldYear:
		if y := d.Issued.Year(); y != 0 {
			return []string{strconv.Itoa(y)}
		}
		return []string{NoDate}
	case FieldPublisher:
		return nonEmpty(d.Publisher)
	case FieldQuality:
		return nonEmpty(string(d.State))
	case FieldFormat:
		return nonEmpty(d.Original.Format())
	}
	return nil
}

func nonEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// concepts returns the names of a scheme's concepts that d is tagged with in
// one of the roles, rejected tags left out.
func concepts(d *corpus.Document, scheme string, roles ...corpus.Role) []string {
	var vs []string
	seen := map[string]bool{}
	for _, t := range d.Tags {
		name, ok := strings.CutPrefix(string(t.Concept), scheme)
		if !ok || seen[name] || t.State == corpus.Rejected || !slices.Contains(roles, t.Role) {
			continue
		}
		seen[name] = true
		vs = append(vs, name)
	}
	return vs
}
