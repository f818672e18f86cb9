// Package cli is what the commands share that has nothing to do with databases:
// what kind of terminal they write to, and which version they are.
package cli
