package pdf

// better says whether text b is more likely to be what is printed than a.
func better(b, a string) bool { return false }
