package vocab

import "testing"

// Every country is there with its codes once, those that people come from and go
// through included.
func TestCountriesOfISO(t *testing.T) {
	v := builtIn(t)
	seen := map[string]bool{}
	for _, c := range v.Concepts(Country) {
		if len(c.Notation) != 2 || len(c.ISO3) != 3 || seen[c.ISO3] {
			t.Errorf("%s has the codes %q and %q", c.ID, c.Notation, c.ISO3)
		}
		seen[c.ISO3] = true
	}
	if len(seen) != 250 { // 249 of ISO 3166-1 and Kosovo, which has a code of its users
		t.Errorf("%d countries and territories", len(seen))
	}
	for _, code := range []string{"LBY", "MRT", "CHE", "SAU", "ARE", "QAT", "KWT", "OMN", "BHR", "SDN", "ERI", "ETH", "PHL", "LKA", "HKG", "REU"} {
		if !seen[code] {
			t.Errorf("%s is missing", code)
		}
	}
}

// Names of small places must not tag what is not about them.
func TestNewCountriesDoNotTagFalsely(t *testing.T) {
	v := builtIn(t)
	for text, never := range map[string]string{
		"Boats cross the Strait of Gibraltar.": "country/gi", "عبور مضيق جبل طارق": "country/gi", "دول أروبا": "country/aw",
	} {
		for m := range v.Mentions(text, "") {
			if string(m.Concept) == never && (m.Context == nil || m.Context.Use != Never) {
				t.Errorf("%q mentions %s", text, never)
			}
		}
	}
	for m := range v.Mentions("La Réunion ministérielle de Rabat", "fr") {
		if m.Concept == "country/re" && m.Context == nil {
			t.Error("a meeting is an island")
		}
	}
}
