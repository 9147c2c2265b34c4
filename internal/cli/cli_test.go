package cli_test

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"marsa/internal/cli"
	"marsa/internal/extract/all"
	"marsa/internal/extract/worker"
)

var update = flag.Bool("update", false, "write what the commands print into the scripts")

// TestMain makes the test binary the program: as "marsa" in the scripts, and as
// the child process that reads files.
func TestMain(m *testing.M) {
	worker.Child(all.Table())
	shareCache()
	testscript.Main(m, map[string]func(){"marsa": func() {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
		code := cli.Run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
		stop()
		os.Exit(code)
	}})
}

// shareCache keeps compiled code where it outlives a test: compiling it for each
// would take most of the time.
func shareCache() {
	if os.Getenv("MARSA_CACHE_DIR") != "" {
		return // a script has set it, for the program
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = os.TempDir()
	}
	if err := os.Setenv("MARSA_CACHE_DIR", filepath.Join(dir, "marsa")); err != nil {
		panic(err)
	}
}

// TestScripts runs the scripts of testdata/script. Beside the commands of
// testscript they have
//
//	serve DIR [ARG…]     start marsa serve on a free port; $URL is its address, $ADDRESS its host and port
//	fetch STATUS PATH [TEXT]
//	                     GET $URL and PATH until the answer has TEXT; the body becomes stdout
//	stop                 end the server and wait for it; its log becomes stderr
//	crash                kill -9 the server
//	exit CODE ARG…       run marsa and check its exit code
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: *update,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"serve": serve, "fetch": fetch, "stop": stop, "crash": crash, "exit": exit,
		},
		Setup: func(e *testscript.Env) error {
			e.Values[serverKey{}] = &server{}
			e.Setenv("MARSA_CACHE_DIR", os.Getenv("MARSA_CACHE_DIR"))
			return nil
		},
	})
}

// server is the marsa serve that a script started last.
type server struct {
	cmd *exec.Cmd
	log []string
	end chan struct{} // closed when its log is read to the end
}

type serverKey struct{}

// text is what the server logged; it is whole once end is closed.
func (s *server) text() string { return strings.Join(s.log, "\n") + "\n" }

var addressLine = regexp.MustCompile(`http://[0-9.]+:[0-9]+`)

func serve(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: serve DIR [ARG…]")
	}
	s := running(ts)
	*s = server{end: make(chan struct{})}
	s.cmd = exec.Command(firstInPath(ts), append([]string{"serve", "--address", "127.0.0.1:0", "--data-dir", ts.MkAbs(args[0])}, args[1:]...)...)
	s.cmd.Dir = ts.Getenv("WORK")
	s.cmd.Env = append(os.Environ(), "HOME="+ts.Getenv("WORK"))
	stderr, err := s.cmd.StderrPipe()
	ts.Check(err)
	ts.Check(s.cmd.Start())
	process := s.cmd.Process
	ts.Defer(func() { _ = process.Kill() }) // most scripts have stopped it
	address := make(chan string, 1)
	go func(s *server) {
		defer close(s.end)
		for lines := bufio.NewScanner(stderr); lines.Scan(); {
			s.log = append(s.log, lines.Text())
			if u := addressLine.FindString(lines.Text()); u != "" {
				select {
				case address <- u:
				default:
				}
			}
		}
	}(s)
	select {
	case u := <-address:
		ts.Setenv("URL", u)
		ts.Setenv("ADDRESS", strings.TrimPrefix(u, "http://"))
	case <-s.end:
		ts.Fatalf("marsa serve ended: %s", s.text())
	}
}

func running(ts *testscript.TestScript) *server { return ts.Value(serverKey{}).(*server) }

// firstInPath returns the marsa of the script's PATH.
func firstInPath(ts *testscript.TestScript) string {
	for _, dir := range filepath.SplitList(ts.Getenv("PATH")) {
		if p := filepath.Join(dir, "marsa"); isFile(p) {
			return p
		}
	}
	ts.Fatalf("no marsa in PATH")
	return ""
}

func isFile(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// fetch asks until the answer is right: a server that has just begun may not have
// read everything in. It gives up after a while, and then shows what came.
func fetch(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 || len(args) > 3 {
		ts.Fatalf("usage: fetch STATUS PATH [TEXT]")
	}
	text := strings.Join(args[2:], "")
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	var status, body string
	for range 1000 { // a minute, before it gives up
		resp, err := client.Get(ts.Getenv("URL") + args[1])
		ts.Check(err)
		data, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		ts.Check(err)
		if status, body = fmt.Sprint(resp.StatusCode), string(data); status == args[0] && strings.Contains(body, text) {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	fmt.Fprint(ts.Stdout(), body)
	if status != args[0] || !strings.Contains(body, text) {
		ts.Fatalf("GET %s: status %s, want %s with %q: %s", args[1], status, args[0], text, body)
	}
}

func stop(ts *testscript.TestScript, neg bool, _ []string) {
	s := running(ts)
	ts.Check(s.cmd.Process.Signal(os.Interrupt))
	<-s.end
	if err := s.cmd.Wait(); err != nil {
		ts.Fatalf("marsa serve: %v: %s", err, s.text())
	}
	fmt.Fprint(ts.Stderr(), s.text())
}

func crash(ts *testscript.TestScript, neg bool, _ []string) {
	s := running(ts)
	ts.Check(s.cmd.Process.Kill())
	<-s.end
	if err := s.cmd.Wait(); err == nil {
		ts.Fatalf("marsa serve survived kill -9")
	}
}

func exit(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: exit CODE ARG…")
	}
	err := ts.Exec("marsa", args[1:]...)
	code := "0"
	if err != nil {
		var ended *exec.ExitError
		if !errors.As(err, &ended) {
			ts.Fatalf("marsa %v: %v", args[1:], err)
		}
		code = fmt.Sprint(ended.ExitCode())
	}
	if code != args[0] {
		ts.Fatalf("marsa %v: exit code %s, want %s", args[1:], code, args[0])
	}
}
