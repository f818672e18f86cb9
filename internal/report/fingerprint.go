package report

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
)

// A kind is what findings that are alike agree in.
type kind struct{ rule, place, function, resource string }

// kind returns the kind of a finding. One without a package has its file instead.
func (f Finding) kind() kind {
	return kind{f.Rule, cmp.Or(f.Package, f.Location.File), f.Function, f.Resource}
}

// fingerprint returns the fingerprint of a finding, of those that are alike the
// one with an ordinal.
func (k kind) fingerprint(ordinal int) string {
	key := strings.Join([]string{k.rule, k.place, k.function, k.resource, strconv.Itoa(ordinal)}, "\x00")
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:16])
}

// Fingerprints returns a fingerprint for each finding, by which it is known
// again when the code around it has changed. It depends on the rule, package,
// function and resource, and on the finding's ordinal among those that agree in
// them, which is how many there are up to it, unless it has one of its own. It
// does not depend on lines.
func (r *Report) Fingerprints() []string {
	var prints []string
	seen := make(map[kind]int)
	for _, f := range r.Findings {
		k := f.kind()
		seen[k]++
		prints = append(prints, k.fingerprint(cmp.Or(f.Ordinal, seen[k])))
	}
	return prints
}

// The parameters of line hashes.
const (
	lineHashLength = 100   // how many characters are hashed
	lineHashBase   = 37    // what the polynomial is evaluated at, modulo 1<<64
	lineHashEnd    = 65535 // stands for the end of the file
)

// lineHashes returns the hash of each line that GitHub code scanning knows a
// line by: github/codeql-action computes the same where a report has none.
// A hash covers the characters, as UTF-16 code units, from the start of a line
// on, without blanks and with all line ends alike. A counter tells apart
// lines that have the same.
func lineHashes(text []byte) []string {
	units, starts := lineUnits(string(text))
	var hashes []string
	seen := make(map[uint64]int)
	for _, start := range starts {
		var hash uint64
		for i := start; i < start+lineHashLength; i++ {
			hash *= lineHashBase
			if i < len(units) {
				hash += uint64(units[i])
			}
		}
		seen[hash]++
		hashes = append(hashes, strconv.FormatUint(hash, 16)+":"+strconv.Itoa(seen[hash]))
	}
	return hashes
}

// lineUnits returns the code units of text that count, and which of them begin
// a line.
func lineUnits(text string) (units []uint16, starts []int) {
	atStart, afterCR := true, false
	add := func(u uint16) {
		if atStart {
			starts = append(starts, len(units))
		}
		atStart = u == '\n'
		units = append(units, u)
	}
	for _, u := range utf16Units(text) {
		skip := u == ' ' || u == '\t' || afterCR && u == '\n'
		afterCR = u == '\r'
		switch {
		case skip:
		case u == '\r':
			add('\n')
		default:
			add(u)
		}
	}
	add(lineHashEnd)
	return units, starts
}
