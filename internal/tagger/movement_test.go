package tagger

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"marsa/corpus"
)

// movements writes the parts of countries as "ma origin from".
func movements(tags []corpus.Tag) []string {
	var out []string
	for _, g := range tags {
		if name, ok := strings.CutPrefix(string(g.Concept), "country/"); ok && g.Role != corpus.About && g.Role != corpus.Mentions && g.Role != corpus.PublishedBy {
			out = append(out, fmt.Sprintf("%s %s %s", name, g.Role, g.Rule))
		}
	}
	slices.Sort(out)
	return out
}

// Each case is a sentence and what it says, joined by semicolons.
type sentenceCase struct{ text, want string }

func checkSentences(t *testing.T, l corpus.Lang, title string, cases []sentenceCase) {
	t.Helper()
	g := builtIn(t)
	for _, c := range cases {
		e := entry(l, title, c.text)
		tags := g.Tag(e)
		if got := strings.Join(movements(tags), "; "); got != c.want {
			t.Errorf("%s\n  gives %q\n  want  %q", c.text, got, c.want)
		}
		for _, tag := range tags {
			for _, s := range tag.Evidence {
				if s.Start < 0 || s.Start >= s.End || s.End > len(c.text) {
					t.Errorf("%s: evidence %v of %s", c.text, s, tag.Claim())
				}
			}
		}
	}
}

func TestMovementsEnglish(t *testing.T) {
	checkSentences(t, "en", "", []sentenceCase{
		{"Migration from Egypt to Jordan grew in the nineties.", "eg origin from; jo destination to"},
		{"Moroccans in Spain send money to their families.", "es destination people-in; ma origin people-of"},
		{"Syrian refugees in Lebanon may not work.", "lb destination people-in; sy origin people-of"},
		{"The situation of Moroccan migrant workers living in southern Spain is discussed.", "es destination people-in; ma origin people-of"},
		{"They were smuggled through Libya, where migrants from Sudan and Eritrea are held.", "er origin from; ly transit through; sd origin from"},
		{"Refugees who fled Syria arrived in Jordan by land.", "jo destination to; sy origin from"},
		{"Morocco has become a country of origin, transit and destination.", "ma destination country-of; ma origin country-of; ma transit country-of"},
		{"Transit countries such as Libya and Turkey face new duties.", "ly transit country-of; tr transit country-of"},
		{"Libya is a transit country for many.", "ly transit country-of"},
		{"Tunisia and Egypt are countries of emigration.", "eg origin country-of; tn origin country-of"},
		{"Young people from Tunisia migrate irregularly to Italy via Malta.", "it destination to; mt transit through; tn origin from"},
		{"Tunisians abroad may vote.", "tn origin people-of"},
		{"Egyptian and Syrian workers in Jordan need a permit.", "eg origin people-of; jo destination people-in; sy origin people-of"},
		{"Emigrants from Morocco found work in many places.", "ma origin from"},
		{"Workers from Egypt come to Jordan every year.", "eg origin from; jo destination to"},
		{"Immigrants of Algerian origin were asked.", "dz origin people-of"},
		{"Palestinian refugees in Lebanon live in camps.", "lb destination people-in; ps origin people-of"},
		{"Many migrants transit Turkey on the way to Greece.", "gr destination to; tr transit through"},
		{"Morocco is not only a country of origin but also a country of transit.", "ma origin country-of; ma transit country-of"},
		{"The emigration of doctors from Lebanon to France goes on.", "fr destination to; lb origin from"},
		{"Egyptian emigration to Kuwait and Iraq rose with the price of oil.", "eg origin people-of; iq destination to; kw destination to"},
		{"Nationals of the country who left Algeria for France kept their rights as migrants.", "dz origin from; fr destination to"},
		{"The main corridors are Algeria to France and Egypt to Kuwait, by number of migrants.", "fr destination to; kw destination to"},
		{"Turkey hosts some 3.7 million refugees from Syria.", "sy origin from; tr destination hosts"},
		{"Many Syrians seek refuge in Libya.", "ly destination people-in; sy origin people-of"},
		{"Boats with migrants reached the coast of Italy.", "it destination to"},
		{"Labour migration from Turkey, Morocco and Tunisia to Germany, France and Belgium was regulated.", "be destination to; de destination to; fr destination to; ma origin from; tn origin from; tr origin from"},
		{"Egypt is both a sending and a receiving country.", "eg destination country-of; eg origin country-of"},
		{"Tunisian students go to France and Belgium.", "be destination to; fr destination to; tn origin people-of"},
		{"Migrants move from Sudan through Egypt to Libya.", "eg transit through; ly destination to; sd origin from"},
		// says nothing of the kind
		{"Tunisia hosts a seminar on refugees.", ""},
		{"Money sent from Spain to Algeria by migrants is taxed.", ""},
		{"Remittances flowing from Spain to Algeria feed the families of migrants.", ""},
		{"Libya does not host refugees.", ""},
		{"The Lebanese Emigration Research Centre met migrants.", ""},
		{"Exports from Egypt to Jordan grew.", ""},
		{"Remittances from Spain to Morocco reached migrants and their families.", ""},
		{"The return of migrants from Spain to Morocco is supported.", ""},
		{"Migrants were deported from Libya to Tunisia.", ""},
		{"The Moroccan ambassador in Spain spoke of migrants.", ""},
		{"The Moroccan authorities in Spain met with migrants.", ""},
		{"Data from Morocco show that migrants work.", ""},
		{"The migrants received letters from Lebanon.", ""},
		{"No Moroccan workers in Spain were asked.", ""},
		{"Migrants did not come from Tunisia.", ""},
		{"Moroccan emigration policy was reformed.", ""},
		{"The project was implemented in Lebanon through Egypt’s ministry.", ""},
		{"According to Jordan, migrants need permits.", ""},
		{"Morocco is not a country of transit.", ""},
		{"In Lebanon, the country of origin of the applicant is asked for.", ""},
		{"Support to Tunisia helps migrants.", ""},
		{"The law of Lebanon applies to migrants.", ""},
		{"Goods and people pass; gas from Algeria to Spain does too.", ""},
		{"Experts from France took part in a meeting on migration in Tunis.", ""},
	})
}

