package lifecycle

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ast/astutil"
	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/summary"
)

// Where the value of a setting comes from is traced backwards, without
// regard to paths: through conversions, fields, environment variables, flags
// and small helpers.

// maxTrace bounds how far a value is traced.
const maxTrace = 12

// settingAmounts lists the values that argument i of a setter may have.
func (p *pkgInfo) settingAmounts(fn *ssa.Function, c *callSite, i int) []summary.Amount {
	v := c.argValue(i)
	if v == nil {
		return []summary.Amount{{Kind: summary.FromExpr}}
	}
	list := p.amountsOf(fn, v, 0)
	guarded := guardedBy(c.instr, v) || guardedBy(c.instr, c.argValue(0)) && !isOpened(p, c.argValue(0))
	if isWrapper(c.instr.Parent()) {
		guarded = true // a method value: whoever calls it has the value, and tests it
	}
	out := make([]summary.Amount, 0, len(list))
	for _, a := range list {
		if a.Kind == summary.FromExpr && a.Text == "" {
			a.Text = p.argText(c, i)
		}
		a.At = p.site(c.instr)
		a.Guarded = a.Guarded || guarded
		out = summary.JoinAmounts(out, []summary.Amount{a})
	}
	return out
}

// isOpened reports whether v is the result of an opener, whose error check is
// no test of the setting.
func isOpened(p *pkgInfo, v ssa.Value) bool {
	if ex, ok := v.(*ssa.Extract); ok {
		v = ex.Tuple
	}
	call, ok := v.(*ssa.Call)
	return ok && len(p.birthsAt(call)) > 0
}

// substitute replaces an amount that speaks of a callee's parameter by what
// the call gives for it.
func (p *pkgInfo) substitute(fn *ssa.Function, c *callSite, a summary.Amount) []summary.Amount {
	if a.Kind != summary.FromParam {
		return []summary.Amount{a}
	}
	v := c.argValue(a.Index)
	if v == nil {
		return []summary.Amount{a.Unbound()}
	}
	var out []summary.Amount
	for _, x := range p.amountsAt(fn, v, a.Text, 0) {
		if x.Kind == summary.FromExpr && x.Text == "" {
			x = a.Unbound()
		}
		x.At, x.Guarded = a.At, a.Guarded || x.Guarded
		out = summary.JoinAmounts(out, []summary.Amount{x})
	}
	return out
}

// amountsAt lists the values at a path below v.
func (p *pkgInfo) amountsAt(fn *ssa.Function, v ssa.Value, path string, depth int) []summary.Amount {
	if path == "" {
		return p.amountsOf(fn, v, depth)
	}
	if depth > maxTrace {
		return unknownAmount()
	}
	local := strip(v)
	if load, ok := local.(*ssa.UnOp); ok && load.Op == token.MUL {
		local = load.X
	}
	if a, ok := local.(*ssa.Alloc); ok && storesField(a, splitPath(path)[0]) {
		if !literalOnly(a) && soleStore(a) == nil {
			// Others have it, too: what is stored here is a default.
			return []summary.Amount{fieldAmount(summary.FromConfig, 0, path, a.Type())}
		}
		return p.storedAt(fn, a, path, depth)
	}
	if param, at, ok := origin(fn, v, 0); ok {
		a := fieldAmount(summary.FromParam, param, at+path, fn.Params[param].Type())
		a.Guarded = at == "" && storesField(fn.Params[param], splitPath(path)[0]) // a default is stored there
		return []summary.Amount{a}
	}
	v = local
	if a, ok := v.(*ssa.Alloc); ok {
		if list := p.storedAt(fn, a, path, depth); list != nil {
			return list
		}
		if literalOnly(a) {
			return []summary.Amount{{Kind: summary.FromConst}} // the zero value
		}
	}
	return []summary.Amount{fieldAmount(summary.FromConfig, 0, path, v.Type())}
}

// storesField reports whether the function assigns a field of a struct variable
// or of what a parameter points to.
func storesField(v ssa.Value, elem string) bool {
	for _, r := range *v.Referrers() {
		fa, ok := r.(*ssa.FieldAddr)
		if !ok || fieldElem(v.Type(), fa.Field) != elem {
			continue
		}
		for _, use := range *fa.Referrers() {
			if s, ok := use.(*ssa.Store); ok && s.Addr == fa {
				return true
			}
		}
	}
	return false
}

