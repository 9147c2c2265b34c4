package words

import (
	"strings"

	"marsa/corpus"
)

// function are words that say in which language a question is, and nothing of
// what it is about; folded.
var function = map[corpus.Lang]map[string]bool{
	"en": set(`a about after all also an and any are as at be been before being between but by can could did do does doing during each for from get
		gets got had has have having her here his how i if in into is it its just may me might more most must my no not of on one or other our out over own
		put shall she should so some such than that the their them then there these they this those through to under until up was we were what when where whether
		which while who whom whose why will with within without would you your`),
	"fr": set(`a afin alors apres au aucun aucune aupres aussi autre autres aux avant avec avoir ayant c ce cela celle celles celui ces cet cette ceux chez comme comment
		contre d dans de depuis des doit doivent donc dont du elle elles en entre est et etait etaient ete etre eu eux fait font il ils j je jusqu l la laquelle le
		lequel les lesquels leur leurs lors lorsqu lorsque lui m ma mais mes meme moins mon n ne ni non nos notre nous on ont or ou par parmi pas pendant peut
		peuvent plus pour pourquoi pres qu quand que quel quelle quelles quels qui quoi s sa sans se selon sera ses si soit son sont sous sur t ta tel telle
		tous tout toute toutes tres tu un une vers vos votre vous y puis peux dois`),
	"ar": set(`في من على الى عن مع هل ما ماذا متى اين كيف كم لماذا الذي التي الذين هو هي هم هذا هذه ذلك تلك ان انه اذا كان كانت يكون تكون قد لا لم لن ليس او ثم بعد قبل
		عند بين كل اي ايه بعض غير حتى منذ لدى ضمن دون خلال حول فيها فيه منها منه لها له لهم عليه عليها بها به الا انها لكن عندما حين حيث كما يمكن يمكنني يستطيع تستطيع استطيع نستطيع`),
}

func set(words string) map[string]bool {
	s := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		s[w] = true
	}
	return s
}

// Function says whether a folded word only joins others in a language.
func Function(word string, in corpus.Lang) bool { return function[in][word] }
