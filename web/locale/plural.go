package locale

// Names of plural forms, as CLDR has them.
const (
	zero  = "zero"
	one   = "one"
	two   = "two"
	few   = "few"
	many  = "many"
	other = "other"
)

// Form returns the plural form of n in a language of the interface, after the
// rules of CLDR 48 for whole numbers.
func Form(lang string, n int) string {
	if n < 0 {
		n = -n
	}
	switch lang {
	case "ar":
		return arabicForm(n)
	case "fr":
		switch {
		case n < 2:
			return one
		case n%1_000_000 == 0:
			return many
		}
	default:
		if n == 1 {
			return one
		}
	}
	return other
}

func arabicForm(n int) string {
	switch {
	case n == 0:
		return zero
	case n == 1:
		return one
	case n == 2:
		return two
	case n%100 >= 3 && n%100 <= 10:
		return few
	case n%100 >= 11:
		return many
	}
	return other
}

// forms are the plural forms that a text has in each language.
func forms(lang string) []string {
	switch lang {
	case "ar":
		return []string{zero, one, two, few, many, other}
	case "fr":
		return []string{one, many, other}
	}
	return []string{one, other}
}
