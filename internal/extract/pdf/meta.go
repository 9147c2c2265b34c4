package pdf

import (
	"encoding/xml"
	"regexp"
	"slices"
	"strings"
	"unicode"

	reader "github.com/ledongthuc/pdf"

	"marsa/corpus"
	"marsa/internal/extract"
)

// Bounds on what is kept of the file's own words about itself.
const (
	maxTitle   = 300 // characters
	maxAuthors = 50
	maxXMP     = 4 << 20 // bytes
)

// describe fills in what the file says of itself. The date of creation is left
// out: it says when the file was made, not when it was published.
func (f *file) describe(m *extract.Meta, leaves []leaf, first []textLine) {
	quietly(func() { m.Outline = f.outline(leaves) })
	var x packet
	quietly(func() { x = f.packet() })
	quietly(func() { m.Lang = extract.BaseLang(decodeText(f.root.Key("Lang").RawString())) })
	if m.Lang == "" && len(x.langs) == 1 {
		m.Lang = extract.BaseLang(x.langs[0])
	}
	var title, author string
	quietly(func() {
		info := f.trailer.Key("Info")
		title, author = decodeText(info.Key("Title").RawString()), decodeText(info.Key("Author").RawString())
	})
	m.Title = honestTitle(title)
	if m.Title == "" {
		m.Title = honestTitle(x.title)
	}
	if m.Title != "" {
		m.TitleFrom = corpus.FromFile
	} else if m.Title = guessTitle(m.Outline, first); m.Title != "" {
		m.TitleFrom = corpus.FromGuess
	}
	if m.Issued = x.issued(); m.Issued != "" {
		m.IssuedFrom = corpus.FromFile
	} else if m.Issued = guessYear(m.Title, first); m.Issued != "" {
		m.IssuedFrom = corpus.FromGuess
	}
	if m.Authors = authors(author); len(m.Authors) == 0 {
		m.Authors = authors(strings.Join(x.creators, ";"))
	}
	m.Publisher = tidy(x.publisher)
}

// quietly runs what reads metadata: when the reader panics, that part is
// missing, and the text is none the worse.
func quietly(read func()) {
	defer func() { _ = recover() }()
	read()
}

// tidy makes a value one line of visible characters.
func tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Zs, r) {
			return ' '
		}
		if unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, s)
	s = normalLine(s)
	if r := []rune(s); len(r) > maxTitle {
		s = strings.TrimSpace(string(r[:maxTitle]))
	}
	return s
}

var (
	programTitle = regexp.MustCompile(`(?i)^(microsoft )?(word|powerpoint|excel|office|publisher)( document)?( *- *.*)?$|^(presentación|présentation|presentation|document|slide|folie|dokument) ?\d*( de)? *(powerpoint|microsoft word)?$|^powerpoint[- ]`)
	fileTitle    = regexp.MustCompile(`(?i)^\S*[\\/]|\.(docx?|pptx?|xlsx?|pdf|rtf|odt|odp|indd|qxd|qxp|p65|pmd|cdr|ai|psd|fm|tex|dvi|html?|txt|wpd|eps|ps|tmp|jpe?g|tiff?)$`)
	emptyTitle   = regexp.MustCompile(`(?i)^(untitled|sans titre|sin título|ohne titel|no title|title|titre|titel|layout|scan(ned)?( document)?|new document|nouveau document|default|unknown|none|null|test|page|cover|temp|output|about:blank|بدون عنوان|مستند)[ _-]*\d*$`)
	urlTitle     = regexp.MustCompile(`(?i)^(https?|file|www\.)\S*$`)
	codeTitle    = regexp.MustCompile(`^[^\pL]*$|^\S*[_\d]\S*$|^[A-Z0-9]{1,4}$`)
)

// madeBy are the titles that scanners and converters give.
var madeBy = regexp.MustCompile(`(?i)^(camscanner|docuware|adobe scan|scanned by|created (by|with)|generated (by|with))|generated pdf$`)

// noise says whether s is how to reach somebody, or has so many signs that no title has
// that its letters were mapped wrongly.
func noise(s string) bool {
	if strings.Contains(s, "@") || strings.Contains(strings.ToLower(s), "www.") { // how to reach somebody
		return true
	}
	n := 0
	for _, r := range s {
		if strings.ContainsRune("|+^~<>=\\@‹¸`{}", r) {
			n++
		}
	}
	return n >= 4
}

// honestTitle returns a title that names the publication, or "": a third of
// what files carry is the name of a program or of a file.
func honestTitle(s string) string {
	s = tidy(s)
	switch {
	case len([]rune(s)) < 4, !strings.ContainsFunc(s, unicode.IsLetter):
		return ""
	case programTitle.MatchString(s), fileTitle.MatchString(s), emptyTitle.MatchString(s),
		urlTitle.MatchString(s), codeTitle.MatchString(s), madeBy.MatchString(s), noise(s):
		return ""
	}
	return s
}

func titleLength(s string) bool {
	n := len(strings.Fields(s))
	return n >= 3 && n <= 25
}

