package control

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"marsa/corpus"
)

// TestMain lets the test binary be an owner in a process of its own, which the
// tests kill.
func TestMain(m *testing.M) {
	if dir := os.Getenv("MARSA_TEST_OWNER"); dir != "" {
		own(dir, os.Getenv("MARSA_TEST_DELAY"))
		return
	}
	os.Exit(m.Run())
}

func own(dir, delay string) {
	o, err := Own(dir)
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("owned")
	if d, err := time.ParseDuration(delay); err == nil {
		time.Sleep(d)
	}
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "owner %d hears %s", os.Getpid(), r.URL.Path)
	})
	fmt.Println(o.Serve(context.Background(), h, time.Second))
}

// startOwner starts an owner and returns when it has the lock.
func startOwner(t *testing.T, dir string, delay time.Duration) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), "MARSA_TEST_OWNER="+dir, "MARSA_TEST_DELAY="+delay.String())
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { kill(cmd) })
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "owned\n" {
		t.Fatalf("owner says %q, %v", line, err)
	}
	return cmd
}

func kill(cmd *exec.Cmd) {
	cmd.Process.Kill() // SIGKILL; an error only says that it has ended
	cmd.Wait()
}

func get(t *testing.T, client *http.Client, path string) string {
	t.Helper()
	resp, err := client.Get("http://marsa" + path)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestSecondProcess(t *testing.T) {
	for name, dir := range map[string]string{
		"plain":         filepath.Join(t.TempDir(), "data"),
		"a long path":   filepath.Join(t.TempDir(), strings.Repeat("long-name/", 12)),
		"an odd letter": filepath.Join(t.TempDir(), "donnée ?%20"),
	} {
		t.Run(name, func(t *testing.T) {
			if client, ok, err := Dial(t.Context(), dir); client != nil || ok || err != nil {
				t.Fatalf("without owner: %v, %v, %v", client, ok, err)
			}
			first := startOwner(t, dir, 0)
			if _, err := Own(dir); !errors.Is(err, ErrOwned) {
				t.Fatalf("second owner: %v", err)
			}
			client, ok, err := Dial(t.Context(), dir)
			if !ok || err != nil {
				t.Fatalf("Dial = %v, %v", ok, err)
			}
			if got, want := get(t, client, "/v1/x"), fmt.Sprintf("owner %d hears /v1/x", first.Process.Pid); got != want {
				t.Errorf("answer %q, want %q", got, want)
			}

			kill(first) // its socket stays behind, its lock does not
			if client, ok, err := Dial(t.Context(), dir); client != nil || ok || err != nil {
				t.Fatalf("after kill -9: %v, %v, %v", client, ok, err)
			}
			second := startOwner(t, dir, 0)
			client, ok, err = Dial(t.Context(), dir)
			if !ok || err != nil {
				t.Fatalf("Dial of the second owner = %v, %v", ok, err)
			}
			if got := get(t, client, "/"); !strings.HasPrefix(got, fmt.Sprintf("owner %d ", second.Process.Pid)) {
				t.Errorf("answer %q", got)
			}
		})
	}
}

func TestOwnerThatIsStarting(t *testing.T) {
	dir := t.TempDir()
	startOwner(t, dir, 300*time.Millisecond)
	client, ok, err := Dial(t.Context(), dir)
	if !ok || err != nil {
		t.Fatalf("Dial = %v, %v", ok, err)
	}
	if got := get(t, client, "/"); !strings.HasPrefix(got, "owner ") {
		t.Errorf("answer %q", got)
	}
}

func TestOwnerThatDoesNotAnswer(t *testing.T) {
	dir := t.TempDir()
	o, err := Own(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	if _, ok, err := Dial(t.Context(), dir); !ok || !errors.Is(err, ErrOwned) {
		t.Errorf("Dial = %v, %v", ok, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := Dial(ctx, dir); !errors.Is(err, context.Canceled) {
		t.Errorf("Dial = %v", err)
	}
}

// TestLookingDoesNotHinder checks that commands that look for an owner do not
// keep one from starting.
func TestLookingDoesNotHinder(t *testing.T) {
	dir := t.TempDir()
	stop := make(chan struct{})
	var looking sync.WaitGroup
	for range 4 {
		looking.Go(func() {
			for {
				select {
				case <-stop:
					return
				case <-time.After(time.Millisecond):
				}
				if _, err := isOwned(dir); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	for range 20 {
		o, err := Own(dir)
		if err != nil {
			t.Error(err)
			continue
		}
		if err := o.Close(); err != nil {
			t.Error(err)
		}
	}
	close(stop)
	looking.Wait()
}

func TestServeAndClose(t *testing.T) {
	dir := t.TempDir()
	o, err := Own(dir)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	inside, release := make(chan struct{}), make(chan struct{})
	served := make(chan error, 1)
	go func() {
		served <- o.Serve(ctx, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			close(inside)
			<-release
			fmt.Fprint(w, "done")
		}), 10*time.Second)
	}()
	client, ok, err := Dial(t.Context(), dir)
	if !ok || err != nil {
		t.Fatalf("Dial = %v, %v", ok, err)
	}
	info, err := os.Stat(filepath.Join(dir, "marsa.sock"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("socket: %v, %v", info, err)
	}
	answer := make(chan string, 1)
	go func() { answer <- get(t, client, "/") }()
	<-inside
	cancel() // the request in progress is answered nevertheless
	close(release)
	if got := <-answer; got != "done" {
		t.Errorf("answer %q", got)
	}
	if err := <-served; err != nil {
		t.Errorf("Serve = %v", err)
	}
	for range 2 {
		if err := o.Close(); err != nil {
			t.Errorf("Close = %v", err)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "marsa.sock")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("socket is left: %v", err)
	}
	again, err := Own(dir)
	if err != nil {
		t.Fatal(err)
	}
	again.Close()
}

// TestSocketHalfMade checks that an owner that was killed while it made its
// socket does not keep the next one from making its own.
func TestSocketHalfMade(t *testing.T) {
	dir := t.TempDir()
	left, err := net.ListenUnix("unix", &net.UnixAddr{Name: filepath.Join(dir, "marsa.sock~"), Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	left.SetUnlinkOnClose(false)
	left.Close()
	startOwner(t, dir, 0)
	client, ok, err := Dial(t.Context(), dir)
	if !ok || err != nil {
		t.Fatalf("Dial = %v, %v", ok, err)
	}
	if got := get(t, client, "/"); !strings.HasPrefix(got, "owner ") {
		t.Errorf("answer %q", got)
	}
}

// TestServeEndsLongRequests checks that a request that would go on for long is
// cancelled, says what it did, and has ended when Serve returns.
func TestServeEndsLongRequests(t *testing.T) {
	dir := t.TempDir()
	o, err := Own(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	ctx, cancel := context.WithCancel(t.Context())
	inside := make(chan struct{})
	var ended atomic.Bool
	served := make(chan error, 1)
	go func() {
		served <- o.Serve(ctx, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			close(inside)
			<-r.Context().Done()
			time.Sleep(50 * time.Millisecond)
			fmt.Fprint(w, "half of it")
			ended.Store(true)
		}), 4*time.Second)
	}()
	client, ok, err := Dial(t.Context(), dir)
	if !ok || err != nil {
		t.Fatalf("Dial = %v, %v", ok, err)
	}
	answer := make(chan string, 1)
	go func() { answer <- get(t, client, "/") }()
	<-inside
	cancel()
	if err := <-served; err != nil {
		t.Errorf("Serve = %v", err)
	}
	if !ended.Load() {
		t.Error("Serve returned before its handler")
	}
	if got := <-answer; got != "half of it" {
		t.Errorf("answer %q", got)
	}
}

// TestServeWaitsForSlowHandlers checks that a handler that ends after the grace
// has ended when Serve returns.
func TestServeWaitsForSlowHandlers(t *testing.T) {
	o, err := Own(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	ctx, cancel := context.WithCancel(t.Context())
	inside := make(chan struct{})
	var ended atomic.Bool
	served := make(chan error, 1)
	go func() {
		served <- o.Serve(ctx, http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
			close(inside)
			time.Sleep(300 * time.Millisecond)
			ended.Store(true)
		}), 10*time.Millisecond)
	}()
	client, ok, err := Dial(t.Context(), o.dir)
	if !ok || err != nil {
		t.Fatalf("Dial = %v, %v", ok, err)
	}
	go client.Get("http://marsa/") // its answer is cut off
	<-inside
	cancel()
	if err := <-served; err != nil {
		t.Errorf("Serve = %v", err)
	}
	if !ended.Load() {
		t.Error("Serve returned before its handler")
	}
}

func TestNewFolderIsPrivate(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	o, err := Own(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func TestUnusableFolders(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for dir, says := range map[string]string{file: "--data-dir", "/proc/marsa": ""} {
		if _, err := Own(dir); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("Own(%s) = %v", dir, err)
		}
	}
}

func TestErrorsOverTheWire(t *testing.T) {
	plain := errors.New("something else")
	for _, kind := range []error{corpus.ErrNotFound, corpus.ErrInvalid, corpus.ErrTooLarge, corpus.ErrUnavailable, plain} {
		sent := fmt.Errorf("page 7 of guide: %w", kind)
		w := httptest.NewRecorder()
		WriteError(w, sent)
		got := ReadError(w.Result())
		if got == nil || got.Error() != sent.Error() || kind != plain && !errors.Is(got, kind) {
			t.Errorf("%v became %v", sent, got)
		}
		if got := DecodeError(EncodeError(sent)); got.Error() != sent.Error() {
			t.Errorf("%v became %v", sent, got)
		}
	}
	good := httptest.NewRecorder()
	if err := ReadError(good.Result()); err != nil {
		t.Errorf("good answer: %v", err)
	}
	for _, body := range []string{"", "<html>", "{}", strings.Repeat("x", 1<<20)} {
		w := httptest.NewRecorder()
		w.WriteHeader(http.StatusBadGateway)
		fmt.Fprint(w, body)
		if err := ReadError(w.Result()); err == nil || len(err.Error()) > 1000 {
			t.Errorf("answer %.20q: %v", body, err)
		}
	}
}
