package lifecycle

import (
	"go/types"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/resource"
	"github.com/connvet/connvet/passes/internal/summary"
)

// These follow what makes a data source name out of parts: Sprintf, a
// concatenation, the driver's own configuration. What is not known of it
// stands as a hole.

// concatenated joins two texts.
func (p *pkgInfo) concatenated(fn *ssa.Function, v *ssa.BinOp, depth int) []summary.Amount {
	return []summary.Amount{template(p.textOf(fn, v.X, depth+1) + p.textOf(fn, v.Y, depth+1))}
}

// template is a text with holes.
func template(text string) summary.Amount {
	a := summary.Amount{Kind: summary.FromConst, IsText: true, Text: text}
	if strings.Contains(text, summary.Hole) {
		a.Kind = summary.FromExpr
	}
	return a
}

// textOf returns the text of v, with holes for what is not constant.
func (p *pkgInfo) textOf(fn *ssa.Function, v ssa.Value, depth int) string {
	list := p.amountsOf(fn, v, depth)
	if len(list) != 1 {
		return summary.Hole
	}
	switch a := list[0]; {
	case a.IsText:
		return a.Text
	case a.Kind == summary.FromConst:
		return strconv.FormatInt(a.N, 10)
	}
	return summary.Hole
}

// formatted follows fmt.Sprintf.
func (p *pkgInfo) formatted(fn *ssa.Function, call *ssa.Call, depth int) []summary.Amount {
	args := call.Call.Args
	format, ok := constText(args[0])
	if !ok || len(args) < 2 {
		return unknownAmount()
	}
	values := variadic(&callSite{instr: call, common: &call.Call, value: call}, 1)
	var b strings.Builder
	next := 0
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			b.WriteByte(format[i])
			continue
		}
		for i++; i < len(format) && strings.IndexByte("+-# 0123456789.", format[i]) >= 0; i++ {
		}
		if i < len(format) && format[i] == '%' {
			b.WriteByte('%')
			continue
		}
		if next < len(values) {
			b.WriteString(p.textOf(fn, values[next], depth+1))
		} else {
			b.WriteString(summary.Hole)
		}
		next++
	}
	return []summary.Amount{template(b.String())}
}

// driverConfig reads the configuration of the mysql driver where it is a
// literal: Net, Addr and DBName.
func (p *pkgInfo) driverConfig(fn *ssa.Function, v ssa.Value) (summary.Amount, bool) {
	v = strip(v)
	if load, ok := v.(*ssa.UnOp); ok {
		v = load.X
	}
	n := NamedOf(v.Type())
	if n == nil || n.Obj().Name() != "Config" || n.Obj().Pkg() == nil || n.Obj().Pkg().Path() != "github.com/go-sql-driver/mysql" {
		return summary.Amount{}, false
	}
	field := func(name string) string {
		list := []summary.Amount(nil)
		if a, ok := v.(*ssa.Alloc); ok {
			list = p.storedAt(fn, a, "."+name, 0)
		} else if call, ok := v.(*ssa.Call); ok {
			list = p.storedIn(fn, call, "."+name)
		}
		if len(list) == 1 && list[0].IsText {
			return list[0].Text
		}
		return summary.Hole
	}
	net, addr, db := field("Net"), field("Addr"), field("DBName")
	if net == summary.Hole && addr == summary.Hole && db == summary.Hole {
		return summary.Amount{}, false
	}
	return template(net + "(" + addr + ")/" + db), true
}

// storedIn lists what a field of the object that v points to is given.
func (p *pkgInfo) storedIn(fn *ssa.Function, v ssa.Value, field string) []summary.Amount {
	var out []summary.Amount
	if v.Referrers() == nil {
		return nil
	}
	for _, r := range *v.Referrers() {
		fa, ok := r.(*ssa.FieldAddr)
		if !ok || fieldElem(v.Type(), fa.Field) != field {
			continue
		}
		for _, use := range *fa.Referrers() {
			if s, ok := use.(*ssa.Store); ok && s.Addr == fa {
				out = summary.JoinAmounts(out, p.amountsOf(fn, s.Val, 1))
			}
		}
	}
	return out
}

// configFields are the settings among the fields of a pool's configuration
// (pgxpool's).
var configFields = map[string]resource.Setting{
	".MaxConns":        resource.MaxOpen,
	".MaxConnLifetime": resource.MaxLifetime,
	".MaxConnIdleTime": resource.MaxIdleTime,
}

// viaConfig reads the settings that a configuration is given before the pool
// is opened with it.
func (p *pkgInfo) viaConfig(fn *ssa.Function, v ssa.Value, pool *summary.Pool, opener *types.Package) {
	if !pool.Bound {
		return
	}
	v = strip(v)
	for field, setting := range configFields {
		if list := p.storedIn(fn, v, field); list != nil {
			pool.Set[setting] = list
		} else if !madeBy(v, opener) {
			pool.Set[setting] = []summary.Amount{{Kind: summary.Unknown}}
		}
	}
}

// madeBy reports whether v is what a function of the package returns.
func madeBy(v ssa.Value, pkg *types.Package) bool {
	if ex, ok := v.(*ssa.Extract); ok {
		v = ex.Tuple
	}
	call, ok := v.(*ssa.Call)
	if !ok {
		return false
	}
	obj, _ := staticTarget(&call.Call)
	return obj != nil && obj.Pkg() == pkg
}