// largest returns the first run of lines that are set in the largest type with
// more than a word or two in it.
func largest(lines []textLine) string {
	var sizes []float64
	for _, l := range lines {
		sizes = append(sizes, l.size)
	}
	slices.SortFunc(sizes, func(a, b float64) int { return compare(b, a) })
	sizes = slices.Compact(sizes)
	for _, size := range sizes[:min(len(sizes), 3)] {
		var words []string
		for _, l := range lines {
			if l.size < .95*size || l.size > 1.05*size {
				if len(words) > 0 {
					break
				}
				continue
			}
			for _, w := range l.words {
				words = append(words, w.text)
			}
		}
		if t := strings.Join(words, " "); titleLength(t) && !letterhead.MatchString(t) && !contents.MatchString(t) {
			return t
		}
	}
	return ""
}

var notAuthors = regexp.MustCompile(`(?i)^(user|utilisateur|usuario|admin(istrat(or|eur))?|author|auteur|unknown|owner|pc|hp|dell|acer|asus|lenovo|windows|microsoft.*|home|test|default|anonymous|root|x|xp|none|null|guest|registered user|me|\(anonymous\)|\(unspecified\))[ _-]*\d*$`)

// authors parts a list of names and leaves out what is none.
func authors(s string) []string {
	var out []string
	for part := range strings.SplitSeq(s, ";") {
		name := tidy(part)
		if len([]rune(name)) < 3 || notAuthors.MatchString(name) || strings.ContainsAny(name, `\/@`) ||
			!strings.ContainsFunc(name, unicode.IsLetter) || slices.Contains(out, name) {
			continue
		}
		if out = append(out, name); len(out) == maxAuthors {
			break
		}
	}
	return out
}

// packet is what is used of an XMP packet.
type packet struct {
	title     string
	creators  []string
	publisher string
	langs     []string
	published string // by PRISM, the publishers' own terms
	date      string // by Dublin Core
	created   string
}

// issued is the date of publication, or "". Programs write the day on which they
// made the file as the date of Dublin Core too; then it says nothing.
func (x *packet) issued() corpus.Date {
	if d := dateOf(x.published); d != "" {
		return d
	}
	if x.date != "" && (len(x.date) < len("2009-05-17") || !strings.HasPrefix(x.created, x.date[:len("2009-05-17")])) {
		return dateOf(x.date)
	}
	return ""
}

// dateOf reads a date of XMP: a year, a month or a day, with or without a time.
func dateOf(s string) corpus.Date {
	day, _, _ := strings.Cut(s, "T")
	d, err := corpus.ParseDate(day)
	if err != nil {
		return ""
	}
	return d
}

// packet reads the XMP packet of the document.
func (f *file) packet() packet {
	v := f.root.Key("Metadata")
	if v.Kind() != reader.Stream {
		return packet{}
	}
	data, err := f.stream(v)
	if err != nil || len(data) > maxXMP {
		return packet{}
	}
	return parsePacket(string(data))
}

const (
	dublinCore = "http://purl.org/dc/elements/1.1/"
	xmpBasic   = "http://ns.adobe.com/xap/1.0/"
	prism      = "http://prismstandard.org/namespaces/" // without the version
)

// term is the name of an element or attribute that is read, or "".
func term(n xml.Name) string {
	switch {
	case n.Space == dublinCore:
		return n.Local
	case n.Space == xmpBasic && n.Local == "CreateDate":
		return "created"
	case strings.HasPrefix(n.Space, prism) && (n.Local == "publicationDate" || n.Local == "coverDate"):
		return "published"
	}
	return ""
}

func parsePacket(s string) packet {
	var x packet
	d := xml.NewDecoder(strings.NewReader(s))
	d.Strict = false
	field := ""
	for {
		tok, err := d.Token()
		if err != nil {
			return x
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if name := term(t.Name); name != "" {
				field = name
			}
			for _, a := range t.Attr {
				x.add(term(a.Name), strings.TrimSpace(a.Value))
			}
		case xml.EndElement:
			if term(t.Name) != "" {
				field = ""
			}
		case xml.CharData:
			x.add(field, strings.TrimSpace(string(t)))
		}
	}
}

func (x *packet) add(field, value string) {
	switch {
	case value == "":
	case field == "title" && x.title == "":
		x.title = value
	case field == "publisher" && x.publisher == "":
		x.publisher = value
	case field == "creator" && len(x.creators) < maxAuthors:
		x.creators = append(x.creators, value)
	case field == "published" && x.published == "":
		x.published = value
	case field == "date" && x.date == "":
		x.date = value
	case field == "created" && x.created == "":
		x.created = value
	case field == "language" && len(x.langs) < maxAuthors:
		x.langs = append(x.langs, value)
	}
}

// normalLine joins the words of s with single spaces, in the form text has.
func normalLine(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		words[i] = normal(w)
	}
	return strings.Join(strings.Fields(strings.Join(words, " ")), " ")
}
