package lifecycle

import (
	"cmp"
	"slices"

	"github.com/connvet/connvet/passes/internal/summary"
)

// ownGuards drops the exits of a method that leave what its receiver owns
// open, where the caller cannot tell them from those that release it, or
// cannot do better: the owner's own state (a closed flag) says that there is
// nothing to release, or a step before the release failed.
func ownGuards(cases []summary.Case, ownState []bool) []summary.Case {
	var out []summary.Case
	for i, c := range cases {
		if c.Outcome == summary.Open && len(c.Called) == 0 {
			excused := ownState[i] || failed(c)
			if excused && slices.ContainsFunc(cases, func(d summary.Case) bool {
				return (d.Outcome == summary.Released || len(d.Called) > 0) && (failed(c) && !failed(d) || !contradict(c.Guards, d.Guards))
			}) {
				continue
			}
		}
		out = append(out, c)
	}
	return out
}

// failed reports whether a case is that of a result that is an error.
func failed(c summary.Case) bool {
	return slices.ContainsFunc(c.Guards, func(g summary.Cond) bool { return g.Subject == summary.Result && g.Is == summary.NonNil })
}

// contradict reports whether two conjunctions cannot both hold.
func contradict(a, b []summary.Cond) bool {
	for _, g := range a {
		g.Is = g.Is.Not()
		if slices.Contains(b, g) {
			return true
		}
	}
	return false
}

func onlyResults(guards []summary.Cond) []summary.Cond {
	return slices.DeleteFunc(guards, func(g summary.Cond) bool { return g.Subject != summary.Result })
}

// compatible reports whether no result is known to differ.
func compatible(a, b []summary.Cond) bool {
	for _, g := range a {
		for _, h := range b {
			if g.Subject == summary.Result && h.Subject == g.Subject && h.Index == g.Index && h.Is != g.Is {
				return false
			}
		}
	}
	return true
}

// simplify merges cases with equal outcomes as far as their guards do not
// matter, and puts them in a canonical order. If the cases are total, every
// exit of the function is among them.
func simplify(cases []summary.Case, total bool) []summary.Case {
	var out []summary.Case
	for _, c := range cases {
		i := slices.IndexFunc(out, func(d summary.Case) bool { return sameCase(c, d) && slices.Equal(c.Guards, d.Guards) })
		if i < 0 {
			out = append(out, c)
		} else {
			out[i].Set = out[i].Set.Join(c.Set)
		}
	}
	if total && allSame(out) {
		for _, c := range out[min(1, len(out)):] {
			out[0].Set = out[0].Set.Join(c.Set)
		}
		out = out[:min(1, len(out))]
		for i := range out {
			out[i].Guards = nil
		}
		return out
	}
	out = mergeGuards(out, total)
	const most = 10
	if len(out) > most {
		for i := range out {
			out[i].Guards = onlyResults(slices.Clone(out[i].Guards))
		}
		out = mergeGuards(out, total)
	}
	if len(out) > most {
		for i := range out {
			out[i].Guards = nil
		}
		out = mergeGuards(out, total)
	}
	slices.SortFunc(out, func(a, b summary.Case) int { return cmp.Compare(a.String(), b.String()) })
	return out
}

func sameCase(a, b summary.Case) bool {
	return a.Outcome == b.Outcome && a.Deferred == b.Deferred && a.Guess == b.Guess && slices.Equal(a.Handles, b.Handles) && slices.Equal(a.Called, b.Called)
}

func allSame(cases []summary.Case) bool {
	for _, c := range cases {
		if !sameCase(c, cases[0]) {
			return false
		}
	}
	return true
}

// mergeGuards drops cases that others cover and joins pairs that differ in
// one opposite guard. Cases of obligations keep the latter apart: that a value
// comes with an error is worth knowing.
func mergeGuards(cases []summary.Case, total bool) []summary.Case {
	for changed := true; changed; {
		changed = false
		for i := 0; i < len(cases) && !changed; i++ {
			for j := 0; j < len(cases) && !changed; j++ {
				if i == j || !sameCase(cases[i], cases[j]) {
					continue
				}
				if merged, ok := mergeTwo(cases[i].Guards, cases[j].Guards, total); ok {
					cases[i].Guards = merged
					cases[i].Set = cases[i].Set.Join(cases[j].Set)
					cases = slices.Delete(cases, j, j+1)
					changed = true
				}
			}
		}
	}
	return cases
}

// mergeTwo returns the guards of the union of two cases, if that is a
// conjunction again.
func mergeTwo(a, b []summary.Cond, opposites bool) ([]summary.Cond, bool) {
	subset := true
	for _, g := range a {
		subset = subset && slices.Contains(b, g)
	}
	if subset {
		return a, true // b is a special case of a
	}
	if len(a) != len(b) || !opposites {
		return nil, false
	}
	opposite := -1
	for i, g := range a {
		if slices.Contains(b, g) {
			continue
		}
		g.Is = g.Is.Not()
		if opposite >= 0 || !slices.Contains(b, g) {
			return nil, false
		}
		opposite = i
	}
	return slices.Delete(slices.Clone(a), opposite, opposite+1), true
}
