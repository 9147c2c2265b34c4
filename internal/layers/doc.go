// Package layers holds one test and nothing else: which package may import
// which, and which library belongs to which package.
package layers