// storedAt lists what a local struct is given at a path, nil if it may be
// filled elsewhere.
func (p *pkgInfo) storedAt(fn *ssa.Function, a *ssa.Alloc, path string, depth int) []summary.Amount {
	elems := splitPath(path)
	var out []summary.Amount
	tested := false // a default is assigned where the field is not set
	for _, r := range *a.Referrers() {
		switch r := r.(type) {
		case *ssa.FieldAddr:
			if fieldElem(a.Type(), r.Field) != elems[0] {
				continue
			}
			for _, use := range *r.Referrers() {
				if s, ok := use.(*ssa.Store); ok && s.Addr == r {
					tested = tested || guardedBy(s, r)
					out = summary.JoinAmounts(out, p.amountsAt(fn, s.Val, strings.Join(elems[1:], ""), depth+1))
				}
			}
		case *ssa.Store:
			if r.Addr == a {
				out = summary.JoinAmounts(out, p.amountsAt(fn, r.Val, path, depth+1))
			}
		}
	}
	if tested {
		out = summary.MapAmounts(out, func(a summary.Amount) []summary.Amount {
			a.Guarded = true
			return []summary.Amount{a}
		})
	}
	return out
}

// literalOnly reports whether a local struct is given its fields here, and is
// otherwise only read: nothing else can set them.
func literalOnly(a *ssa.Alloc) bool {
	for _, r := range *a.Referrers() {
		switch r := r.(type) {
		case *ssa.FieldAddr, *ssa.DebugRef:
		case *ssa.UnOp:
			if r.Op != token.MUL {
				return false
			}
		default:
			return false
		}
	}
	return true
}

func unknownAmount() []summary.Amount { return []summary.Amount{{Kind: summary.FromExpr}} }

// amountsOf lists the values that v may have.
func (p *pkgInfo) amountsOf(fn *ssa.Function, v ssa.Value, depth int) []summary.Amount {
	if depth > maxTrace {
		return unknownAmount()
	}
	switch v := strip(v).(type) {
	case *ssa.Const:
		return constAmount(v)
	case *ssa.Convert:
		return p.amountsOf(fn, v.X, depth+1)
	case *ssa.Phi:
		return p.phiAmounts(fn, v, depth)
	case *ssa.Parameter:
		if v.Parent() == fn {
			return []summary.Amount{{Kind: summary.FromParam, Index: paramIndex(fn, v), Name: v.Name()}}
		}
	case *ssa.FreeVar:
		if b := bindingOf(v); b != nil {
			return p.amountsOf(fn, b, depth+1)
		}
	case *ssa.Extract:
		if call, ok := v.Tuple.(*ssa.Call); ok {
			return p.callAmounts(fn, call, v.Index, depth)
		}
	case *ssa.Call:
		return p.callAmounts(fn, v, 0, depth)
	case *ssa.BinOp:
		return p.productAmounts(fn, v, depth)
	case *ssa.UnOp:
		if v.Op == token.MUL {
			return p.loadAmounts(fn, v.X, depth)
		}
	case *ssa.Field:
		return p.amountsAt(fn, v.X, fieldElem(v.X.Type(), v.Field), depth+1)
	}
	return unknownAmount()
}

// phiAmounts lists the values that meet in a variable. One that was tested on
// the way (if n <= 0 { n = 10 }) is as good as guarded by the test.
func (p *pkgInfo) phiAmounts(fn *ssa.Function, v *ssa.Phi, depth int) []summary.Amount {
	var out []summary.Amount
	for _, e := range v.Edges {
		if e == v {
			continue
		}
		list := p.amountsOf(fn, e, depth+3)
		if _, isConst := e.(*ssa.Const); !isConst && guardedBy(v, e) {
			list = summary.MapAmounts(list, func(a summary.Amount) []summary.Amount {
				a.Guarded = true
				return []summary.Amount{a}
			})
		}
		out = summary.JoinAmounts(out, list)
	}
	return out
}

