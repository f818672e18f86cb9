package lifecycle

import (
	"go/constant"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/resource"
	"github.com/connvet/connvet/passes/internal/summary"
)

// ReadsRawBytes reports whether the function scans into sql.RawBytes: the
// rows then hold a lock that neither the context nor the transaction takes.
func ReadsRawBytes(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch v := instr.(type) {
			case *ssa.Alloc:
				if holdsRawBytes(v.Type().Underlying().(*types.Pointer).Elem(), 0) {
					return true
				}
			case *ssa.MakeSlice:
				if holdsRawBytes(v.Type(), 0) {
					return true
				}
			}
		}
	}
	return false
}

// holdsRawBytes reports whether variables of type t have room for sql.RawBytes.
func holdsRawBytes(t types.Type, depth int) bool {
	if depth > 4 {
		return false
	}
	if n, ok := types.Unalias(t).(*types.Named); ok && n.Obj().Name() == "RawBytes" && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "database/sql" {
		return true
	}
	switch u := t.Underlying().(type) {
	case *types.Array:
		return holdsRawBytes(u.Elem(), depth+1)
	case *types.Slice:
		return holdsRawBytes(u.Elem(), depth+1)
	case *types.Struct:
		for f := range u.Fields() {
			if holdsRawBytes(f.Type(), depth+1) {
				return true
			}
		}
	}
	return false
}

// ofTx reports whether what is acquired ends with a transaction although the
// row does not say so: it is taken from a statement of a transaction, or
// through an interface that a transaction was given for.
func (p *pkgInfo) ofTx(call *ssa.Call, a *resource.Acquire) bool {
	if p.strict {
		return false
	}
	from := takenFrom(call, a)
	return from != nil && p.txBound(from, 0)
}

// takenFrom returns what a call takes a resource from, nil if that cannot be told.
func takenFrom(call *ssa.Call, a *resource.Acquire) ssa.Value {
	switch {
	case a.From >= 0 && a.From < len(call.Call.Args):
		return call.Call.Args[a.From]
	case call.Call.IsInvoke():
		return call.Call.Value
	case call.Call.Signature().Recv() != nil && len(call.Call.Args) > 0:
		return call.Call.Args[0]
	}
	return nil
}

// source returns the number of the parameter that fn takes b from, counted from 1,
// and 0 if it is none: whether the resource ends with a transaction is for callers
// to tell, who know what they give.
func (p *pkgInfo) source(fn *ssa.Function, b *birth) int {
	if b.instr.Parent() != fn {
		return 0
	}
	var v ssa.Value
	switch {
	case b.model != nil:
		v = takenFrom(b.instr, b.model)
	case b.fresh.From > 0:
		v = argumentOf(&b.instr.Call, b.fresh.From-1)
	}
	for depth := 0; v != nil && depth < 6; depth++ {
		switch x := v.(type) {
		case *ssa.Parameter:
			return paramIndex(fn, x) + 1
		case *ssa.ChangeInterface:
			v = x.X
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.Extract: // rows of a statement
			call, _ := x.Tuple.(*ssa.Call)
			v = p.statementSource(call, x.Index)
		case *ssa.Call:
			v = p.statementSource(x, 0)
		default:
			return 0
		}
	}
	return 0
}

// statementSource returns what the statement that a call makes is taken from, nil
// if it makes none.
func (p *pkgInfo) statementSource(call *ssa.Call, result int) ssa.Value {
	if call == nil {
		return nil
	}
	for _, b := range p.birthsAt(call) {
		switch {
		case b.kind != resource.Stmt:
		case b.model != nil && b.model.Result == result:
			return takenFrom(call, b.model)
		case b.fresh != nil && b.fresh.From > 0:
			return argumentOf(&call.Call, b.fresh.From-1)
		}
	}
	return nil
}

// endsWithTx reports whether what a helper acquires ends with the transaction that
// it was given.
func (p *pkgInfo) endsWithTx(call *ssa.Call, f *summary.Fresh) bool {
	switch resource.Kind(f.Kind) {
	case resource.Rows, resource.Row, resource.Stmt:
	default:
		return false
	}
	if p.strict || f.From == 0 {
		return false
	}
	from := argumentOf(&call.Call, f.From-1)
	return from != nil && p.txBound(from, 0)
}

// txBound reports whether v is a transaction or a statement of one.
func (p *pkgInfo) txBound(v ssa.Value, depth int) bool {
	if depth > 6 {
		return false
	}
	if r, ok := p.models.Resource(v.Type()); ok && r.Kind == resource.Tx || resource.IsTxInterface(v.Type()) {
		return true
	}
	switch v := v.(type) {
	case *ssa.MakeInterface:
		return p.txBound(v.X, depth+1)
	case *ssa.ChangeInterface:
		return p.txBound(v.X, depth+1)
	case *ssa.UnOp:
		return p.txBound(v.X, depth+1)
	case *ssa.Alloc: // a variable that a literal captures
		s := soleStore(v)
		return s != nil && p.txBound(s, depth+1)
	case *ssa.FieldAddr: // the connection within a transaction
		return p.txBound(v.X, depth+1)
	case *ssa.Field:
		return p.txBound(v.X, depth+1)
	case *ssa.Phi:
		for _, e := range v.Edges {
			if !p.txBound(e, depth+1) {
				return false
			}
		}
		return len(v.Edges) > 0
	case *ssa.Extract:
		call, ok := v.Tuple.(*ssa.Call)
		return ok && p.txMade(call, v.Index, depth)
	case *ssa.Call:
		return p.txMade(v, 0, depth)
	}
	return false
}

// txMade reports whether a result of the call ends with a transaction.
func (p *pkgInfo) txMade(call *ssa.Call, result, depth int) bool {
	obj, fn := staticTarget(&call.Call)
	if obj == nil {
		return false
	}
	row := p.models.Func(obj)
	if row == nil {
		s, _ := p.summaryOf(target{obj: obj, fn: fn, invoke: call.Call.IsInvoke()})
		return s != nil && len(s.Fresh) > 0 && !slices.ContainsFunc(s.Fresh, func(f summary.Fresh) bool {
			return resource.Kind(f.Kind) != resource.Stmt || !p.endsWithTx(call, &f)
		})
	}
	a := acquireRow(row, result)
	if a == nil {
		// A builder that was given a transaction to run with.
		return slices.ContainsFunc(call.Call.Args, func(v ssa.Value) bool { return p.txBound(v, depth+1) })
	}
	if a.Owned {
		return true
	}
	return a.Kind == resource.Stmt && p.ofTx(call, a)
}

// severalResults reports whether the constant statement text may have more
// than one result set: a CALL, or several statements.
func severalResults(c *ssa.CallCommon) bool {
	for _, a := range c.Args {
		k, ok := a.(*ssa.Const)
		if !ok || k.Value == nil || k.Value.Kind() != constant.String {
			continue
		}
		text := strings.TrimSpace(constant.StringVal(k.Value))
		if len(text) >= 5 && strings.EqualFold(text[:4], "call") && (text[4] == ' ' || text[4] == '\t' || text[4] == '\n' || text[4] == '{') {
			return true
		}
		return severalStatements(text)
	}
	return false
}

// severalStatements reports whether text goes on behind a semicolon that
// stands outside of quotes.
func severalStatements(text string) bool {
	var quote rune
	for i, r := range text {
		switch {
		case quote != 0:
			if r == quote {
				quote = 0
			}
		case r == '\'' || r == '"' || r == '`':
			quote = r
		case r == ';':
			return strings.TrimSpace(text[i+1:]) != ""
		}
	}
	return false
}
