package web

import (
	"strings"

	"marsa/corpus"
)

// sampleEntries are invented documents in three languages, with what is hard to
// show: versions, mixed directions, guessed fields, bad pages, long titles.
func sampleEntries() []*corpus.Entry {
	es := []*corpus.Entry{
		domestic("en", "Domestic workers in Lebanon and Jordan: contracts, sponsorship and the right to leave", domesticEN),
		domestic("fr", "Les travailleuses domestiques au Liban et en Jordanie : contrats, parrainage et droit de partir", domesticFR),
		domestic("ar", "عاملات المنازل في لبنان والأردن: العقود والكفالة والحق في المغادرة", domesticAR),
		remittances(), foreigners(), training(), scanned(),
	}
	for i := range 9 {
		e := *es[5]
		e.ID = corpus.ID("brief-" + string(rune('a'+i)))
		e.Work = e.ID
		e.Title = "Working-group brief " + strings.Repeat("I", i%4+1) + ": legislative convergence and what stands in its way"
		e.Kind = "working-group-paper"
		e.Issued = corpus.Date("200" + string(rune('1'+i%9)))
		es = append(es, &e)
	}
	return es
}

func pagesOf(l corpus.Lang, texts ...string) []corpus.Page {
	var ps []corpus.Page
	for i, t := range texts {
		ps = append(ps, corpus.Page{Number: i + 1, Lang: l, Text: t, Quality: corpus.Quality{State: corpus.Complete, Engine: "own", Agreement: 0.99}})
	}
	return ps
}

var domesticEN = []string{
	"Domestic workers in Lebanon and Jordan\nContracts, sponsorship and the right to leave\n\nhttps://www.example.org/a/very/long/address/about/domestic-workers-and-their-contracts-in-lebanon-and-jordan\n\nThis study looks at two countries in which most domestic workers are women who came\nfrom abroad, and asks what their contracts are worth in practice.\n\nCompiled for a test; not a publication of any project.",
	"1. Who they are\n\nIn Lebanon, domestic workers stand outside the labour code of 1946. Their stay depends on\nthe sponsor, whose name is on the residence permit. A worker who leaves the household\nloses the right to stay, whatever the reason for which she left.\n\nIn Jordan, regulation 90 of 2009 brought domestic workers, cooks and gardeners under\nthe labour code. Inspectors may visit a home only when both sides agree.\n\nThree questions follow:\n- who keeps the passport;\n- who pays the ticket home;\n- who hears a complaint.",
	"2. The unified contract (http://www.example.org/publications/beirut/WCMS_327587_lang_ar_domestic_workers_index.html)\n\nLebanon introduced a unified contract in 2009. It names the wage, a day of rest each\nweek, and the duty of the employer to pay for insurance. It is written in Arabic\n(عقد العمل الموحد), and few domestic workers can read it.",
	"3. What would help\n\nA contract in the language of the worker, a hearing that does not end in detention, and\na permit that does not hang on one household.",
}

var domesticFR = []string{
	"Les travailleuses domestiques au Liban et en Jordanie\n\nCette étude examine deux pays où la plupart des travailleuses domestiques sont venues de\nl’étranger, et demande ce que valent leurs contrats dans la pratique.",
	"1. Qui sont-elles ?\n\nAu Liban, les travailleuses domestiques ne relèvent pas du code du travail de 1946. Leur\nséjour dépend du garant (kafil), dont le nom figure sur le titre de séjour. Celle qui quitte le ménage perd le droit de rester.\n\nEn Jordanie, le règlement 90 de 2009 a étendu le code du travail aux travailleuses domestiques.",
}

var domesticAR = []string{
	"عاملات المنازل في لبنان والأردن\n\nتتناول هذه الدراسة بلدين معظم عاملات المنازل فيهما نساء قدمن من الخارج، وتسأل عما تساويه عقودهن في الواقع.",
	"١. من هنّ؟\n\nفي لبنان لا يشمل قانون العمل لسنة 1946 عاملات المنازل. وتتوقف إقامتهن على الكفيل الذي يرد اسمه في رخصة الإقامة (permis de séjour)، ومن تترك المنزل تفقد حق البقاء مهما كان السبب.\n\nوفي الأردن شمل النظام رقم 90 لسنة 2009 عاملات المنازل والطهاة والبستانيين بقانون العمل.",
}

