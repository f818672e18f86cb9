package lifecycle

import (
	"cmp"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// A Fate is what the engine makes of one acquisition: kept only when somebody
// asks to have it explained.
type Fate struct {
	Call   *ssa.Call
	Callee *types.Func
	Steps  []FateStep // where it ends, in source order
	Broke  bool       // the budget did not suffice
}

// A FateStep is a place at which the obligation ends or changes hands.
type FateStep struct {
	Pos  token.Pos
	What string
}

// note records what happens to the resource in the call being executed.
func (e *engine) note(what string) {
	if e.dry > 0 || e.birth == nil || !e.pkg.explains || len(e.stack) == 0 {
		return
	}
	e.noteAt(e.stack[len(e.stack)-1].Pos(), what)
}

func (e *engine) noteAt(pos token.Pos, what string) {
	if e.dry > 0 || e.birth == nil || !e.pkg.explains || !pos.IsValid() {
		return
	}
	s := FateStep{pos, what}
	if !slices.Contains(e.fate, s) {
		e.fate = append(e.fate, s)
	}
}

// tell adds what a run saw to the fate of its acquisition.
func (p *pkgInfo) tell(b *birth, e *engine, exits []exit) {
	if !p.explains {
		return
	}
	i := slices.IndexFunc(p.fates, func(f *Fate) bool { return f.Call == b.instr })
	if i < 0 {
		i = len(p.fates)
		p.fates = append(p.fates, &Fate{Call: b.instr, Callee: b.obj})
	}
	f := p.fates[i]
	f.Broke = f.Broke || e.broke
	for _, x := range exits {
		if x.st.status == open && p.givenBack(e, x) && x.ret.Pos().IsValid() {
			e.noteAt(x.ret.Pos(), "returned to the caller, who owes the release from here on")
		}
	}
	for _, s := range e.fate {
		if !slices.Contains(f.Steps, s) {
			f.Steps = append(f.Steps, s)
		}
	}
	slices.SortStableFunc(f.Steps, func(a, b FateStep) int { return cmp.Compare(a.Pos, b.Pos) })
}
