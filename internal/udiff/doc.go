// Package udiff writes the difference between two texts as a unified diff.
package udiff
