package lifecycle

import (
	"cmp"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/resource"
	"github.com/connvet/connvet/passes/internal/summary"
)

// A Finding is an obligation that is not met on some path.
type Finding struct {
	Call     *ssa.Call     // the acquisition
	Inner    *ssa.Call     // if Call is that of a literal: the acquisition in it
	Callee   *types.Func   // what it calls
	Func     *ssa.Function // the function that was analysed: the acquisition's, or one around it
	Kind     resource.Kind
	Type     types.Type // of the acquired value; nil if that is hidden in another
	Wrapper  types.Type // the type that owns the resource, if the caller holds only that
	Fresh    *summary.Fresh
	Model    *resource.Acquire
	Filled   ssa.Value    // the argument that the acquisition fills instead of returning something
	Exits    []Exit       // exits that leave it open, in source order
	Lost     bool         // acquired again with the previous one still open
	Released bool         // on other paths it is released
	Moved    bool         // on other paths the resource is handed on or kept
	Deferred []*ssa.Defer // releases deferred in the loop (deferinloop)
	NotDefer bool         // released, but not by a deferred call (strict)
}

// An Exit is a place where the obligation is left open.
type Exit struct {
	Pos  token.Pos
	End  bool // the end of the body, without a return statement
	Lost bool // the next acquisition
	Go   bool // the end of a goroutine
	Hang bool // the Close of its connection, which waits for it forever
	Path []Step
}

// A Step is a branch on the way to an exit.
type Step struct {
	If    *ssa.If
	Taken bool // the condition held
}

// findAll follows every acquisition of the package.
func (p *pkgInfo) findAll() []*Finding {
	var out []*Finding
	for _, fn := range p.ssa.Funcs {
		for _, b := range p.births(fn) {
			p.guard(fn, func() {
				if f := p.find(b); f != nil {
					out = append(out, f)
				}
			})
		}
	}
	slices.SortStableFunc(out, func(a, b *Finding) int { return cmp.Compare(a.Call.Pos(), b.Call.Pos()) })
	slices.SortStableFunc(p.pools, func(a, b *Pool) int { return cmp.Compare(a.Call.Pos(), b.Call.Pos()) })
	return slices.CompactFunc(out, sameOwner)
}

// sameOwner reports whether two findings are about one value that owns two
// resources, and leaves both open at the same exits: one release is owed.
func sameOwner(a, b *Finding) bool {
	return a.Call == b.Call && a.Func == b.Func && a.Wrapper != nil && b.Wrapper != nil && types.Identical(a.Wrapper, b.Wrapper) &&
		a.Lost == b.Lost && slices.EqualFunc(a.Exits, b.Exits, func(x, y Exit) bool { return x.Pos == y.Pos })
}

// find follows one acquisition, in its own function first and then, where
// the resource goes into a captured variable or is the result of a literal,
// in the function around it.
func (p *pkgInfo) find(b *birth) *Finding {
	owed := !b.poolOnly && (b.fresh == nil || p.owed(b.fresh))
	if !owed && b.kind != resource.DB {
		return nil
	}
	fn := b.instr.Parent()
	for fn.Synthetic == yieldBody {
		fn = fn.Parent()
	}
	returned := false // a literal returns it
	for {
		var found *Finding
		leaves := false
		runs := p.runBirths(fn, b)
		for _, r := range runs {
			if !owed {
				leaves = leaves || !r.e.broke && p.leavesLiteral(r.e, r.exits)
				continue
			}
			p.tell(b, r.e, r.exits)
			if r.e.broke {
				p.noteLarge(fn)
				return nil
			}
			f := p.judge(r.e, fn, b, r.exits)
			if f != nil {
				if sharp, ok := p.sharper(fn, r); ok {
					r = sharp
					f = p.judge(r.e, fn, b, r.exits)
				}
			}
			if f != nil && returned {
				f.standAt(r.e.birth.context)
			}
			found = found.merge(f)
			leaves = leaves || p.leavesLiteral(r.e, r.exits)
			returned = returned || !r.e.toFree && leaves
		}
		if found != nil || fn.Parent() == nil || !leaves {
			p.notePool(fn, b, runs)
			return found
		}
		fn = fn.Parent()
		for fn.Synthetic == yieldBody {
			fn = fn.Parent()
		}
	}
}

// standAt moves the finding to the call of the literal that returns what it
// acquires.
func (f *Finding) standAt(context []ssa.Instruction) {
	if len(context) == 0 {
		return
	}
	if call, ok := context[0].(*ssa.Call); ok && call.Parent() == f.Func {
		f.Call, f.Inner = call, f.Call
	}
}

// merge joins what was found for two ways of reaching one acquisition.
func (f *Finding) merge(g *Finding) *Finding {
	if f == nil || g == nil {
		if f == nil {
			return g
		}
		return f
	}
	f.Exits = sortExits(append(f.Exits, g.Exits...))
	f.Lost = f.Lost || g.Lost
	f.Moved = f.Moved || g.Moved
	f.Released = f.Released || g.Released
	f.NotDefer = f.NotDefer || g.NotDefer
	f.Deferred = append(f.Deferred, g.Deferred...)
	return f
}

