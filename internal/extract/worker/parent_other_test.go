//go:build !linux

package worker

const parentArg = "test-parent"

func beParent() {}
