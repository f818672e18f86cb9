package entry

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// Starts tells whether a call starts a goroutine for a function that it is
// given: sync.WaitGroup.Go, errgroup.Group.Go.
func Starts(call *ssa.CallCommon) bool {
	fn := callee(call)
	return fn != nil && rows().starts[funcKey(fn)]
}

// Once tells whether a call runs its function argument at most once, in the
// process or for a key: sync.Once, sync.OnceValue, singleflight.
func Once(call *ssa.CallCommon) bool {
	fn := callee(call)
	return fn != nil && rows().once[funcKey(fn)]
}

// Registers tells which argument of a call becomes an entry by being handed
// over there, whatever its type: a function, or a value that has the method
// which is run. The number is one of call.Args, which begin with the receiver
// if a method is called statically.
func Registers(call *ssa.CallCommon) (arg int, e Entry, ok bool) {
	a, arg, ok := registration(call)
	return arg, a.entry, ok
}

// Registered is the declared function, method or literal that a call makes an
// entry; ok is false if the call makes none or it cannot be told which.
func Registered(call *ssa.CallCommon) (fn *ssa.Function, e Entry, ok bool) {
	a, arg, ok := registration(call)
	if !ok {
		return nil, Entry{}, false
	}
	fn = target(call.Args[arg], a.method)
	return fn, a.entry, fn != nil
}

func registration(call *ssa.CallCommon) (a argument, arg int, ok bool) {
	fn := callee(call)
	if fn == nil {
		return argument{}, 0, false
	}
	a, ok = rows().args[funcKey(fn)]
	arg = a.index
	if len(call.Args) > call.Signature().Params().Len() {
		arg++ // the receiver
	}
	return a, arg, ok && arg < len(call.Args)
}

// callee is the function or method that a call names, or nil.
func callee(call *ssa.CallCommon) *types.Func {
	if call.IsInvoke() {
		return call.Method
	}
	fn := call.StaticCallee()
	if fn == nil {
		return nil
	}
	obj, _ := fn.Object().(*types.Func)
	return obj
}

// funcKey names a function as the table does.
func funcKey(fn *types.Func) string {
	if fn.Pkg() == nil {
		return "" // error.Error
	}
	key := cleanPath(fn.Pkg().Path()) + "."
	if recv := fn.Signature().Recv(); recv != nil {
		obj := objOf(recv.Type())
		if obj == nil {
			return "" // of an interface without a name
		}
		key += obj.Name() + "."
	}
	return key + fn.Name()
}

// target is the function that a value is, or the method of it that is run.
func target(v ssa.Value, method string) *ssa.Function {
	switch x := v.(type) {
	case *ssa.MakeInterface:
		return target(x.X, method)
	case *ssa.ChangeInterface:
		return target(x.X, method)
	case *ssa.ChangeType:
		return target(x.X, method)
	case *ssa.MakeClosure:
		return declared(x.Fn.(*ssa.Function))
	case *ssa.Function:
		return declared(x)
	}
	if method == "" {
		return nil
	}
	obj, _, _ := types.LookupFieldOrMethod(v.Type(), true, nil, method)
	m, ok := obj.(*types.Func)
	if !ok {
		return nil
	}
	return v.Parent().Prog.FuncValue(m.Origin()) // nil if v is an interface
}

// declared is the function that a wrapper stands for.
func declared(fn *ssa.Function) *ssa.Function {
	if o := fn.Origin(); o != nil {
		return o
	}
	if m, ok := fn.Object().(*types.Func); ok && wrapper(fn) {
		return fn.Prog.FuncValue(m.Origin())
	}
	return fn
}
