package lifecycle

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// States that agree on the obligation are joined, and so "if a || b" forgets why
// it was entered: either test may have held. Where the same tests are made
// again, that matters. It would be dear to keep all such states apart, and nearly
// always in vain; so a function is executed once more, with them apart, only if
// there is something to report.

// maxApart bounds the questions by which states are kept apart.
const maxApart = 8

// sharper runs an acquisition again, with states apart by the answers to the
// questions that the function asks more than once. The second result is false if
// there are none, or if that takes too much.
func (p *pkgInfo) sharper(fn *ssa.Function, r birthRun) (birthRun, bool) {
	first, _ := p.runBirth(fn, r.e.birth, func(e *engine) { e.asked = make(map[sym][]*ssa.If) })
	again := make(map[*ssa.If]bool)
	for _, tests := range first.asked {
		if len(tests) > 1 {
			for _, t := range tests {
				again[t] = true
			}
		}
	}
	if len(again) == 0 || first.broke {
		return r, false
	}
	e, exits := p.runBirth(fn, r.e.birth, func(e *engine) { e.again = again })
	return birthRun{e, exits}, !e.broke
}

// ask notes the question that a branch asks.
func (e *engine) ask(st *state, branch *ssa.If) {
	if e.asked == nil && !e.again[branch] {
		return
	}
	q := e.questionOf(st, branch.Cond)
	switch {
	case q < numConstSyms:
	case e.asked == nil:
		if !slices.Contains(e.apart, q) && len(e.apart) < maxApart {
			e.apart = append(e.apart, q)
		}
	case !slices.Contains(e.asked[q], branch):
		e.asked[q] = append(e.asked[q], branch)
	}
}

// questionOf returns the sym whose fact decides a condition.
func (e *engine) questionOf(st *state, cond ssa.Value) sym {
	switch v := cond.(type) {
	case *ssa.UnOp:
		if v.Op == token.NOT {
			return e.questionOf(st, v.X)
		}
	case *ssa.BinOp:
		if q, _ := e.test(st, v); q != noSym {
			return q
		}
		if v.Op == token.EQL || v.Op == token.NEQ {
			x, y := e.denotes(st, v.X), e.denotes(st, v.Y)
			if x < numConstSyms || e.tab.infos[x].isInt {
				x = y
			}
			return x
		}
	case *ssa.Call:
		if q, _ := e.test(st, v); q != noSym {
			return q
		}
	}
	return e.denotes(st, cond)
}