func constAmount(c *ssa.Const) []summary.Amount {
	switch {
	case c.Value == nil:
		return []summary.Amount{{Kind: summary.FromConst}}
	case c.Value.Kind() == constant.String:
		return []summary.Amount{{Kind: summary.FromConst, IsText: true, Text: constant.StringVal(c.Value)}}
	case c.Value.Kind() == constant.Int:
		n, _ := constant.Int64Val(c.Value)
		return []summary.Amount{{Kind: summary.FromConst, N: n}}
	}
	return unknownAmount()
}

// loadAmounts lists the values of a variable.
func (p *pkgInfo) loadAmounts(fn *ssa.Function, addr ssa.Value, depth int) []summary.Amount {
	switch addr := addr.(type) {
	case *ssa.FieldAddr:
		return p.amountsAt(fn, addr.X, fieldElem(addr.X.Type(), addr.Field), depth+1)
	case *ssa.Global:
		return p.globalAmounts(addr, depth)
	case *ssa.Alloc, *ssa.FreeVar:
		if fv, ok := addr.(*ssa.FreeVar); ok {
			if b := bindingOf(fv); b != nil {
				return p.loadAmounts(fn, b, depth+1)
			}
			return unknownAmount()
		}
		var out []summary.Amount
		for _, r := range *addr.Referrers() {
			switch r := r.(type) {
			case *ssa.Store:
				if r.Addr == addr {
					out = summary.JoinAmounts(out, p.amountsOf(fn, r.Val, depth+2))
				}
			case *ssa.Call:
				if a := flagOf(&r.Call, 1); a.Kind != 0 && r.Call.Args[0] == addr {
					return []summary.Amount{a}
				}
			}
		}
		if out != nil {
			return out
		}
	case *ssa.Call: // *flag.Int(...)
		return p.callAmounts(fn, addr, 0, depth+1)
	case *ssa.UnOp:
		if addr.Op == token.MUL {
			return p.loadAmounts(fn, addr.X, depth+1)
		}
	case *ssa.Parameter:
		return p.amountsOf(fn, addr, depth+1)
	}
	return unknownAmount()
}

// globalAmounts lists the values of a package variable: what it is
// initialized with, if that is all.
func (p *pkgInfo) globalAmounts(g *ssa.Global, depth int) []summary.Amount {
	var out []summary.Amount
	for _, fn := range p.ssa.Funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				switch instr := instr.(type) {
				case *ssa.Store:
					if instr.Addr == g {
						out = summary.JoinAmounts(out, p.amountsOf(fn, instr.Val, depth+3))
					}
				case *ssa.Call:
					if a := flagOf(&instr.Call, 1); a.Kind != 0 && instr.Call.Args[0] == g {
						return []summary.Amount{a}
					}
				}
			}
		}
	}
	if out == nil || slices.ContainsFunc(out, func(a summary.Amount) bool { return a.Kind == summary.FromExpr }) {
		return []summary.Amount{{Kind: summary.FromConfig, Text: g.Pkg.Pkg.Name() + "." + g.Name()}}
	}
	return out
}

// callAmounts lists the values of result i of a call.
func (p *pkgInfo) callAmounts(fn *ssa.Function, call *ssa.Call, i, depth int) []summary.Amount {
	obj, callee := staticTarget(&call.Call)
	if obj == nil {
		return unknownAmount()
	}
	if a := flagOf(&call.Call, 0); a.Kind != 0 {
		return []summary.Amount{a}
	}
	args := call.Call.Args
	if obj.Pkg() != nil && len(args) > 0 && i == 0 {
		switch obj.Pkg().Path() {
		case "os":
			if name, ok := constText(args[0]); ok && (obj.Name() == "Getenv" || obj.Name() == "LookupEnv") {
				return []summary.Amount{{Kind: summary.FromEnv, Text: name}}
			} else if param, at, ok := origin(fn, args[0], 0); ok && at == "" && (obj.Name() == "Getenv" || obj.Name() == "LookupEnv") {
				return []summary.Amount{{Kind: summary.FromEnv, Index: param + 1}}
			}
		case "strconv", "strings", "cmp":
			return p.amountsOf(fn, args[0], depth+1)
		case "fmt":
			if obj.Name() == "Sprintf" {
				return p.formatted(fn, call, depth)
			}
		case "github.com/go-sql-driver/mysql":
			if t, ok := p.driverConfig(fn, args[0]); ok && obj.Name() == "FormatDSN" {
				return []summary.Amount{t}
			}
		}
	}
	if callee == nil || len(callee.Blocks) == 0 || callee == fn || depth > 6 {
		return unknownAmount()
	}
	return p.resultAmounts(fn, call, callee, i, depth)
}