func domestic(l corpus.Lang, title string, texts []string) *corpus.Entry {
	e := &corpus.Entry{Pages: pagesOf(l, texts...)}
	e.Document = corpus.Document{
		ID: corpus.ID("domestic-workers-" + string(l)), Work: "domestic-workers", Title: title, Lang: l,
		Languages: []corpus.Lang{l}, Authors: []string{"Samira Haddad", "Jean-Marc Lefèvre"}, Publisher: "Institute for Test Documents",
		Issued: "2011-05-12", Kind: "study", Licence: "CC BY 4.0",
		Origins:  []corpus.Origin{{URL: "https://example.org/studies/domestic-workers"}, {URL: "file:///home/someone/private/domestic.pdf"}},
		Original: corpus.Original{Hash: corpus.HashOf([]byte(title)), Name: "دراسة domestic workers.pdf", MediaType: "application/pdf", Size: 1_482_113},
		NumPages: len(texts), State: corpus.Complete,
		Outline: []corpus.Heading{{Title: title, Level: 1, Page: 1}, {Title: strings.SplitN(texts[1], "\n", 2)[0], Level: 2, Page: 2}},
		Source:  map[string]corpus.Provenance{"title": corpus.FromRecord, "kind": corpus.FromGuess, "issued": corpus.FromGuess, "authors": corpus.FromFile},
	}
	second := strings.Split(texts[1], "\n\n")
	e.Tags = []corpus.Tag{
		{Concept: "country/lb", Role: corpus.About, Weight: 1, Rule: "title", By: corpus.ByRule, State: corpus.Proposed,
			Evidence: []corpus.Span{evidence(e, 1, strings.SplitN(texts[0], "\n", 2)[0]), evidence(e, 2, second[1])}},
		{Concept: "country/jo", Role: corpus.About, Weight: 0.9, Rule: "title", By: corpus.ByRule, State: corpus.Proposed,
			Evidence: []corpus.Span{evidence(e, 2, second[2])}},
		{Concept: "topic/domestic-work", Role: corpus.About, Weight: 0.8, Rule: "record", By: corpus.ByRecord, State: corpus.Confirmed},
		{Concept: "country/eg", Role: corpus.Mentions, Weight: 0.1, Rule: "listed-only", By: corpus.ByRule, State: corpus.Proposed,
			Evidence: []corpus.Span{evidence(e, 1, strings.SplitN(texts[0], "\n", 2)[0])}},
		{Concept: "country/fr", Role: corpus.About, Weight: 0.1, Rule: "title", By: corpus.ByRule, State: corpus.Rejected},
	}
	return e
}

