package vocab

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
)

func folder(files ...string) fs.FS {
	fsys := fstest.MapFS{}
	for i := 0; i+1 < len(files); i += 2 {
		fsys[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return fsys
}

func withFiles(folder fs.FS) (*Vocabulary, error) {
	own, err := ReadOwn(folder)
	v, withErr := With(own...)
	return v, errors.Join(err, withErr)
}

const mine = `concepts:
  - id: olive-harvest
    broader: [seasonal-work]
    related: [topic/temporary-migration]
    labels: {en: olive harvest, fr: récolte des olives, ar: قطف الزيتون}
    other: {en: [olive picking]}
    hidden: {en: [olive pickers]}
    definitions: [{language: en, text: The picking of olives., source: me}]
    exact: ["https://example.org/olives"]
    evidence: migration
  - id: topic/seasonal-work
    labels: {en: work by the season, de: Saisonarbeit}
    other: {en: [campaign work]}
`

func TestOwnVocabularyStandsBesideOurs(t *testing.T) {
	v, err := withFiles(folder("mine.yaml", mine, "notes.txt", "no vocabulary"))
	if err != nil {
		t.Fatal(err)
	}
	c, ok := v.Concept("topic/olive-harvest")
	if !ok {
		t.Fatal("the own concept is not there")
	}
	if diff := cmp.Diff([]corpus.ConceptID{"topic/seasonal-work"}, c.Broader); diff != "" {
		t.Error(diff)
	}
	parent, _ := v.Concept("topic/seasonal-work")
	if !slices.Contains(parent.Narrower, c.ID) || parent.Pref["en"] != "work by the season" || parent.Pref["fr"] != "travail saisonnier" ||
		!slices.Contains(parent.Alt["en"], "seasonal work") || !slices.Contains(parent.Alt["en"], "campaign work") {
		t.Errorf("what is added to a concept of ours: %+v", parent)
	}
	if other, _ := v.Concept("topic/temporary-migration"); !slices.Contains(other.Related, c.ID) {
		t.Error("related is not both ways")
	}
	for text, want := range map[string]corpus.ConceptID{
		"olive picking": c.ID, "قطف الزيتون": c.ID, "olive pickers": c.ID, "seasonal work": parent.ID, "Saisonarbeit": parent.ID,
	} {
		found := v.Lookup(text)
		if len(found) != 1 || found[0].ID != want {
			t.Errorf("Lookup(%q) = %v, want %s", text, found, want)
		}
	}
	var mentions []string
	for m := range v.Mentions("Hands for the olive picking are Saisonarbeit.", "en") {
		mentions = append(mentions, string(m.Concept))
	}
	if !slices.Contains(mentions, "topic/olive-harvest") {
		t.Errorf("mentions: %v", mentions)
	}
	ours, _ := builtIn(t).Concept("topic/seasonal-work")
	if ours.Pref["en"] != "seasonal work" || slices.Contains(ours.Narrower, c.ID) {
		t.Error("the vocabulary that is built in was changed for all")
	}
}

func TestFingerprint(t *testing.T) {
	ours := builtIn(t).Fingerprint()
	if again := builtIn(t).Fingerprint(); again != ours {
		t.Error("the same vocabulary has two fingerprints")
	}
	v, err := withFiles(folder("mine.yaml", mine))
	if err != nil {
		t.Fatal(err)
	}
	if v.Fingerprint() == ours {
		t.Error("more labels, the same fingerprint")
	}
	v, err = withFiles(folder("mine.yaml", "concepts: [{id: visa, notes: [{language: en, text: a note, source: me}]}]"))
	if err != nil {
		t.Fatal(err)
	}
	if v.Fingerprint() != ours {
		t.Error("a note, which tags nothing, changes the fingerprint")
	}
}

// All that is wrong is said at once, each with file and line.
func TestOwnVocabularyIsRefused(t *testing.T) {
	_, err := withFiles(folder(
		"a.yaml", "concepts:\n  - id: a\n    labels: {en: aaa}\n    broader: [b]\n  - id: b\n    labels: {en: bbb}\n    broader: [a]\n  - id: nothing\n",
		"b.yaml", "concepts:\n  - id: a\n    labels: {en: again}\n  - id: c\n    labels: {en: ccc}\n    broader: [zz, country/lb]\n    related: [yy]\n  - id: Über\n  - id: d\n    label: {en: ddd}\n  - {id: e, labels: {english: eee}}\n  - {id: f, labels: {en: ' '}}\n  - {id: g, labels: {en: ggg}, exact: ['javascript:x']}\n",
		"c.yaml", "concept: []\n",
	))
	if !errors.Is(err, corpus.ErrInvalid) {
		t.Fatal(err)
	}
	for _, want := range []string{
		"a.yaml:2: topic/a is broader than itself", "a.yaml:8: topic/nothing has no label", "b.yaml:2: topic/a stands in a.yaml:2 already",
		`b.yaml:4: topic/c has the unknown broader concept "topic/zz"`, `b.yaml:4: topic/c stands below "country/lb"`,
		`b.yaml:4: topic/c has the unknown related concept "topic/yy"`, "b.yaml:8: id \"topic/Über\"", "b.yaml:9: ", "field label not found",
		`b.yaml:11: language "english"`, "b.yaml:12: a label in \"en\" is empty", `b.yaml:13: "javascript:x" is no web address`, `c.yaml: line 1: "concept" is unknown`,
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error has no %q:\n%v", want, err)
		}
	}
}

func TestCheckSaysWhatIsDoubtful(t *testing.T) {
	entries, err := ReadEntries("mine.yaml", []byte("concepts:\n  - id: pass\n    labels: {en: visa, fr: no}\n"))
	if err != nil {
		t.Fatal(err)
	}
	doubts, err := Check(Own{"mine.yaml", entries})
	if err != nil {
		t.Fatal(err)
	}
	var own []string
	for _, d := range doubts {
		if d.Own {
			own = append(own, d.Text)
		}
	}
	want := []string{
		`mine.yaml:2: topic/pass has no label in "ar": readers of that language see "visa"`,
		`mine.yaml:2: topic/pass has the label "no" (fr), which is so short that it may be found where it is not meant`,
		`mine.yaml:2: topic/pass has the label "visa" (en) as topic/visa has: a text with it gets both`,
	}
	if diff := cmp.Diff(want, own); diff != "" {
		t.Error(diff)
	}
}

// What is built in has nothing doubtful that nobody has looked at.
func TestOursIsChecked(t *testing.T) {
	doubts, err := Check()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range doubts {
		t.Error(d.Text)
	}
}

func TestEntriesAreWrittenAndReadAgain(t *testing.T) {
	v := builtIn(t)
	var entries []Entry
	for _, scheme := range []string{Country, Topic, Kind} {
		for _, c := range v.Concepts(scheme) {
			entries = append(entries, EntryOf(c))
		}
	}
	data, err := WriteEntries(entries)
	if err != nil {
		t.Fatal(err)
	}
	got, err := ReadEntries("x.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	for i := range got {
		got[i].Line = 0
	}
	for i := range entries {
		a, _ := WriteEntries(entries[i : i+1])
		b, _ := WriteEntries(got[i : i+1])
		if diff := cmp.Diff(string(a), string(b)); diff != "" {
			t.Fatal(diff)
		}
	}
	same, err := withFiles(folder("ours.yaml", string(data)))
	if err != nil {
		t.Fatal(err)
	}
	if same.Fingerprint() != v.Fingerprint() {
		t.Error("the vocabulary with itself beside it is another")
	}
}

// The example in docs/vocabulary.md is one that works.
func TestDocumentedExample(t *testing.T) {
	doc, err := os.ReadFile("../../docs/vocabulary.md")
	if err != nil {
		t.Fatal(err)
	}
	_, example, _ := strings.Cut(string(doc), "```yaml\n")
	example, _, ok := strings.Cut(example, "```")
	if !ok {
		t.Fatal("no example in the document")
	}
	entries, err := ReadEntries("example.yaml", []byte(example))
	if err != nil || len(entries) != 2 {
		t.Fatalf("%d entries, %v", len(entries), err)
	}
	if _, err := With(Own{"example.yaml", entries}); err != nil {
		t.Error(err)
	}
}