// resultAmounts lists the values that a helper of this package returns.
func (p *pkgInfo) resultAmounts(fn *ssa.Function, call *ssa.Call, callee *ssa.Function, i, depth int) []summary.Amount {
	var out []summary.Amount
	c := &callSite{instr: call, common: &call.Call, value: call}
	for _, b := range callee.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok || i >= len(ret.Results) {
			continue
		}
		for _, a := range p.amountsOf(callee, ret.Results[i], depth+3) {
			switch {
			case a.Kind == summary.FromParam:
				out = summary.JoinAmounts(out, p.substitute(fn, c, a))
			case a.Kind == summary.FromEnv && a.Index > 0:
				out = summary.JoinAmounts(out, envNamed(c, a))
			default:
				out = summary.JoinAmounts(out, []summary.Amount{a})
			}
		}
	}
	return withDefault(out)
}

// envNamed is an environment variable whose name the helper was given.
func envNamed(c *callSite, a summary.Amount) []summary.Amount {
	v := c.argValue(a.Index - 1)
	if v == nil {
		return unknownAmount()
	}
	if name, ok := constText(v); ok {
		return []summary.Amount{{Kind: summary.FromEnv, Text: name}}
	}
	return unknownAmount()
}

// withDefault reads a constant beside an environment variable, in what a
// helper returns, as the variable's default.
func withDefault(list []summary.Amount) []summary.Amount {
	env, def := -1, -1
	for i, a := range list {
		switch {
		case a.Kind == summary.FromEnv && env < 0:
			env = i
		case a.Kind == summary.FromConst && !a.IsText && def < 0:
			def = i
		default:
			return list
		}
	}
	if env < 0 || def < 0 {
		return list
	}
	a := list[env]
	a.Default, a.N = true, list[def].N
	return []summary.Amount{a}
}

// productAmounts follows a number of time units.
func (p *pkgInfo) productAmounts(fn *ssa.Function, v *ssa.BinOp, depth int) []summary.Amount {
	if v.Op == token.ADD && isString(v.Type()) {
		return p.concatenated(fn, v, depth)
	}
	if v.Op != token.MUL {
		return unknownAmount()
	}
	x, y := v.X, v.Y
	if _, ok := x.(*ssa.Const); ok {
		x, y = y, x
	}
	unit, ok := y.(*ssa.Const)
	if !ok || unit.Value == nil || unit.Value.Kind() != constant.Int {
		return unknownAmount()
	}
	n, _ := constant.Int64Val(unit.Value)
	var out []summary.Amount
	for _, a := range p.amountsOf(fn, x, depth+1) {
		if a.Kind == summary.FromConst || a.Default {
			a.N *= n
		}
		out = summary.JoinAmounts(out, []summary.Amount{a})
	}
	return out
}

// argText is how an argument of a call is written.
func (p *pkgInfo) argText(c *callSite, i int) string {
	if c.common.IsInvoke() || c.common.Signature().Recv() != nil {
		i--
	}
	for _, f := range p.pass.Files {
		if f.FileStart > c.instr.Pos() || c.instr.Pos() >= f.FileEnd {
			continue
		}
		path, _ := astutil.PathEnclosingInterval(f, c.instr.Pos(), c.instr.Pos())
		for _, n := range path {
			if call, ok := n.(*ast.CallExpr); ok && call.Lparen == c.instr.Pos() && i >= 0 && i < len(call.Args) {
				return types.ExprString(call.Args[i])
			}
		}
	}
	return "?"
}
