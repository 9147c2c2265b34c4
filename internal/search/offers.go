package search

import (
	"slices"

	"marsa/corpus"
	"marsa/index"
)

// maxOffers is how many filters a query suggests at most.
const maxOffers = 3

// offers finds countries and topics that the words of a query name, in any
// language, and by which its results can be narrowed. The words stay words.
func (s *Service) offers(r *Request, resp *Response) []Offer {
	if resp.Total+resp.Partial < 2 {
		return nil
	}
	var out []Offer
	for m := range s.vocab.Mentions(r.Text, "") {
		for _, f := range []index.Field{index.FieldCountry, index.FieldTopic} {
			if o, ok := s.offer(r, resp, f, m.Concept); ok && len(out) < maxOffers && !slices.ContainsFunc(out, o.same) {
				out = append(out, o)
			}
		}
	}
	return out
}

func (o Offer) same(p Offer) bool { return o.Field == p.Field && o.Value == p.Value }

// offer is the filter by a concept, if it is one of the field and takes some of
// the results away but not all.
func (s *Service) offer(r *Request, resp *Response, f index.Field, id corpus.ConceptID) (Offer, bool) {
	if string(id) != schemes[f]+"/"+name(id) || len(r.Values[f]) > 0 {
		return Offer{}, false
	}
	works := resp.Total
	if works == 0 {
		works = resp.Partial
	}
	for _, facet := range resp.Facets {
		i := slices.IndexFunc(facet.Buckets, func(b Bucket) bool { return b.ID == name(id) })
		if facet.Field != f || i < 0 {
			continue
		}
		b := facet.Buckets[i]
		return Offer{f, b.ID, b.Label, b.Lang, b.Count}, b.Count > 0 && b.Count < works
	}
	return Offer{}, false
}
