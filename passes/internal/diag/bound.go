package diag

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/lifecycle"
	"github.com/connvet/connvet/passes/internal/resource"
)

// boundOf says what ends the leak after all, if a context does.
func boundOf(f *lifecycle.Finding) string {
	if f.Model == nil || f.Model.Ctx < 0 {
		return ""
	}
	if f.Kind == resource.Rows && lifecycle.ReadsRawBytes(f.Func) {
		return "" // a context does not close them
	}
	call := f.Call
	if f.Inner != nil {
		call = f.Inner
	}
	if arg := argument(&call.Call, f.Model.Ctx); arg != nil {
		return contextEnd(arg, 0)
	}
	return ""
}

// argument returns an argument by its number, which does not count the
// receiver.
func argument(c *ssa.CallCommon, i int) ssa.Value {
	if !c.IsInvoke() && c.Signature().Recv() != nil {
		i++
	}
	if i >= len(c.Args) {
		return nil
	}
	return c.Args[i]
}

// contextEnd says when the context ends, "" for never.
func contextEnd(v ssa.Value, depth int) string {
	if depth > 8 {
		return untilContext
	}
	switch v := v.(type) {
	case *ssa.Parameter:
		return untilCaller
	case *ssa.MakeInterface:
		return contextEnd(v.X, depth+1)
	case *ssa.ChangeInterface:
		return contextEnd(v.X, depth+1)
	case *ssa.Call:
		return contextMade(v, 0, depth)
	case *ssa.Extract:
		if call, ok := v.Tuple.(*ssa.Call); ok {
			return contextMade(call, v.Index, depth)
		}
	case *ssa.UnOp:
		if x := onlyStore(v.X, depth); x != nil {
			return contextEnd(x, depth+1)
		}
	case *ssa.FreeVar:
		if x := captured(v); x != nil {
			return contextEnd(x, depth+1)
		}
	case *ssa.Const:
		return ""
	}
	return untilContext
}

// onlyStore returns the one value that is ever stored in a variable.
func onlyStore(addr ssa.Value, depth int) ssa.Value {
	if fv, ok := addr.(*ssa.FreeVar); ok && depth < 8 {
		if x := captured(fv); x != nil {
			return onlyStore(x, depth+1)
		}
		return nil
	}
	alloc, ok := addr.(*ssa.Alloc)
	if !ok {
		return nil
	}
	var found ssa.Value
	for _, ref := range *alloc.Referrers() {
		if st, ok := ref.(*ssa.Store); ok && st.Addr == alloc {
			if found != nil {
				return nil
			}
			found = st.Val
		}
	}
	return found
}

// captured returns what a captured variable is in the function around.
func captured(fv *ssa.FreeVar) ssa.Value {
	fn := fv.Parent()
	if fn.Parent() == nil {
		return nil
	}
	for i, v := range fn.FreeVars {
		if v != fv {
			continue
		}
		for _, b := range fn.Parent().Blocks {
			for _, instr := range b.Instrs {
				if mc, ok := instr.(*ssa.MakeClosure); ok && mc.Fn == fn {
					return mc.Bindings[i]
				}
			}
		}
	}
	return nil
}

// contextMade says when the context that a call returns ends.
func contextMade(call *ssa.Call, result, depth int) string {
	obj := calleeOf(&call.Call)
	if obj == nil || obj.Pkg() == nil {
		return untilContext
	}
	args := call.Call.Args
	switch obj.FullName() {
	case "context.Background", "context.TODO", "context.WithoutCancel":
		return ""
	case "context.WithValue":
		return contextEnd(args[0], depth+1)
	case "context.WithTimeout", "context.WithTimeoutCause", "context.WithDeadline", "context.WithDeadlineCause":
		if text := deferredCancel(call); text != "" {
			return text
		}
		if obj.Name() == "WithTimeout" || obj.Name() == "WithTimeoutCause" {
			return untilTimeout
		}
		return untilDeadline
	case "context.WithCancel", "context.WithCancelCause":
		if text := deferredCancel(call); text != "" {
			return text
		}
		return untilContext
	case "(*net/http.Request).Context":
		return untilRequest
	case "(*testing.common).Context", "(testing.TB).Context":
		return untilTest
	}
	return untilContext
}

// deferredCancel tells whether the function defers the cancel function that a
// call returned beside the context.
func deferredCancel(call *ssa.Call) string {
	for _, ref := range *call.Referrers() {
		ex, ok := ref.(*ssa.Extract)
		if !ok || ex.Index != 1 || ex.Referrers() == nil {
			continue
		}
		for _, use := range *ex.Referrers() {
			if d, ok := use.(*ssa.Defer); ok && d.Call.Value == ex {
				return untilCancel
			}
		}
	}
	return ""
}

// calleeOf returns the declared function that a call names.
func calleeOf(c *ssa.CallCommon) *types.Func {
	if c.IsInvoke() {
		return c.Method
	}
	if fn := c.StaticCallee(); fn != nil {
		obj, _ := fn.Object().(*types.Func)
		return obj
	}
	return nil
}