func TestMovementsFrench(t *testing.T) {
	checkSentences(t, "fr", "", []sentenceCase{
		{"L’émigration depuis la Tunisie vers l’Italie a repris.", "it destination to; tn origin from"},
		{"L’émigration de la Tunisie vers la France est ancienne.", "fr destination to; tn origin from"},
		{"Les ressortissants marocains en Espagne sont nombreux.", "es destination people-in; ma origin people-of"},
		{"Les réfugiés syriens au Liban ne peuvent pas travailler.", "lb destination people-in; sy origin people-of"},
		{"Les travailleurs marocains résidant légalement en France cotisent.", "fr destination people-in; ma origin people-of"},
		{"Des migrants originaires du Mali passent par la Libye.", "ly transit through; ml origin from"},
		{"Les migrants transitant par le Maroc cherchent à travailler.", "ma transit through"},
		{"Les Marocains résidant à l’étranger peuvent voter.", "ma origin people-of"},
		{"Le Maroc est devenu un pays d’origine, de transit et de destination.", "ma destination country-of; ma origin country-of; ma transit country-of"},
		{"Les pays de transit comme la Libye et la Turquie sont concernés.", "ly transit country-of; tr transit country-of"},
		{"Des immigrés d’origine algérienne ont été interrogés.", "dz origin people-of"},
		{"Des jeunes venus d’Égypte sont arrivés en Jordanie.", "eg origin from; jo destination to"},
		{"Les Libanais au Canada gardent des liens.", "ca destination people-in; lb origin people-of"},
		{"Les migrants rejoignent l’Europe via la Turquie.", "tr transit through"},
		{"La migration de l’Égypte vers la Jordanie est ancienne.", "eg origin from; jo destination to"},
		{"Ils ont fui la Syrie, comme d’autres réfugiés.", "sy origin from"},
		{"La diaspora libanaise investit.", "lb origin people-of"},
		{"La Tunisie est un pays d’émigration.", "tn origin country-of"},
		{"Les migrants en provenance du Soudan et de l’Érythrée sont détenus.", "er origin from; sd origin from"},
		{"Les femmes parmi les immigrés en France sont nombreuses.", "fr destination to"},
		{"La Turquie accueille des réfugiés syriens.", "sy origin people-of; tr destination hosts"},
		{"Les travailleurs saisonniers marocains sont recrutés en Espagne.", "es destination people-in; ma origin people-of"},
		{"Les travailleurs égyptiens émigrent en Libye et au Koweït.", "eg origin people-of; kw destination to; ly destination to"},
		{"Des migrants ont rejoint l’Italie.", "it destination to"},
		// rien de tel
		{"La Tunisie accueille un colloque sur les réfugiés.", ""},
		{"L’argent des migrants envoyé depuis la France vers la Tunisie est taxé.", ""},
		{"Les flux financiers de la France vers la Tunisie aident les migrants.", ""},
		{"L’Observatoire de la migration en Tunisie étudie les migrants.", ""},
		{"La loi sur l’entrée en Israël s’applique aux travailleurs migrants.", ""},
		{"Le protocole sur les migrants a été ratifié par la Libye.", ""},
		{"Les exportations de la Tunisie vers la France augmentent.", ""},
		{"Les produits originaires du Maroc entrent librement.", ""},
		{"Le retour des migrants de l’Espagne vers le Maroc est aidé.", ""},
		{"Les autorités marocaines en Espagne délivrent des passeports aux migrants.", ""},
		{"L’ambassade marocaine en France aide les migrants.", ""},
		{"Les transferts de la France vers le Maroc profitent aux migrants.", ""},
		{"La politique migratoire de la Tunisie a changé.", ""},
		{"Le Maroc n’est pas un pays de transit.", ""},
		{"Aucun travailleur marocain en Espagne n’a été interrogé.", ""},
		{"Les migrants ne viennent pas de Tunisie.", ""},
		{"Le droit du travail au Liban protège peu les migrants.", ""},
		{"Au Liban, le pays d’origine du demandeur est consulté.", ""},
		{"Les données de l’Égypte sur les migrants manquent.", ""},
	})
}

