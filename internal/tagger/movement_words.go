package tagger

import (
	"strings"

	"marsa/corpus"
	"marsa/corpus/vocab"
	"marsa/internal/fold"
)

// class is what a word does in a sentence that speaks of people who move. A word
// may do several things.
type class uint64

const (
	migrant         class = 1 << iota // one who moves, by the word itself
	many                              // several of them
	people                            // who may move
	move                              // a movement of people, by the word itself
	weak                              // a movement of anything
	leave                             // a movement away
	flight                            // … with its country directly after it: fled Syria
	arrive                            // the end of a movement, with "in" after it
	homeward                          // a movement back
	transit                           // passage
	from                              // prepositions
	of                                //
	to                                //
	toFor                             // after a leaving: left for
	in                                //
	through                           //
	by                                // through, in few cases
	abroad                            // in a country that is not named
	presence                          // being somewhere: living, who are
	descent                           // origin, nationality
	denial                            // not
	only                              // after which a denial denies nothing
	linking                           // may stand between
	ground                            // a part of a country: southern, the coast of
	article                           //
	and                               //
	count                             // many, some, thousands
	land                              // country
	be                                // is, has become, as
	suchAs                            //
	matter                            // what makes of people something else: emigration policy
	partOrigin                        // after "country of"
	partTransit                       //
	partDestination                   //
	gain                              // reaching a place, with its country directly after it
	host                              // having people who came
	goods                             // what is sent and is nobody: money
)

// wordTable lists the words of a language by what they do, folded or not; a star
// stands for any ending.
type wordTable []struct {
	class
	words string
}

var english = wordTable{
	{migrant, "migrant refugee immigrant emigrant expatriate asylum seeker migrants refugees immigrants emigrants expatriates seekers exiles"},
	{many, "migrants refugees immigrants emigrants expatriates seekers exiles diaspora diasporas"},
	{people, "worker workers labourer labourers laborer laborers people peoples person persons woman women man men national nationals citizen citizens student students minor minors child children family families youth youths girls boys community communities population populations household households professionals doctors nurses teachers graduates engineers scientists individuals employees maids helpers caregivers farmworkers jobseekers labour labor workforce manpower spouses wives husbands groups entrepreneurs artists"},
	{move, "migrate migrates migrated migrating migration migrations migratory emigrat* immigrat* mobility exodus displacement displaced resettle*"},
	{weak, "move moved moves moving movement movements go goes going went gone come comes coming came travel* journey* arriv* heading headed cross crossed crosses crossing crossings reach reached reaching enter entered entering send sends sent sending deploy* recruit* flow flows influx route routes path paths corridor corridors leave leaves leaving left depart* smuggl* traffick* voyage relocat* originat* outflow outflows"},
	{leave, "emigrat* emigrant emigrants exodus flee fleeing fled flees depart* escap*"},
	{flight, "flee fleeing fled flees leave leaves leaving left"},
	{arrive, "arriv* settl* resettl* land lands landed refuge asylum"},
	{gain, "reach reached reaches reaching enter entered enters entering"},
	{host, "host hosts hosted hosting shelters sheltered sheltering receives received receiving"},
	{homeward, "return* deport* repatriat* readmi* removal removals removed expel* expuls* evacuat* back refoul* reintegrat* extradit*"},
	{goods, "remittance remittances money fund funds funding transfer transfers savings goods amounts sums currency capital financial trade exports imports earnings investment investments aid gas oil"},
	{transit, "transit transits transited transiting passing passed pass passage"},
	{from, "from"},
	{of, "of"},
	{to, "to towards toward into"},
	{toFor, "for"},
	{in, "in within inside across"},
	{through, "through via across"},
	{abroad, "abroad overseas"},
	{presence, "living live lives lived residing reside resides resident residents working work works worked employed settled settling established based staying stay stayed studying study who are were is was have been currently present registered hosted arriving arrived arrive seeking asylum refuge stranded detained already now resided seek seeks sought find found recruited"},
	{descent, "origin descent nationality ancestry background"},
	{denial, "not no never nor without neither cannot none t"},
	{only, "only merely just simply solely"},
	{linking, "young skilled unskilled highly low high semi temporary seasonal irregular illegal undocumented documented regular legal foreign international domestic female male first second third generation educated qualified poor who that which have has had been is are was were being on their his her its own by land sea air boat overland other new recent large small scale mass massive forced voluntary internal economic political unaccompanied separated transnational circular origin europe european eu union gulf maghreb africa african sub saharan subsaharan arab western countries country region mediterranean middle east sahara desert area coming years more most many some all both primarily mostly mainly often usually also still women men home out away then later first there onward onwards northward clandestine big main major important key traditional well known considered established recent century 1960s 1970s since increasing growing rapid dangerous perilous long way but once"},
	{ground, "north south east west northern southern eastern western central rural urban coast coasts coastal border borders territory shore shores neighbouring neighboring nearby mainland region regions coastline neighbour"},
	{article, "the a an their its his her this these those"},
	{and, "and or as well both"},
	{count, "many some most all other several thousands hundreds number million millions thousand hundred few percent between among of for about than"},
	{land, "country countries state states nation land hub"},
	{be, "is are was were has have become became been being remain remains remained as constitutes represents both now a an considered role status position itself turned"},
	{suchAs, "such like including namely notably especially particularly"},
	{matter, "policy policies law laws legislation act code ministry ministries authority authorities agency agencies office offices union unions organisation organisations organization organizations association associations regulations strategy crisis camp camps issue question council fund board affairs department directorate service statistics data"},
	{partOrigin, "origin emigration sending source departure"},
	{partTransit, "transit passage"},
	{partDestination, "destination immigration host hosting receiving reception asylum arrival"},
}