// sortExits puts exits in source order, each once.
func sortExits(exits []Exit) []Exit {
	slices.SortStableFunc(exits, func(x, y Exit) int { return cmp.Compare(x.Pos, y.Pos) })
	return slices.CompactFunc(exits, func(x, y Exit) bool { return x.Pos == y.Pos })
}

func (p *pkgInfo) noteLarge(fn *ssa.Function) {
	if !slices.Contains(p.tooLarge, fn) {
		p.tooLarge = append(p.tooLarge, fn)
	}
}

// leavesLiteral reports whether the function around the literal may see the
// resource.
func (p *pkgInfo) leavesLiteral(e *engine, exits []exit) bool {
	if e.toFree {
		return true
	}
	return slices.ContainsFunc(exits, func(x exit) bool { return len(p.resultHandles(e, x)) > 0 })
}

// judge turns the exits of a run into a finding, nil if there is none.
func (p *pkgInfo) judge(e *engine, fn *ssa.Function, b *birth, exits []exit) *Finding {
	f := p.findingOf(fn, b)
	f.Deferred = e.loopDefers
	lasting := p.lastsForProgram(fn, b)
	for _, x := range exits {
		switch x.st.status {
		case taken:
			f.Moved = true
		case released:
			f.Released = f.Released || b.kind != resource.Row // a failed one needs no Scan
			f.NotDefer = f.NotDefer || p.strict && !x.st.byDefer && b.kind != resource.Row && b.kind != resource.DB
		case open:
			if p.givenBack(e, x) {
				f.Moved = true
			} else if !lasting {
				f.Exits = append(f.Exits, p.exitOf(fn, x))
			}
		}
	}
	for _, x := range e.goLeaks {
		exit := p.exitOf(x.ret.Parent(), x)
		exit.Go = true
		f.Exits = append(f.Exits, exit)
	}
	for _, h := range e.hangs {
		f.Exits = append(f.Exits, Exit{Pos: h.pos, Hang: true, Path: pathOf(h.path)})
	}
	for _, o := range e.overwrites {
		f.Lost = true
		f.Exits = append(f.Exits, Exit{Pos: b.instr.Pos(), Lost: true, Path: pathOf(o.path)})
	}
	f.Exits = sortExits(f.Exits)
	if len(f.Exits) == 0 && len(f.Deferred) == 0 && !f.NotDefer {
		return nil
	}
	return f
}

// findingOf describes an acquisition.
func (p *pkgInfo) findingOf(fn *ssa.Function, b *birth) *Finding {
	f := &Finding{Call: b.instr, Callee: b.obj, Func: fn, Kind: b.kind, Type: p.birthGoType(b), Fresh: b.fresh, Model: b.model}
	if b.fresh != nil {
		f.Wrapper = p.wrapperType(b)
	}
	if b.model != nil && b.model.Into > 0 {
		f.Filled = p.filled(b.instr, b.obj, b.model)
	}
	return f
}

// givenBack reports whether the results of an exit hand the resource on.
func (p *pkgInfo) givenBack(e *engine, x exit) bool {
	return slices.ContainsFunc(x.results, func(r sym) bool { return e.keeps(x.st, r) })
}

func (p *pkgInfo) exitOf(fn *ssa.Function, x exit) Exit {
	out := Exit{Pos: x.ret.Pos(), Path: pathOf(x.st.path)}
	if !out.Pos.IsValid() {
		out.End = true
		if n := fn.Syntax(); n != nil {
			out.Pos = n.End() - 1
		}
	}
	return out
}

// pathOf lists the branches of a path in order.
func pathOf(s *step) []Step {
	var out []Step
	for ; s != nil; s = s.prev {
		if i, ok := s.instr.(*ssa.If); ok {
			out = append(out, Step{If: i, Taken: s.taken})
		}
	}
	slices.Reverse(out)
	return out
}

// lastsForProgram reports whether what is open at the end of fn ends with the
// program: a pool (or a statement) that lives until main returns is used as
// it is meant to be.
func (p *pkgInfo) lastsForProgram(fn *ssa.Function, b *birth) bool {
	if b.kind != resource.DB && b.kind != resource.Stmt {
		return false
	}
	return fn.Parent() == nil && p.runsOnce(fn) && !InCycle(b.instr.Block())
}

// runsOnce reports whether the program ends after fn, or goes on to use what
// fn made.
func (p *pkgInfo) runsOnce(fn *ssa.Function) bool {
	if fn.Signature.Recv() != nil {
		return false
	}
	switch fn.Name() {
	case "main":
		return p.pass.Pkg.Name() == "main"
	case "init", "TestMain":
		return true
	}
	return isInit(fn)
}

func isInit(fn *ssa.Function) bool {
	return len(fn.Name()) > 5 && fn.Name()[:5] == "init#"
}

// InCycle reports whether control can come back to b.
func InCycle(b *ssa.BasicBlock) bool {
	seen := make(map[*ssa.BasicBlock]bool)
	work := slices.Clone(b.Succs)
	for len(work) > 0 {
		x := work[len(work)-1]
		work = work[:len(work)-1]
		if x == b {
			return true
		}
		if !seen[x] {
			seen[x] = true
			work = append(work, x.Succs...)
		}
	}
	return false
}
