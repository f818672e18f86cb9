package lifecycle

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// guardedBy reports whether instr is reached only where a test of v, or of
// what v comes from, went one way.
func guardedBy(instr ssa.Instruction, v ssa.Value) bool {
	from := make(map[ssa.Value]bool)
	sources(v, from, 0)
	b := instr.Block()
	_, meets := instr.(*ssa.Phi) // of what the branches of the test yield
	for d := b.Idom(); d != nil; d = d.Idom() {
		if len(d.Instrs) == 0 {
			continue
		}
		cond, ok := d.Instrs[len(d.Instrs)-1].(*ssa.If)
		if !ok || !meets && d.Succs[0].Dominates(b) == d.Succs[1].Dominates(b) {
			continue
		}
		tested := make(map[ssa.Value]bool)
		sources(cond.Cond, tested, 0)
		for s := range tested {
			if from[s] || sameField(s, from) {
				return true
			}
		}
	}
	return false
}

// sameField reports whether a load of the same field is among the values.
func sameField(v ssa.Value, among map[ssa.Value]bool) bool {
	fa, ok := v.(*ssa.FieldAddr)
	if !ok {
		return false
	}
	for w := range among {
		if fb, ok := w.(*ssa.FieldAddr); ok && fa.Field == fb.Field && types.Identical(fa.X.Type(), fb.X.Type()) {
			return true
		}
	}
	return false
}

// sources collects the calls, fields and variables that v is computed from.
func sources(v ssa.Value, out map[ssa.Value]bool, depth int) {
	if depth > 8 || v == nil || out[v] {
		return
	}
	switch v := v.(type) {
	case *ssa.Call:
		out[v] = true
		if obj, _ := staticTarget(&v.Call); obj != nil && obj.Pkg() != nil && obj.Pkg().Path() == "strconv" {
			for _, a := range v.Call.Args {
				sources(a, out, depth+1)
			}
		}
		if obj, _ := staticTarget(&v.Call); obj != nil && obj.Signature().Recv() != nil && len(v.Call.Args) == 1 {
			sources(v.Call.Args[0], out, depth+1) // cfg.MaxOpen.IsSet()
		}
	case *ssa.Extract:
		sources(v.Tuple, out, depth+1)
	case *ssa.Parameter, *ssa.FreeVar, *ssa.Global, *ssa.Alloc:
		out[v] = true
	case *ssa.FieldAddr:
		out[v] = true
		if _, ok := v.X.(*ssa.UnOp); ok {
			sources(v.X, out, depth+1) // a pointer on the way: it may be nil
		}
	case *ssa.Field:
		out[v] = true
	case *ssa.UnOp:
		sources(v.X, out, depth+1)
	case *ssa.BinOp:
		sources(v.X, out, depth+1)
		sources(v.Y, out, depth+1)
	case *ssa.Convert:
		sources(v.X, out, depth+1)
	case *ssa.ChangeType:
		sources(v.X, out, depth+1)
	case *ssa.MakeInterface:
		sources(v.X, out, depth+1)
	case *ssa.Phi:
		for _, e := range v.Edges {
			sources(e, out, depth+2)
		}
	}
}
