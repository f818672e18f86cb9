package unit

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

// A diffLine is a line of a difference: kept (' '), deleted ('-') or inserted ('+').
type diffLine struct {
	kind byte
	text string
}

// unifiedDiff returns the differences between two versions of a file, in the
// format of diff -u, or nothing if they are equal.
func unifiedDiff(oldName, newName string, old, new []byte) []byte {
	if bytes.Equal(old, new) {
		return nil
	}
	const context = 3
	lines := diffLines(splitLines(old), splitLines(new))
	var buf bytes.Buffer
	fmt.Fprintf(&buf, "--- %s\n+++ %s\n", oldName, newName)
	oldLine, newLine := 1, 1 // of lines[0]
	for {
		change := slices.IndexFunc(lines, diffLine.changed)
		if change < 0 {
			return buf.Bytes()
		}
		start := max(0, change-context)
		oldLine, newLine = oldLine+start, newLine+start
		hunk := lines[start:hunkEnd(lines, change, context)]
		oldCount, newCount := printHunk(&buf, hunk, oldLine, newLine)
		oldLine, newLine = oldLine+oldCount, newLine+newCount
		lines = lines[start+len(hunk):]
	}
}

// hunkEnd returns the end of the hunk in which the line with index change is
// the first that changed.
func hunkEnd(lines []diffLine, change, context int) int {
	end := change + 1 // after the last change
	for i := end; i < len(lines) && i <= end+2*context; i++ {
		if lines[i].changed() {
			end = i + 1
		}
	}
	return min(len(lines), end+context)
}

func (l diffLine) changed() bool { return l.kind != ' ' }

// printHunk prints a hunk and returns how many lines of either version it covers.
func printHunk(buf *bytes.Buffer, hunk []diffLine, oldLine, newLine int) (oldCount, newCount int) {
	for _, l := range hunk {
		if l.kind != '+' {
			oldCount++
		}
		if l.kind != '-' {
			newCount++
		}
	}
	span := func(line, count int) string {
		switch count {
		case 0:
			return fmt.Sprintf("%d,0", line-1)
		case 1:
			return fmt.Sprint(line)
		}
		return fmt.Sprintf("%d,%d", line, count)
	}
	fmt.Fprintf(buf, "@@ -%s +%s @@\n", span(oldLine, oldCount), span(newLine, newCount))
	for _, l := range hunk {
		buf.WriteByte(l.kind)
		buf.WriteString(l.text)
		if !strings.HasSuffix(l.text, "\n") {
			buf.WriteString("\n\\ No newline at end of file\n")
		}
	}
	return oldCount, newCount
}

// splitLines splits a file after each newline.
func splitLines(data []byte) []string {
	lines := strings.SplitAfter(string(data), "\n")
	if lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// A linePair is a pair of indices of equal lines.
type linePair struct{ old, new int }

// diffLines compares two files. It is the "patience" method: match lines that
// are unique in both files and in the same order, then extend those matches.
func diffLines(old, new []string) []diffLine {
	var lines []diffLine
	emit := func(kind byte, texts []string) {
		for _, text := range texts {
			lines = append(lines, diffLine{kind, text})
		}
	}
	var done linePair
	matches := slices.Concat([]linePair{{0, 0}}, uniqueMatches(old, new), []linePair{{len(old), len(new)}})
	for _, m := range matches {
		if m.old < done.old {
			continue // covered by an extended match
		}
		start, end := m, m
		for start.old > done.old && start.new > done.new && old[start.old-1] == new[start.new-1] {
			start = linePair{start.old - 1, start.new - 1}
		}
		for end.old < len(old) && end.new < len(new) && old[end.old] == new[end.new] {
			end = linePair{end.old + 1, end.new + 1}
		}
		emit('-', old[done.old:start.old])
		emit('+', new[done.new:start.new])
		emit(' ', old[start.old:end.old])
		done = end
	}
	return lines
}

// uniqueMatches returns the longest sequence, increasing in both files, of
// lines that occur once in each.
func uniqueMatches(old, new []string) []linePair {
	count := make(map[string]linePair)
	position := make(map[string]int) // in new
	for _, text := range old {
		c := count[text]
		count[text] = linePair{c.old + 1, c.new}
	}
	for i, text := range new {
		c := count[text]
		count[text] = linePair{c.old, c.new + 1}
		position[text] = i
	}
	var pairs []linePair
	for i, text := range old {
		if count[text] == (linePair{1, 1}) {
			pairs = append(pairs, linePair{i, position[text]})
		}
	}
	return longestIncreasing(pairs)
}

// longestIncreasing returns the longest subsequence in which the second index
// increases, too (Szymanski's algorithm).
func longestIncreasing(pairs []linePair) []linePair {
	var tails []int // tails[n] is the last pair of the best sequence of length n+1
	before := make([]int, len(pairs))
	for i, p := range pairs {
		n, _ := slices.BinarySearchFunc(tails, p.new, func(t, target int) int { return pairs[t].new - target })
		before[i] = -1
		if n > 0 {
			before[i] = tails[n-1]
		}
		tails = append(tails[:n], append([]int{i}, tails[min(n+1, len(tails)):]...)...)
	}
	if len(tails) == 0 {
		return nil
	}
	result := make([]linePair, len(tails))
	for n, i := len(tails)-1, tails[len(tails)-1]; n >= 0; n, i = n-1, before[i] {
		result[n] = pairs[i]
	}
	return result
}
