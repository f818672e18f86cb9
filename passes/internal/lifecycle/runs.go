package lifecycle

import (
	"go/types"
	"path/filepath"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/summary"
)

// withHandOver runs the engine, and once more if dynamic calls turn out to
// have taken the resource over.
func (p *pkgInfo) withHandOver(run func(map[ssa.Instruction]bool) (*engine, []exit)) (*engine, []exit) {
	e, exits := run(nil)
	if e.broke {
		return e, nil
	}
	p.keptInOwners(e, exits)
	over := make(map[ssa.Instruction]bool)
	for u := range e.lentTo {
		if !e.confirm[u] {
			over[u] = true
		}
	}
	if len(over) == 0 {
		return e, exits
	}
	return run(over)
}

// keptInOwners notes the dynamic calls after which the function returns the
// resource in an owner that releases it: they have not taken it over, unless
// they were given that owner.
func (p *pkgInfo) keptInOwners(e *engine, exits []exit) {
	if !p.ownersKnown {
		return
	}
	for _, x := range exits {
		if x.st.status != open || len(x.st.lent) == 0 {
			continue
		}
		if !slices.ContainsFunc(p.resultHandles(e, x), func(h summary.Handle) bool { return p.handleReleases(e.root, h) }) {
			continue
		}
		for _, u := range x.st.lent {
			if t := e.lentTo[u]; t != noSym && !slices.Contains(x.results, t) {
				e.confirm[u] = true
			}
		}
	}
}

// A birthRun is one acquisition, run through a function.
type birthRun struct {
	e     *engine
	exits []exit
}

// runBirths runs an acquisition through fn, once for each way in which fn
// reaches it.
func (p *pkgInfo) runBirths(fn *ssa.Function, b *birth) []birthRun {
	if b.instr.Parent() == fn {
		e, exits := p.runBirth(fn, b)
		return []birthRun{{e, exits}}
	}
	d := newEngine(p, fn)
	d.birth, d.discover = b, true
	d.runBody(fn, newState())
	var out []birthRun
	for _, context := range d.contexts[:min(len(d.contexts), maxContexts)] {
		c := *b
		c.context = context
		e, exits := p.runBirth(fn, &c)
		out = append(out, birthRun{e, exits})
	}
	return out
}

// maxContexts bounds the ways that are told apart.
const maxContexts = 12

func (p *pkgInfo) runBirth(fn *ssa.Function, b *birth, prepare ...func(*engine)) (*engine, []exit) {
	return p.withHandOver(func(handOver map[ssa.Instruction]bool) (*engine, []exit) {
		e := newEngine(p, fn)
		e.handOver = handOver
		e.birth = b
		e.rType = p.birthGoType(b)
		for _, f := range prepare {
			f(e)
		}
		return e, e.runBody(fn, newState())
	})
}

// birthGoType returns the type of the acquired value, nil if it is hidden in
// another.
func (p *pkgInfo) birthGoType(b *birth) types.Type {
	res := b.instr.Call.Signature().Results()
	if b.model != nil && b.model.Into > 0 {
		return p.filled(b.instr, b.obj, b.model).Type()
	}
	if b.model != nil {
		if b.model.Result < res.Len() {
			return res.At(b.model.Result).Type()
		}
		return nil
	}
	for _, c := range b.fresh.Cases {
		for _, h := range c.Handles {
			if h.Path == "" && !h.Param && h.Index < res.Len() {
				if h.Dyn != "" {
					if t := p.typeNamed(h.Dyn); t != nil {
						return t
					}
				}
				return res.At(h.Index).Type()
			}
		}
	}
	return nil
}

func (p *pkgInfo) position(b *birth) summary.Pos {
	pos := p.pass.Fset.Position(b.instr.Pos())
	return summary.Pos{File: baseName(pos.Filename), Line: pos.Line}
}

func baseName(file string) string { return filepath.Base(filepath.FromSlash(file)) }
