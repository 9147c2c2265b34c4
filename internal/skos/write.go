package skos

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"marsa/corpus/vocab"
)

// prefixes are the short names of files that are written.
var prefixes = []struct{ name, iri string }{
	{"skos", nsSKOS}, {"dct", nsDCT}, {"rdf", nsRDF}, {"marsa", nsOurs},
}

// Write writes concepts. Their addresses begin with base, the address of a
// server; with an empty one they are names that lead nowhere.
func Write(w io.Writer, f Format, base string, cs []*vocab.Concept) error {
	b := bufio.NewWriter(w)
	var err error
	if f == JSONLD {
		err = writeJSONLD(b, nodes(cs, base))
	} else {
		writeTurtle(b, nodes(cs, base))
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", f, err)
	}
	return b.Flush()
}

func writeTurtle(w *bufio.Writer, ns []node) {
	for _, p := range prefixes {
		fmt.Fprintf(w, "@prefix %s: <%s> .\n", p.name, p.iri)
	}
	for _, n := range ns {
		fmt.Fprintf(w, "\n%s a %s", turtleIRI(n.iri), n.kind)
		for _, st := range n.statements {
			fmt.Fprintf(w, " ;\n  %s ", st.word)
			for i, o := range st.objects {
				if i > 0 {
					w.WriteString(",\n    ")
				}
				w.WriteString(turtleTerm(o))
			}
		}
		w.WriteString(" .\n")
	}
}

func turtleTerm(o Term) string {
	if o.IRI != "" {
		return turtleIRI(o.IRI)
	}
	text := `"` + turtleEscapes.Replace(o.Text) + `"`
	if o.Lang != "" {
		text += "@" + string(o.Lang)
	}
	if o.Source != "" {
		return "[ rdf:value " + text + ` ; dct:source "` + turtleEscapes.Replace(o.Source) + `" ]`
	}
	return text
}

var turtleEscapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\t", `\t`)

// turtleIRI writes an address; characters that may not stand in one are escaped
// as the address itself does.
func turtleIRI(iri string) string {
	var b strings.Builder
	b.WriteByte('<')
	for _, r := range iri {
		if r <= ' ' || strings.ContainsRune("<>\"{}|^`\\", r) {
			fmt.Fprintf(&b, "%%%02X", r)
		} else {
			b.WriteRune(r)
		}
	}
	b.WriteByte('>')
	return b.String()
}

// jsonContext says what the words of a JSON-LD file mean.
func jsonContext() map[string]any {
	c := map[string]any{}
	for _, p := range prefixes {
		c[p.name] = p.iri
	}
	return c
}

func writeJSONLD(w io.Writer, ns []node) error {
	graph := make([]map[string]any, 0, len(ns))
	for _, n := range ns {
		m := map[string]any{"@id": n.iri, "@type": n.kind}
		for _, st := range n.statements {
			var objects []any
			for _, o := range st.objects {
				objects = append(objects, jsonTerm(o))
			}
			m[st.word] = objects
		}
		graph = append(graph, m)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(map[string]any{"@context": jsonContext(), "@graph": graph})
}

func jsonTerm(o Term) any {
	if o.IRI != "" {
		return map[string]any{"@id": o.IRI}
	}
	value := map[string]any{"@value": o.Text}
	if o.Lang != "" {
		value["@language"] = string(o.Lang)
	}
	if o.Source != "" {
		return map[string]any{"rdf:value": value, "dct:source": o.Source}
	}
	return value
}
