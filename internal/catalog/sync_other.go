//go:build !unix

package catalog

// syncFolder does nothing: Windows cannot sync a folder, and NTFS keeps its
// names in a journal.
func syncFolder(string) error { return nil }
