// Package config holds the settings of marsa: defaults, then a file, then
// environment variables, then what the command line says. It knows where values
// come from and whether they make sense, not what they are used for.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strconv"

	"marsa/corpus"
	"marsa/internal/yamldoc"
)

// File is the configuration file that is read when none is named.
const File = "marsa.yaml"

// Config is every setting. The yaml names are those of the file; the
// environment variable of data_dir is MARSA_DATA_DIR, and so on.
type Config struct {
	DataDir  string `yaml:"data_dir"`  // catalog, originals and index
	CacheDir string `yaml:"cache_dir"` // what can be made again, such as compiled code; cache in DataDir
	VocabDir string `yaml:"vocab_dir"` // the library's own vocabulary; vocab in DataDir
	Address  string `yaml:"address"`   // host:port the server listens on
	BaseURL  string `yaml:"base_url"`  // public address, when a proxy stands before the server
	Workers  int    `yaml:"workers"`   // files read at the same time
	OCR      string `yaml:"ocr"`       // OCRAuto or OCROff
	// AdminToken is the password by which tags can be changed in the pages; nobody
	// can when it is empty.
	AdminToken string `yaml:"admin_token"`
}

// MinToken is the length of the shortest admin token.
const MinToken = 16

// Whether pages that are only pictures are read by tesseract.
const (
	OCRAuto = "auto" // where it is installed
	OCROff  = "off"
)

// Default returns the settings that hold where nothing else is said.
func Default() Config {
	return Config{DataDir: "marsa-data", Address: "127.0.0.1:8080", Workers: runtime.NumCPU(), OCR: OCRAuto}
}

// Load returns the settings of a file and the environment over the defaults.
// With an empty path the file named File is read if there is one. getenv is
// os.Getenv outside tests.
func Load(path string, getenv func(string) string) (Config, error) {
	c := Default()
	if err := c.readFile(path); err != nil {
		return c, err
	}
	return c, c.readEnv(getenv)
}

// Cache is the directory for what can be made again.
func (c *Config) Cache() string {
	if c.CacheDir != "" {
		return c.CacheDir
	}
	return filepath.Join(c.DataDir, "cache")
}

// Vocab is the directory of the library's own vocabulary.
func (c *Config) Vocab() string {
	if c.VocabDir != "" {
		return c.VocabDir
	}
	return filepath.Join(c.DataDir, "vocab")
}

func (c *Config) readFile(path string) error {
	named := path != ""
	if !named {
		path = File
	}
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) && !named {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read configuration: %w", err)
	}
	if err := yamldoc.Decode(data, c); err != nil {
		return fmt.Errorf("read configuration %s: %w", path, err)
	}
	return nil
}

func (c *Config) readEnv(getenv func(string) string) error {
	for name, set := range map[string]*string{
		"MARSA_DATA_DIR": &c.DataDir, "MARSA_CACHE_DIR": &c.CacheDir, "MARSA_VOCAB_DIR": &c.VocabDir, "MARSA_ADDRESS": &c.Address, "MARSA_BASE_URL": &c.BaseURL, "MARSA_OCR": &c.OCR,
		"MARSA_ADMIN_TOKEN": &c.AdminToken,
	} {
		if v := getenv(name); v != "" {
			*set = v
		}
	}
	if v := getenv("MARSA_WORKERS"); v != "" {
		n, err := strconv.Atoi(v)
		if err != nil {
			return fmt.Errorf("MARSA_WORKERS is %q, want a number: %w", v, corpus.ErrInvalid)
		}
		c.Workers = n
	}
	return nil
}

// Validate returns everything that is wrong with the settings, joined; each
// error wraps corpus.ErrInvalid and says what to write instead.
func (c *Config) Validate() error {
	var errs []error
	wrong := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf(format+": %w", append(args, corpus.ErrInvalid)...))
	}
	if c.DataDir == "" {
		wrong("data_dir is empty; name a folder")
	}
	if _, port, err := net.SplitHostPort(c.Address); err != nil {
		wrong("address %q is not host:port, such as 127.0.0.1:8080", c.Address)
	} else if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		wrong("address %q has no port of 0 to 65535", c.Address)
	}
	if c.BaseURL != "" {
		u, err := url.Parse(c.BaseURL)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			wrong("base_url %q is not a web address, such as https://library.example.org", c.BaseURL)
		}
	}
	if c.Workers < 1 || c.Workers > 256 {
		wrong("workers is %d; write 1 to 256", c.Workers)
	}
	if c.OCR != OCRAuto && c.OCR != OCROff {
		wrong("ocr is %q; write auto or off", c.OCR)
	}
	if c.AdminToken != "" && len(c.AdminToken) < MinToken {
		wrong("admin_token has %d characters; write %d or more that nobody can guess", len(c.AdminToken), MinToken)
	}
	return errors.Join(errs...)
}
