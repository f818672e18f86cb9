package udiff

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

// Unified returns the changes between two versions of a file in the format of
// "diff -u", or nothing if there are none.
func Unified(oldName, newName string, before, after []byte) []byte {
	a := slices.Collect(strings.Lines(string(before)))
	b := slices.Collect(strings.Lines(string(after)))
	all := changes(a, b)
	if len(all) == 0 {
		return nil
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "--- %s\n+++ %s\n", oldName, newName)
	for len(all) > 0 {
		n := 1 // changes whose contexts touch share a hunk
		for n < len(all) && all[n].a0-all[n-1].a1 <= 2*contextLines {
			n++
		}
		writeHunk(&out, a, b, all[:n])
		all = all[n:]
	}
	return out.Bytes()
}

// contextLines is how many lines around a change a hunk shows.
const contextLines = 3

// A change says that the lines a0 up to a1 become the lines b0 up to b1.
type change struct{ a0, a1, b0, b1 int }

// writeHunk writes changes with the lines around them.
func writeHunk(out *bytes.Buffer, a, b []string, hunk []change) {
	first, last := hunk[0], hunk[len(hunk)-1]
	lead := min(contextLines, first.a0)
	trail := min(contextLines, len(a)-last.a1)
	a0, a1 := first.a0-lead, last.a1+trail
	b0, b1 := first.b0-lead, last.b1+trail
	fmt.Fprintf(out, "@@ -%s +%s @@\n", hunkRange(a0, a1), hunkRange(b0, b1))
	at := a0
	for _, c := range hunk {
		writeLines(out, ' ', a[at:c.a0])
		writeLines(out, '-', a[c.a0:c.a1])
		writeLines(out, '+', b[c.b0:c.b1])
		at = c.a1
	}
	writeLines(out, ' ', a[at:a1])
}

// hunkRange returns first line and count of lines as a hunk's header has them.
func hunkRange(from, to int) string {
	switch to - from {
	case 0:
		return fmt.Sprintf("%d,0", from) // the line before
	case 1:
		return fmt.Sprint(from + 1)
	}
	return fmt.Sprintf("%d,%d", from+1, to-from)
}

// writeLines writes lines after a mark.
func writeLines(out *bytes.Buffer, mark byte, lines []string) {
	for _, line := range lines {
		out.WriteByte(mark)
		out.WriteString(line)
		if !strings.HasSuffix(line, "\n") {
			out.WriteString("\n\\ No newline at end of file\n")
		}
	}
}

// maxEdits is how many deleted and inserted lines are searched for what is
// common: time and memory grow with their square.
const maxEdits = 2000

// changes returns a shortest list of changes that make b of a, or a single one
// if that would be long. It is the greedy algorithm of Myers, "An O(ND)
// Difference Algorithm and Its Variations" (1986): furthest is how far in a one
// gets on each diagonal (lines of a minus lines of b) with d deletions and
// insertions.
func changes(a, b []string) []change {
	var trace []diagonals // furthest, before each d
	furthest := newDiagonals(min(len(a)+len(b), maxEdits) + 1)
	for d := 0; d <= maxEdits; d++ {
		trace = append(trace, furthest.clone(d+1))
		for k := -d; k <= d; k += 2 {
			x := furthest.at(k-1) + 1 // delete a line
			if furthest.inserts(d, k) {
				x = furthest.at(k + 1)
			}
			for x < len(a) && x-k < len(b) && a[x] == b[x-k] {
				x++
			}
			furthest.set(k, x)
			if x >= len(a) && x-k >= len(b) {
				return backtrack(trace, len(a), len(b))
			}
		}
	}
	return []change{replacement(a, b)}
}

// diagonals has a number for each diagonal from -n to n.
type diagonals []int

func newDiagonals(n int) diagonals { return make(diagonals, 2*n+1) }

func (v diagonals) at(k int) int { return v[len(v)/2+k] }

func (v diagonals) set(k, x int) { v[len(v)/2+k] = x }

// clone returns a copy of the diagonals from -n to n.
func (v diagonals) clone(n int) diagonals { return slices.Clone(v[len(v)/2-n : len(v)/2+n+1]) }

// inserts reports whether one gets to diagonal k with an insertion, as opposed
// to a deletion, as the last of d steps.
func (v diagonals) inserts(d, k int) bool {
	return k == -d || k != d && v.at(k-1) < v.at(k+1)
}

// backtrack follows the trace from the end and returns the changes on the way.
func backtrack(trace []diagonals, x, y int) []change {
	var all []change
	for d := len(trace) - 1; d > 0; d-- {
		furthest, k := trace[d], x-y
		prevK := k - 1
		if furthest.inserts(d, k) {
			prevK = k + 1
		}
		px := furthest.at(prevK)
		py := px - prevK
		// From (px, py) one deletion or insertion, then equal lines.
		c := change{px, px, py, py + 1}
		if prevK < k {
			c = change{px, px + 1, py, py}
		}
		if n := len(all); n > 0 && c.a1 == all[n-1].a0 && c.b1 == all[n-1].b0 {
			all[n-1].a0, all[n-1].b0 = c.a0, c.b0
		} else {
			all = append(all, c)
		}
		x, y = px, py
	}
	slices.Reverse(all)
	return all
}

// replacement returns the change that replaces all but what a and b have in
// common at their ends.
func replacement(a, b []string) change {
	first := 0
	for first < min(len(a), len(b)) && a[first] == b[first] {
		first++
	}
	last := 0
	for last < min(len(a), len(b))-first && a[len(a)-1-last] == b[len(b)-1-last] {
		last++
	}
	return change{first, len(a) - last, first, len(b) - last}
}