func TestMovementsArabic(t *testing.T) {
	// The names are other words too, unless the title has them.
	checkSentences(t, "ar", "مصر والأردن ولبنان والمغرب وتونس", []sentenceCase{
		{"الهجرة من مصر إلى الأردن قديمة.", "eg origin from; jo destination to"},
		{"اللاجئون السوريون في لبنان لا يحق لهم العمل.", "lb destination people-in; sy origin people-of"},
		{"القادمون من سوريا وصلوا إلى الأردن.", "jo destination to; sy origin from"},
		{"المغاربة في إسبانيا يرسلون الأموال.", "es destination people-in; ma origin people-of"},
		{"الجالية المغربية بإسبانيا كبيرة.", "es destination people-in; ma origin people-of"},
		{"العمال المصريون في الأردن يحتاجون إلى رخصة.", "eg origin people-of; jo destination people-in"},
		{"يصل المهاجرون إلى أوروبا عبر ليبيا.", "ly transit through"},
		{"تعد ليبيا بلد عبور للمهاجرين.", "ly transit country-of"},
		{"أصبح المغرب بلد منشأ وعبور ومقصد للمهاجرين، والقانون المغربي جديد.", "ma destination country-of; ma origin country-of; ma transit country-of"},
		{"المغاربة المقيمون بالخارج لهم حق التصويت.", "ma origin people-of"},
		{"هاجر كثير من الشباب من تونس إلى إيطاليا.", "it destination to; tn origin from"},
		{"فر اللاجئون من سوريا ومن العراق.", "iq origin from; sy origin from"},
		{"بلدان العبور مثل ليبيا وتركيا معنية بالأمر.", "ly transit country-of; tr transit country-of"},
		{"عدد المصريين العاملين في الكويت كبير.", "eg origin people-of; kw destination people-in"},
		{"المهاجرون من السودان مرورا بليبيا كثيرون.", "ly transit through; sd origin from"},
		{"العمالة الوافدة من مصر تعمل في البناء، والعمال المصريون كثيرون.", "eg origin from"},
		{"اللاجئون الفلسطينيون في لبنان يعيشون في المخيمات.", "lb destination people-in; ps origin people-of"},
		{"لاجئات عراقيات من النساء والفتيات.", "iq origin people-of"},
		{"تستضيف تركيا ملايين اللاجئين السوريين.", "sy origin people-of; tr destination hosts"},
		{"يعبر المهاجرون ليبيا، ثم يعبرون الجزائر إلى المغرب.", "dz transit through; ma destination to"},
		{"ملايين السوريين فروا إلى تركيا ولبنان والأردن.", "jo destination to; lb destination to; sy origin people-of; tr destination to"},
		// لا تقول شيئا من ذلك
		{"تستضيف تونس ندوة عن اللاجئين.", ""},
		{"الأموال التي يرسلها المهاجرون من فرنسا إلى تونس كثيرة.", ""},
		{"حركة الأموال من فرنسا إلى تونس تفيد المهاجرين.", ""},
		{"كتب مجلس الهجرة واللاجئين الكندي مذكرة.", ""},
		{"نشرت وكالة اللاجئين الأمريكية تقريرا، والوكالة الأمريكية كبيرة.", ""},
		{"الصادرات من مصر إلى الأردن زادت.", ""},
		{"عودة المهاجرين من إسبانيا إلى المغرب مدعومة، والقانون المغربي جديد.", ""},
		{"التحويلات من فرنسا إلى تونس تفيد المهاجرين.", ""},
		{"السفير المغربي في إسبانيا تحدث عن المهاجرين.", ""},
		{"المسؤولون المصريون في الأردن تحدثوا عن الهجرة.", ""},
		{"ليبيا ليست بلد عبور.", ""},
		{"تم ترحيل المهاجرين من ليبيا إلى تونس.", ""},
		{"كل من مصر والأردن وقع على الاتفاقية الخاصة بالمهاجرين.", ""},
		{"بدعم من فرنسا أنشئ مركز للمهاجرين في تونس.", ""},
		{"قانون إقامة الأجانب في لبنان يسري على المهاجرين.", ""},
		{"لم يهاجر العمال من تونس إلى إيطاليا.", ""},
		{"سياسة الهجرة في المغرب تغيرت، والقانون المغربي جديد.", ""},
		{"صدر القانون عبر البرلمان في لبنان.", ""},
		{"وزارة الهجرة المصرية في القاهرة نشرت بيانا عن مصر.", ""},
		{"الاتفاق بين إيطاليا وليبيا يخص المهاجرين.", ""},
	})
}
