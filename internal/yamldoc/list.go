package yamldoc

import (
	"fmt"

	"go.yaml.in/yaml/v3"

	"marsa/corpus"
)

// MaxList is the largest document that DecodeList reads, in bytes.
const MaxList = 16 << 20

// DecodeList reads a document that is a map with one list under key, and calls
// each for every item of it with its line and a function that decodes it as
// Decode does. An error of each ends it. Errors wrap corpus.ErrInvalid or
// corpus.ErrTooLarge.
func DecodeList(data []byte, key string, each func(line int, decode func(v any) error) error) error {
	if len(data) > MaxList {
		return fmt.Errorf("YAML of %d bytes: %w", len(data), corpus.ErrTooLarge)
	}
	doc := map[string]yaml.Node{}
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return fmt.Errorf("%w: %w", corpus.ErrInvalid, err)
	}
	for k, node := range doc {
		if k != key {
			return fmt.Errorf("line %d: %q is unknown, the list is %q: %w", node.Line, k, key, corpus.ErrInvalid)
		}
		if node.Kind != yaml.SequenceNode {
			return fmt.Errorf("line %d: %q is no list: %w", node.Line, k, corpus.ErrInvalid)
		}
		for _, item := range node.Content {
			decode := func(v any) error { return decodeNode(item, v) }
			if err := each(item.Line, decode); err != nil {
				return err
			}
		}
	}
	return nil
}

// decodeNode decodes strictly, which a node by itself cannot.
func decodeNode(n *yaml.Node, v any) error {
	if hasAlias(n) { // what it stands for is not in this part
		return fmt.Errorf("line %d: aliases are not read: %w", n.Line, corpus.ErrInvalid)
	}
	data, err := yaml.Marshal(n)
	if err != nil {
		return fmt.Errorf("%w: %w", corpus.ErrInvalid, err)
	}
	return Decode(data, v)
}

func hasAlias(n *yaml.Node) bool {
	if n.Kind == yaml.AliasNode {
		return true
	}
	for _, c := range n.Content {
		if hasAlias(c) {
			return true
		}
	}
	return false
}
