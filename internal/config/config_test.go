package config

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"marsa/corpus"
)

func TestLoadOrder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "m.yaml")
	if err := os.WriteFile(path, []byte("data_dir: from-file\naddress: 127.0.0.1:1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	env := map[string]string{"MARSA_ADDRESS": "127.0.0.1:2", "MARSA_WORKERS": "3"}
	c, err := Load(path, func(k string) string { return env[k] })
	if err != nil {
		t.Fatal(err)
	}
	want := Config{DataDir: "from-file", Address: "127.0.0.1:2", Workers: 3, OCR: OCRAuto}
	if c != want {
		t.Errorf("Load = %+v, want %+v", c, want)
	}
}

func TestLoadRefuses(t *testing.T) {
	none := func(string) string { return "" }
	if _, err := Load(filepath.Join(t.TempDir(), "no.yaml"), none); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("named file that is not there: %v", err)
	}
	path := filepath.Join(t.TempDir(), "m.yaml")
	if err := os.WriteFile(path, []byte("adress: x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(path, none); !errors.Is(err, corpus.ErrInvalid) || !strings.Contains(err.Error(), "adress") {
		t.Errorf("unknown key: %v", err)
	}
	if _, err := Load("", func(k string) string {
		if k == "MARSA_WORKERS" {
			return "many"
		}
		return ""
	}); !errors.Is(err, corpus.ErrInvalid) {
		t.Errorf("bad number: %v", err)
	}
}

func TestValidateSaysEverything(t *testing.T) {
	def := Default()
	if err := def.Validate(); err != nil {
		t.Errorf("defaults: %v", err)
	}
	bad := Config{Address: "8080", BaseURL: "library", Workers: 0}
	err := bad.Validate()
	for _, want := range []string{"data_dir", "address", "base_url", "workers", "ocr"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Validate = %v, want a word on %s", err, want)
		}
	}
	for _, address := range []string{"x:70000", "x:http", "x:-1"} {
		c := Default()
		c.Address = address
		if err := c.Validate(); !errors.Is(err, corpus.ErrInvalid) {
			t.Errorf("address %s: %v", address, err)
		}
	}
}