func remittances() *corpus.Entry {
	e := &corpus.Entry{Pages: pagesOf("fr",
		"Les transferts de fonds des migrants marocains\n\nLes transferts de fonds vers le Maroc passent pour l’essentiel par les banques marocaines établies en Europe.",
		"Les coûts\n\nLes transferts de fonds coûtent moins cher quand l’expéditeur et le destinataire ont chacun un compte.")}
	e.Document = corpus.Document{
		ID: "transferts-de-fonds-maroc", Work: "transferts-de-fonds-maroc", Title: "Les transferts de fonds des migrants marocains : coûts, canaux, usages",
		Lang: "fr", Languages: []corpus.Lang{"fr"}, Publisher: "Observatoire d’essai", Issued: "2010", Kind: "policy-brief",
		Original: corpus.Original{Hash: corpus.HashOf([]byte("r")), Name: "transferts.docx", MediaType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", Size: 48_200},
		NumPages: 2, State: corpus.Complete,
		Abstracts: []corpus.Abstract{
			{Lang: "ar", Title: "تحويلات المهاجرين المغاربة: التكاليف والقنوات", Text: "تبيّن هذه الورقة أن التحويلات إلى المغرب تمر أساسا عبر المصارف.\n\nوتنخفض التكلفة إذا كان لكل من المرسل والمتلقي حساب مصرفي."},
			{Lang: "en", Title: "Money sent home by Moroccan migrants: costs and channels", Text: "The brief shows that money sent home to Morocco goes through banks.\n\nIt costs less where sender and recipient each have an account."},
			{Lang: "fr", Text: "La note montre que les transferts vers le Maroc passent par les banques."},
		},
		Notes: []corpus.PageNote{
			{Page: 1, Lang: "ar", Text: "تمر التحويلات إلى المغرب عبر المصارف المغربية في أوروبا."},
			{Page: 2, Lang: "ar", Text: "كلفة الإرسال أقل إذا كان للطرفين حساب."},
			{Page: 2, Lang: "en", Text: "Cheaper transfers: sender and receiver each open an account."},
		},
		Tags: []corpus.Tag{{Concept: "country/ma", Role: corpus.About, Weight: 1, By: corpus.ByRecord}, {Concept: "topic/remittances", Role: corpus.About, Weight: 1, By: corpus.ByRecord}},
	}
	e.Tags = append(e.Tags,
		corpus.Tag{Concept: "country/ma", Role: corpus.RoleOrigin, Weight: 0.5, Rule: "people-of", By: corpus.ByRule, State: corpus.Proposed,
			Evidence: []corpus.Span{evidence(e, 1, "migrants marocains")}},
		corpus.Tag{Concept: "country/be", Role: corpus.RoleDestination, Weight: 1, Rule: "person", By: "Samira", State: corpus.Confirmed},
		corpus.Tag{Concept: "country/es", Role: corpus.RoleTransit, Weight: 0.3, Rule: "through", By: corpus.ByRule, State: corpus.Rejected},
		corpus.Tag{Concept: "country/ma", Role: corpus.PublishedBy, Weight: 1, Rule: "publisher", By: corpus.ByRule, State: corpus.Proposed})
	e.Pages[0].Label, e.Pages[1].Label = "Introduction", "Les coûts"
	return e
}

func foreigners() *corpus.Entry {
	e := &corpus.Entry{Pages: pagesOf("ar",
		"ملخص التشريع بشأن دخول الأجانب وإقامتهم\n\nينظم القانون الصادر في 10 تموز/يوليو 1962 الدخول إلى لبنان والإقامة فيه والخروج منه. وتُعاقب الهجرة غير النظامية بموجب المادة 32.",
		"تأشيرات الدخول\n\nيُمنح سمة الدخول (visa) لمدة أقصاها ثلاثة أشهر.")}
	e.Document = corpus.Document{
		ID: "foreigners-law-lb", Work: "foreigners-law-lb", Title: "ملخص التشريع: دخول الأجانب وإقامتهم في لبنان (Law of 10 July 1962)",
		Lang: "ar", Languages: []corpus.Lang{"ar", "fr"}, Issued: "2009-10", Kind: "legislation-summary",
		Notice:   "أُعدّت هذه الوثيقة للاختبار من مصادر عامة.",
		Original: corpus.Original{Hash: corpus.HashOf([]byte("f")), Name: "law.html", MediaType: "text/html", Size: 912},
		Origins:  []corpus.Origin{{URL: "starter:foreigners-law-lb.html"}},
		NumPages: 2, State: corpus.Partial,
		Source: map[string]corpus.Provenance{"title": corpus.FromGuess, "lang": corpus.FromGuess},
		Tags:   []corpus.Tag{{Concept: "country/lb", Role: corpus.About, Weight: 1, By: corpus.ByRecord}, {Concept: "topic/visa", Role: corpus.About, Weight: 0.6, By: "Samira"}},
	}
	e.Pages[1].Quality.State = corpus.Suspicious
	return e
}

func training() *corpus.Entry {
	e := &corpus.Entry{Pages: pagesOf("en", "Training module\n\nTrainers and trainees read a contract of employment together.")}
	e.Document = corpus.Document{
		ID: "training-module", Work: "training-module", Title: "Training module: reading a contract of employment", Lang: "en",
		Languages: []corpus.Lang{"en"}, Kind: "training-material", Publisher: "Institute for Test Documents",
		Original: corpus.Original{Hash: corpus.HashOf([]byte("t")), Name: "module.md", MediaType: "text/markdown", Size: 3000},
		NumPages: 1, State: corpus.Complete,
	}
	return e
}

func scanned() *corpus.Entry {
	e := &corpus.Entry{Pages: pagesOf("", "")}
	e.Pages[0].Quality.State, e.Pages[0].Quality.Reason = corpus.Scan, corpus.ReasonImage
	e.Document = corpus.Document{
		ID: "scan", Work: "scan", Title: "scan0001", NumPages: 1, State: corpus.Scan,
		Original: corpus.Original{Hash: corpus.HashOf([]byte("s")), Name: "scan0001.pdf", MediaType: "application/pdf", Size: 88},
		Source:   map[string]corpus.Provenance{"title": corpus.FromGuess},
	}
	return e
}
