package tagger

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"marsa/corpus"
	"marsa/corpus/vocab"
)

// coverLines is how many lines of the first page may say what a document is.
const coverLines = 15

// act matches the title of a law: "Law No. 208 of 2022", "Loi n° 02-03",
// "قانون رقم ١٤", "Directive 2008/115/EC".
var act = regexp.MustCompile(`(?i)^\W*(?:(?:loi|law|act|décret|decree|dahir|ordonnance|arrêté|legge|ley)(?:[ -](?:organique|cadre|royal|législatif|legislative|ministerial))?\s+(?:n\s*[°ºo.]|no\b|number\b)|(?:council )?(?:directive|regulation|règlement)\s+(?:\((?:EC|EU|CE|UE)\)\s+)?(?:no\.?\s+|n°\s*)?\d{1,4}/\d{2,4}|(?:القانون|قانون|مرسوم|ظهير شريف|قرار)\s+(?:بقانون\s+)?(?:رقم|عدد)\s)`)

// Kind returns the kind of a document as its title, its outline or the lines of
// its first page say it, and false when they do not.
func (t *Tagger) Kind(e *corpus.Entry) (corpus.Kind, bool) {
	if k, ok := t.kindIn(e.Title, e.Lang); ok {
		return k, true
	}
	if act.MatchString(e.Title) {
		return "legal-text", true
	}
	for _, p := range e.Pages {
		if p.Quality.State.Searchable() && strings.TrimSpace(p.Text) != "" {
			return t.kindOfCover(p, e.Lang)
		}
	}
	return "", false
}

// kindIn returns the kind that a title names. When it names several, none is
// certain.
func (t *Tagger) kindIn(title string, l corpus.Lang) (corpus.Kind, bool) {
	found := corpus.Kind("")
	for m := range t.v.Mentions(title, l) {
		name, ok := t.kind(m.Concept)
		if !ok {
			continue
		}
		if found != "" && found != name {
			return "", false
		}
		found = name
	}
	return found, found != ""
}

// kind returns the kind that a concept is. A concept below a kind, such as the
// working group below its papers, names something that documents speak of too.
func (t *Tagger) kind(id corpus.ConceptID) (corpus.Kind, bool) {
	c, ok := t.v.Concept(id)
	if !ok || scheme(c) != vocab.Kind || len(c.Broader) > 0 {
		return "", false
	}
	_, name, _ := strings.Cut(string(id), "/")
	return corpus.Kind(name), true
}

// kindOfCover looks for a short line near the top of the first page that starts
// with the name of a kind or is the title of an act.
func (t *Tagger) kindOfCover(p corpus.Page, l corpus.Lang) (corpus.Kind, bool) {
	if p.Lang != "" {
		l = p.Lang
	}
	n := 0
	for s := range strings.Lines(p.Body()) {
		s = strings.TrimSpace(s)
		if s == "" {
			continue
		}
		if n++; n > coverLines {
			break
		}
		if utf8.RuneCountInString(s) > headingRunes {
			continue
		}
		if act.MatchString(s) && n <= 5 {
			return "legal-text", true
		}
		for m := range t.v.Mentions(s, l) {
			if name, ok := t.kind(m.Concept); ok && m.Start == 0 {
				return name, true
			}
			break
		}
	}
	return "", false
}

// What a document of a kind is about by being of that kind.
const (
	training         corpus.ConceptID = "topic/training"
	trainingMaterial corpus.Kind      = "training-material"
	kindWeight                        = 0.4
)

// ofKind adds the topic that a document has by its kind: who collects material
// on training wants what was made for it.
func ofKind(kind corpus.Kind, topics []corpus.Tag) []corpus.Tag {
	has := func(t corpus.Tag) bool { return t.Concept == training }
	if kind != trainingMaterial || slices.ContainsFunc(topics, has) {
		return topics
	}
	return append(topics, corpus.Tag{Concept: training, Role: corpus.About, Weight: kindWeight, Rule: RuleKind, By: corpus.ByRule, State: corpus.Proposed})
}
