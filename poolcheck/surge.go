package poolcheck

import (
	"errors"
	"strconv"
	"strings"
)

// A Surge is how many processes a rolling deployment runs beside the full number
// of them: a number, or a percentage of that number. The zero Surge is none.
type Surge struct {
	n       int
	percent bool
}

// SurgeOf returns a surge of n processes.
func SurgeOf(n int) Surge { return Surge{n: n} }

// SurgePercent returns a surge of p percent: 100 is a blue-green deployment.
func SurgePercent(p int) Surge { return Surge{n: p, percent: true} }

// ParseSurge reads "2" or "25%".
func ParseSurge(text string) (Surge, error) {
	digits, percent := strings.CutSuffix(text, "%")
	n, err := strconv.Atoi(digits)
	if err != nil || n < 0 || n > maxSurge {
		return Surge{}, errors.New("want a number of instances, such as 2, or a percentage, such as 25%")
	}
	return Surge{n: n, percent: percent}, nil
}

// maxSurge is more than any deployment has, and too little to overflow.
const maxSurge = 1_000_000

// of returns the number of processes for a number of instances. A part of one
// counts as one, as with the maxSurge of Kubernetes.
func (s Surge) of(instances int64) int64 {
	if !s.percent {
		return int64(s.n)
	}
	return (instances*int64(s.n) + 99) / 100
}

// String returns the surge as ParseSurge reads it.
func (s Surge) String() string {
	if s.percent {
		return strconv.Itoa(s.n) + "%"
	}
	return strconv.Itoa(s.n)
}
