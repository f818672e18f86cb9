package lifecycle

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// callees lists the functions of this package that fn, or a literal within,
// may call or mention, in source order.
func (p *pkgInfo) callees(fn *ssa.Function) []*ssa.Function {
	var out []*ssa.Function
	seen := make(map[*ssa.Function]bool)
	add := func(f *ssa.Function) {
		if o := f.Origin(); o != nil {
			f = o
		}
		if f.Pkg == p.ssa.SSA && f.Parent() == nil && len(f.Blocks) > 0 && !seen[f] {
			seen[f] = true
			out = append(out, f)
		}
	}
	addMethod := func(obj *types.Func) {
		if f := p.ssa.SSA.Prog.FuncValue(obj.Origin()); f != nil {
			add(f)
		}
	}
	var visit func(f *ssa.Function)
	addCall := func(c *ssa.CallCommon) {
		if c.IsInvoke() {
			for _, m := range p.implementations(c.Method) {
				addMethod(m)
			}
		} else if v := p.variable(c.Value); v != nil && v.Parent() == nil {
			add(v)
		} else if v != nil && !seen[v] {
			seen[v] = true
			visit(v)
		}
	}
	visit = func(f *ssa.Function) {
		var ops []*ssa.Value
		for _, b := range f.Blocks {
			for _, instr := range b.Instrs {
				if call, ok := instr.(ssa.CallInstruction); ok {
					addCall(call.Common())
				}
				for _, op := range instr.Operands(ops[:0]) {
					switch v := (*op).(type) {
					case *ssa.Function:
						add(v)
						if obj, ok := v.Object().(*types.Func); ok && isWrapper(v) {
							addMethod(obj)
						}
					}
				}
			}
		}
		for _, anon := range f.AnonFuncs {
			visit(anon)
		}
	}
	visit(fn)
	return out
}

// implementations lists the methods of this package's types that a call of
// the interface method m may reach.
func (p *pkgInfo) implementations(m *types.Func) []*types.Func {
	if p.byMethod == nil {
		p.byMethod = make(map[string][]*types.Func)
		for _, fn := range p.ssa.Funcs {
			if obj, ok := fn.Object().(*types.Func); ok && obj.Signature().Recv() != nil {
				p.byMethod[obj.Name()] = append(p.byMethod[obj.Name()], obj)
			}
		}
	}
	recv := m.Signature().Recv()
	if recv == nil {
		return nil
	}
	iface, ok := recv.Type().Underlying().(*types.Interface)
	if !ok {
		return nil
	}
	var out []*types.Func
	for _, obj := range p.byMethod[m.Name()] {
		if types.Implements(obj.Signature().Recv().Type(), iface) {
			out = append(out, obj)
		}
	}
	return out
}

func (p *pkgInfo) callsItself(fn *ssa.Function) bool {
	for _, c := range p.callees(fn) {
		if c == fn {
			return true
		}
	}
	return false
}

// components returns the strongly connected components of the call graph,
// callees first (Tarjan).
func (p *pkgInfo) components() [][]*ssa.Function {
	t := &tarjan{p: p, index: make(map[*ssa.Function]int), low: make(map[*ssa.Function]int), on: make(map[*ssa.Function]bool)}
	for _, fn := range p.ssa.Funcs {
		if t.index[fn] == 0 {
			t.visit(fn)
		}
	}
	return t.out
}

type tarjan struct {
	p     *pkgInfo
	index map[*ssa.Function]int
	low   map[*ssa.Function]int
	on    map[*ssa.Function]bool
	stack []*ssa.Function
	out   [][]*ssa.Function
}

func (t *tarjan) visit(fn *ssa.Function) {
	n := len(t.index) + 1
	t.index[fn], t.low[fn] = n, n
	t.stack = append(t.stack, fn)
	t.on[fn] = true
	for _, c := range t.p.callees(fn) {
		if t.index[c] == 0 {
			t.visit(c)
			t.low[fn] = min(t.low[fn], t.low[c])
		} else if t.on[c] {
			t.low[fn] = min(t.low[fn], t.index[c])
		}
	}
	if t.low[fn] != t.index[fn] {
		return
	}
	for i := len(t.stack) - 1; ; i-- {
		t.on[t.stack[i]] = false
		if t.stack[i] == fn {
			scc := append([]*ssa.Function(nil), t.stack[i:]...)
			t.stack = t.stack[:i]
			t.out = append(t.out, scc)
			return
		}
	}
}