var french = wordTable{
	{migrant, "migrant migrante migrants migrantes immigre immigree immigres immigrees emigre emigree emigres emigrees refugie refugiee refugies refugiees exile exiles expatrie expatries expatriee emigrants emigrant immigrants immigrant demandeurs demandeur deplaces diaspora clandestins harragas"},
	{many, "migrants migrantes immigres immigrees emigres emigrees refugies refugiees exiles expatries emigrants immigrants demandeurs diaspora harragas clandestins"},
	{people, "travailleur travailleurs travailleuse travailleuses ouvrier ouvriers ouvriere ouvrieres personne personnes ressortissant ressortissants ressortissante ressortissantes citoyen citoyens citoyenne citoyennes etudiant etudiants etudiante etudiantes mineur mineurs enfant enfants famille familles femme femmes homme hommes jeune jeunes communaute communautes population populations medecins infirmiers infirmieres saisonnier saisonniers saisonnieres oeuvre nationaux habitants cadres ingenieurs domestiques domestique individus candidats candidat gens ménages employes employees aidantes filles garcons enseignants competences"},
	{move, "migration migrations migratoire migratoires migrer migre migrent migraient immigr* mobilite exode emigr*"},
	{weak, "partir partent part partant parti partis partie parties aller va vont allant venir viennent vient venu venus venue venues venant arriv* voyag* travers* rout* trajet trajets flux mouvement mouvements deplacement deplacements passage passages rejoindre rejoignent gagner envoi envoyer envoyes depart departs circulation filiere filieres recrut* itineraire itineraires couloir corridor se rendre rendent trafic traite transfert originaires originaire"},
	{leave, "emigr* exode fuir fuient fui fuyant depart departs fuite exil partis parties partants"},
	{flight, "fuir fuient fui fuyant fuyaient quitter quittent quitte quittant quitté quittaient"},
	{arrive, "install* etabl* arriv* refugies refugier refugient"},
	{gain, "rejoindre rejoint rejoignent gagner gagnent gagne atteindre atteint atteignent"},
	{host, "accueille accueillent accueilli accueillait heberge hebergent heberge recoit recoivent"},
	{homeward, "retour* rapatri* expuls* renvoi* renvoy* reconduit* reconduite refoul* readmi* reinsertion reintegr* eloigne* rentrer rentrent rentres revenir reviennent revenus"},
	{goods, "transfert transferts argent fonds sommes epargne devises capitaux montants marchandises exportations importations produits financier financiers investissements aide"},
	{transit, "transit transiter transitent transitant transite transits passant passer passent passes passe passage"},
	{from, "depuis provenance originaire originaires venant venu venus venue venues issu issus issue issues natifs parti partis parties partant"},
	{of, "de du des d"},
	{to, "vers destination en au aux a pour"},
	{toFor, "pour"},
	{in, "en au aux a dans"},
	{through, "via travers par"},
	{by, "par"},
	{abroad, "etranger exterieur"},
	{presence, "residant residants residents resident residente resider vivant vivants vivent vivre habitant habitent travaillant travaillent travailler employes employees installes installees installe etablis etablies etabli qui se sont presents presentes present sejournant enregistres inscrits arrives arrivees est etaient exercant scolarises ayant trouve refuge actuellement recrut*"},
	{descent, "origine nationalite"},
	{denial, "ne n pas jamais aucun aucune sans ni"},
	{only, "seulement uniquement simplement exclusivement"},
	{linking, "jeune jeunes en qui ont est sont avait avaient etait etaient irregul* clandestin* qualifi* temporaire temporaires saisonn* international* legale legal illegal* economique* force* massive massif nombreu* europe europeen* union maghreb* afrique africain* golfe subsahar* mediterran* mer voie voies terre terrestre maritime surtout aussi egalement encore tres hautement non accompagnes accompagne isoles main oeuvre travail peu plus moins dont pays fois a la lors depuis premiere deuxieme seconde generation generations important* principal* grand* petite nouveau nouvelle nouveaux ancien* traditionnel* etrangers etrangeres etranger et asile hommes femmes pres pays devenu devenue devenus c se y"},
	{ground, "nord sud est ouest cotes cote territoire frontiere frontieres regions region littoral voisin voisine"},
	{article, "la le l les un une leur leurs ses son sa ces cette ce"},
	{and, "et ou ainsi que"},
	{count, "nombre plusieurs certains beaucoup tous milliers centaines million millions mille majorite nombreux autres de des d que pour entre aux par"},
	{land, "pays terre terres etat etats"},
	{be, "est sont etait etaient devenu devenue devenus devient deviennent demeure demeurent reste restent comme tant constitue constituent un une considere consideree consideres represente fois role statut place etre ete fut semble semblent ainsi passe"},
	{suchAs, "tel tels telle telles comme notamment"},
	{matter, "politique politiques loi lois legislation ministere"},
	{partOrigin, "origine emigration depart source"},
	{partTransit, "transit passage"},
	{partDestination, "destination immigration accueil reception asile hote hotes"},
}

