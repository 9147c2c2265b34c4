package bleve

import (
	"testing"

	"marsa/index"
	"marsa/index/indextest"
)

func TestConformance(t *testing.T) {
	indextest.Run(t, func(t *testing.T) index.Engine { return openTemp(t) })
}

func openTemp(t testing.TB) *Engine {
	t.Helper()
	e, err := Open(t.TempDir(), Config{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}
