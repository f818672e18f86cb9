package pools

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/lifecycle"
)

// cached reports whether a call that opens a pool is made only where a look
// into something that outlives the function has found none: a nil check, the
// lookup in a map, a flag.
func (o *openings) cached(c ssa.CallInstruction) bool {
	if v, ok := c.(*ssa.Call); ok {
		for _, p := range o.at[v] {
			if !p.Stored && !p.Given && (p.Closed || p.Left) && !stored(v) {
				return false // it is not kept
			}
		}
	}
	b := c.Block()
	for _, d := range b.Parent().Blocks {
		cond, ok := d.Instrs[len(d.Instrs)-1].(*ssa.If)
		if !ok || d == b || !reaches(d, b, nil) || reaches(d.Succs[0], b, d) == reaches(d.Succs[1], b, d) {
			continue
		}
		if o.looksUp(cond.Cond, 0) || o.foundBefore(d) {
			return true
		}
	}
	return false
}

// stored reports whether a result of the call is given to a method of something
// that outlives the function: LoadOrStore.
func stored(v ssa.Value) bool {
	if v.Referrers() == nil {
		return false
	}
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.Extract:
			if stored(r) {
				return true
			}
		case *ssa.MakeInterface:
			if stored(r) {
				return true
			}
		case *ssa.Call:
			if methodOfLasting(r) {
				return true
			}
		}
	}
	return false
}

// foundBefore reports whether a block is reached only where a look into
// something that outlives the function has found it: what is tested there (a
// ping) decides whether it is good.
func (o *openings) foundBefore(b *ssa.BasicBlock) bool {
	for d := b.Idom(); d != nil; d = d.Idom() {
		cond, ok := d.Instrs[len(d.Instrs)-1].(*ssa.If)
		if ok && d.Succs[0].Dominates(b) != d.Succs[1].Dominates(b) && o.looksUp(cond.Cond, 0) {
			return true
		}
	}
	return false
}

// reaches reports whether control can go from one block to another without
// coming back to a third.
func reaches(from, to, without *ssa.BasicBlock) bool {
	seen := map[*ssa.BasicBlock]bool{without: true}
	work := []*ssa.BasicBlock{from}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if b == to {
			return true
		}
		if !seen[b] {
			seen[b] = true
			work = append(work, b.Succs...)
		}
	}
	return false
}

// looksUp reports whether a condition asks for the presence of something that
// outlives the function.
func (o *openings) looksUp(v ssa.Value, depth int) bool {
	if depth > 6 {
		return false
	}
	switch v := v.(type) {
	case *ssa.BinOp:
		if v.Op != token.EQL && v.Op != token.NEQ {
			return false
		}
		return isNil(v.Y) && o.mayKeep(v.X.Type()) && (lasting(v.X, 0) || o.getter(v.X)) || isNil(v.X) && o.mayKeep(v.Y.Type()) && lasting(v.Y, 0)
	case *ssa.UnOp:
		if v.Op == token.NOT {
			return o.looksUp(v.X, depth+1)
		}
		return v.Op == token.MUL && lasting(v, 0) && setIn(v.Parent(), v.X) // a flag
	case *ssa.Extract:
		switch t := v.Tuple.(type) {
		case *ssa.Lookup:
			return lasting(t.X, 0)
		case *ssa.TypeAssert:
			return lasting(t.X, 0)
		case *ssa.Call:
			return isBool(v.Type()) && (methodOfLasting(t) || o.getter(t))
		}
	case *ssa.Call:
		return methodOfLasting(v)
	case *ssa.Phi:
		for _, e := range v.Edges {
			if o.looksUp(e, depth+2) {
				return true
			}
		}
	}
	return false
}

// setIn reports whether fn assigns the variable or field at addr.
func setIn(fn *ssa.Function, addr ssa.Value) bool {
	field, isField := addr.(*ssa.FieldAddr)
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			s, ok := instr.(*ssa.Store)
			if !ok {
				continue
			}
			if to, ok := s.Addr.(*ssa.FieldAddr); s.Addr == addr || ok && isField && to.Field == field.Field && types.Identical(to.X.Type(), field.X.Type()) {
				return true
			}
		}
	}
	return false
}

// getter reports whether v is what a method returns that looks for a pool in its
// receiver, and does not open one.
func (o *openings) getter(v ssa.Value) bool {
	if ex, ok := v.(*ssa.Extract); ok {
		v = ex.Tuple
	}
	c, ok := v.(*ssa.Call)
	if !ok || c.Call.IsInvoke() || c.Call.Signature().Recv() == nil || len(c.Call.Args) == 0 || !ofParam(c.Call.Args[0], 0) {
		return false
	}
	return o.mayKeep(c.Call.Signature().Results().At(0).Type()) && len(o.callee(c)) == 0
}

// mayKeep reports whether something of the type can hold a pool, so that a nil
// check of it asks for one.
func (o *openings) mayKeep(t types.Type) bool {
	if o.res.IsPool(t) {
		return true
	}
	if _, ok := t.Underlying().(*types.Map); ok {
		return true
	}
	n := lifecycle.NamedOf(t)
	return n != nil && n.Obj().Pkg() != nil && (n.Obj().Pkg() == o.pass.Pkg || o.imported(n.Obj().Pkg()) != nil)
}

// methodOfLasting reports whether a call is that of a method of something that
// outlives the function: cache.Load(key), flag.CompareAndSwap(false, true).
func methodOfLasting(c *ssa.Call) bool {
	if c.Call.IsInvoke() {
		return lasting(c.Call.Value, 0)
	}
	return c.Call.Signature().Recv() != nil && len(c.Call.Args) > 0 && lasting(c.Call.Args[0], 0)
}

func isNil(v ssa.Value) bool {
	k, ok := v.(*ssa.Const)
	return ok && k.IsNil()
}

func isBool(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0
}

// lasting reports whether v is read from something that outlives the function:
// a package variable, a field of what a parameter points to, a variable of the
// function around it.
func lasting(v ssa.Value, depth int) bool {
	if depth > 8 {
		return false
	}
	switch v := v.(type) {
	case *ssa.Global:
		return true
	case *ssa.FreeVar:
		return true
	case *ssa.UnOp:
		return v.Op == token.MUL && lasting(v.X, depth+1)
	case *ssa.FieldAddr:
		return ofParam(v.X, 0) || lasting(v.X, depth+1)
	case *ssa.IndexAddr:
		return lasting(v.X, depth+1)
	case *ssa.Lookup:
		return lasting(v.X, depth+1)
	case *ssa.Extract:
		return lasting(v.Tuple, depth+1)
	case *ssa.TypeAssert:
		return lasting(v.X, depth+1)
	case *ssa.MakeInterface:
		return lasting(v.X, depth+1)
	case *ssa.Call:
		return methodOfLasting(v) // an atomic Load, a getter
	}
	return false
}

// ofParam reports whether v is a pointer parameter, or reached through one.
func ofParam(v ssa.Value, depth int) bool {
	if depth > 6 {
		return false
	}
	switch v := v.(type) {
	case *ssa.Parameter:
		_, isPtr := v.Type().Underlying().(*types.Pointer)
		return isPtr
	case *ssa.FieldAddr:
		return ofParam(v.X, depth+1)
	case *ssa.UnOp:
		return v.Op == token.MUL && ofParam(v.X, depth+1)
	case *ssa.Alloc: // a parameter that a literal captures
		for _, r := range *v.Referrers() {
			if s, ok := r.(*ssa.Store); ok && s.Addr == v && ofParam(s.Val, depth+1) {
				return true
			}
		}
	}
	return false
}
