package worker

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// parentArg makes the test binary a parent that reads a file which never ends.
const parentArg = "test-parent"

// beParent starts a reader, says which process it is, and waits to be killed.
func beParent() {
	p := New(Config{Workers: 1, PageTime: long})
	go func() { _, _ = p.Extract(context.Background(), "a.txt", []byte("hang")) }()
	for {
		lists, _ := filepath.Glob("/proc/self/task/*/children")
		for _, l := range lists {
			pids, _ := os.ReadFile(l) // a thread that has ended has no list
			for pid := range strings.FieldsSeq(string(pids)) {
				if isReader(pid) {
					fmt.Println(pid)
					time.Sleep(long)
					os.Exit(1)
				}
			}
		}
		time.Sleep(time.Millisecond)
	}
}

// isReader says whether a process is a child that reads: the os package starts
// one of its own once, to see what the system can do.
func isReader(pid string) bool {
	line, err := os.ReadFile(filepath.Join("/proc", pid, "cmdline"))
	return err == nil && strings.Contains(string(line), arg)
}

// TestChildDiesWithItsParent kills a parent whose child is busy, so that it
// would never see the end of its input.
func TestChildDiesWithItsParent(t *testing.T) {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	parent := exec.Command(exe, parentArg)
	parent.Env = append(os.Environ(), "TMPDIR="+t.TempDir())
	out, err := parent.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	pid, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	stat := filepath.Join("/proc", strings.TrimSpace(pid), "stat")
	if !running(stat) {
		t.Fatalf("no child %s", pid)
	}
	if err := parent.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := parent.Wait(); err == nil {
		t.Error("parent was not killed")
	}
	for range 500 {
		if !running(stat) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Error("child goes on without its parent")
}

// running says whether a process is there and not only waits to be buried.
func running(stat string) bool {
	data, err := os.ReadFile(stat)
	if err != nil {
		return false
	}
	_, after, _ := strings.Cut(string(data), ") ")
	return !strings.HasPrefix(after, "Z") && !strings.HasPrefix(after, "X")
}
