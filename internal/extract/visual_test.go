package extract

import (
	"slices"
	"testing"
)

func TestVisual(t *testing.T) {
	const logical = "הממשלה דנה (בהחלטת) מועצת הביטחון ב-12.5.2009\nשלום לכולם, Human Rights Watch ועוד אנשים"
	const visual = "12.5.2009-ב ןוחטיבה תצעומ (תטלחהב) הנד הלשממה\nםישנא דועו Human Rights Watch ,םלוכל םולש"
	if Visual(logical) || !Visual(visual) {
		t.Errorf("logical %v, visual %v", Visual(logical), Visual(visual))
	}
	if got := TurnVisual(visual); got != logical {
		t.Errorf("got  %q\nwant %q", got, logical)
	}
	if got := TurnVisual("No Hebrew (12)"); got != "No Hebrew (12)" {
		t.Errorf("got %q", got)
	}
}

func TestEBCDIC(t *testing.T) {
	const want = "The rights of migrant workers, 1990"
	data := []byte("\xE3\x88\x85\x40\x99\x89\x87\x88\xA3\xA2\x40\x96\x86\x40\x94\x89\x87\x99\x81\x95\xA3\x40\xA6\x96\x99\x92\x85\x99\xA2\x6B\x40\xF1\xF9\xF9\xF0")
	data = slices.Concat(data, []byte("\x25"), data)
	if text, name := Decode(data); text != want+"\n"+want || name != "ibm037" {
		t.Errorf("%q, %s", text, name)
	}
	if Sniff("a", data) != Text {
		t.Errorf("is %s", Sniff("a", data))
	}
}
