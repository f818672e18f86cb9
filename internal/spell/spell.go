// Package spell tells how much two words look alike, to suggest what somebody
// meant who misspelt a name.
package spell

// Unlike counts the letters of the longer of two words that are not at the
// beginning or at the end of both.
func Unlike(a, b string) int {
	n := min(len(a), len(b))
	first := 0
	for first < n && a[first] == b[first] {
		first++
	}
	last := 0
	for last < n-first && a[len(a)-1-last] == b[len(b)-1-last] {
		last++
	}
	return max(len(a), len(b)) - first - last
}