var arabic = wordTable{
	{migrant, "مهاجر مهاجرة مهاجرون مهاجرين مهاجرو مهاجري مهاجرات لاجئ لاجئة لاجئون لاجئين لاجئو لاجئي لاجئات مغترب مغتربون مغتربين مغتربو مغتربي نازح نازحون نازحين نازحو نازحي جالية جاليات وافدون وافدين وافدة وافدات"},
	{many, "مهاجرون مهاجرين مهاجرو مهاجري مهاجرات لاجئون لاجئين لاجئات مغتربون مغتربين نازحون نازحين جالية جاليات"},
	{people, "عمال عامل عاملة عاملات عاملين عاملون عمالة أشخاص شخص مواطن مواطنين مواطنون مواطنو مواطني مواطنات رعايا شباب شبان نساء امرأة رجال أطفال قاصرين قاصرون قاصر قصر طلاب طلبة طالبي طالبو أسر عائلات أفراد أطباء ممرضات ممرضين مهندسين كفاءات خادمات أبناء يد أيدي قادمون قادمين قادمة قادمات سكان أسرة عائلة آخرون آخرين"},
	{move, "هجرة هاجر* يهاجر* تهاجر هجرات نزوح نزح* لجوء لجأ* لجأوا تهجير"},
	{weak, "سافر* يسافر* سفر انتقل* ينتقل* تنتقل انتقال تنقل تنقلات وصل* يصل* وصول توجه* يتوجه* رحلة رحلات مسار مسارات طريق طرق عبور تهريب خرج* خروج إرسال استقدام قدوم قادمون قادمين قادمة قادمات قدم* تدفق تدفقات دخول حركة حركات وافدون وافدين وافدة متجهين متجهون متوجهين توافد فرار هروب"},
	{leave, "فروا فرّ فار فارون فارين هرب هربوا هاربون هاربين هروب فرار نزوح مغادرة غادر* يغادر* تغادر"},
	{flight, "مغادرة غادر* يغادر* تغادر"},
	{arrive, "استقر* يستقر* مستقرين مستقرون استقرار"},
	{host, "تستضيف يستضيف استضاف استضافت تستقبل يستقبل استقبل استقبلت تؤوي يؤوي"},
	{homeward, "عودة عاد عادوا يعود* تعود عائد* إعادة ترحيل ترحيلهم رحّل طرد إبعاد راجع* رجوع يرسل* أرسل* ترسل* يحوّل* إرجاع مرتجع* أعيدوا"},
	{goods, "تحويلات حوالات أموال مبالغ بضائع صادرات واردات سلع استثمارات مالية مساعدات"},
	{transit, "عبور عابر* مرور مرورا يعبرون يعبر تعبر عبروا عبرت"},
	{from, "من ومن"},
	{to, "إلى نحو صوب باتجاه اتجاه"},
	{in, "في وفي داخل"},
	{through, "عبر طريق"},
	{by, "طريق"},
	{abroad, "خارج مهجر غربة"},
	{presence, "مقيم* موجود* متواجد* مستقر* يعيش* يقيم* يعمل* تعيش تعمل تقيم الذين التي اللواتي اللاتي قاطن* مسجل* عاملين عاملون عاملات عاملة دارس*"},
	{descent, "أصل أصول جنسية"},
	{denial, "لا لم لن ليس ليست ليسوا دون بدون عدم"},
	{only, "فقط فحسب مجرد"},
	{linking, "غير نظامي* شرعي* قانوني* سري* ماهر* دولي* مؤقت* كبير* خارجي* قسري* جماعي* موسمي* كثير* معظم دول خليج أوروبا أوروبي* الاتحاد أفريقيا أفريقي* إفريقيا عربي* سكان أعداد عدد شمال متوسط بحر برا بحرا الذين التي كانوا كان ممن ما هو هي أيضا رئيسي* مهم* هام* وقت واحد نفس آن بالفعل تقليدي* أجنبي* أجانب أساسا خاصة زراعي* منزلي* منازل فرد أفراد كلها"},
	{ground, "شمال جنوب شرق غرب سواحل ساحل حدود أراضي"},
	{and, "و أو وإلى ومن"},
	{count, "آلاف عدد أعداد معظم بعض كثير أغلب جميع كل من على عن في إلى مئات ملايين هجرة حقوق أوضاع نحو أن إن بين غالبية"},
	{land, "بلد بلدا بلدان دولة دول دولتي بلدين أرض منطقة"},
	{be, "تعد تعتبر يعد يعتبر أصبح أصبحت أضحت أضحى باتت بات هو هي تمثل يمثل تشكل يشكل صارت صار كانت كان تحول تحولت مجرد ليبقى تبقى يظل تظل ظلت"},
	{suchAs, "مثل منها ومنها سيما خصوصا خاصة"},
	{matter, "سياسة سياسات قانون"},
	{partOrigin, "منشأ مصدر مصدرة أصل إرسال مرسلة مغادرة"},
	{partTransit, "عبور عابر مرور"},
	{partDestination, "مقصد وصول استقبال مستقبلة مستقبل مضيف مضيفة استضافة وجهة لجوء مستضيفة"},
}

