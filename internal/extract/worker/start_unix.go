//go:build unix && !linux

package worker

import "syscall"

// attributes make a child the leader of its own session. That the parent is
// gone it sees at the end of its input.
func attributes() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: true} }