// movingWords finds what a word of a language does.
type movingWords struct {
	lang     corpus.Lang
	exact    map[string]class
	prefixes map[string]class
}

var wordsOf = map[corpus.Lang]*movingWords{
	"en": english.index("en"), "fr": french.index("fr"), "ar": arabic.index("ar"),
}

func (t wordTable) index(l corpus.Lang) *movingWords {
	w := &movingWords{lang: l, exact: map[string]class{}, prefixes: map[string]class{}}
	for _, row := range t {
		for word := range strings.FieldsSeq(row.words) {
			if stem, ok := strings.CutSuffix(word, "*"); ok {
				w.prefixes[fold.Term(stem)] |= row.class
			} else {
				w.exact[fold.Term(word)] |= row.class
			}
		}
	}
	return w
}

// classOf returns what a folded word does. An Arabic word may have clitics and the
// article.
func (w *movingWords) classOf(term string) class {
	if w.lang != "ar" {
		return w.plain(term)
	}
	var c class
	vocab.Stems(term, func(stem string) {
		if c == 0 {
			c = w.plain(stem)
		}
	})
	return c
}

func (w *movingWords) plain(term string) class {
	if c, ok := w.exact[term]; ok {
		return c | w.prefix(term)
	}
	if term != "" && term[0] >= '0' && term[0] <= '9' {
		return linking | count
	}
	return w.prefix(term)
}

// prefix joins the classes of the beginnings of a word.
func (w *movingWords) prefix(term string) class {
	var c class
	for i := range term {
		if i > 0 {
			c |= w.prefixes[term[:i]]
		}
	}
	return c | w.prefixes[term]
}
