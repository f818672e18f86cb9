package entry

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// isService tells whether a method is declared by a service: by a generated
// type that the receiver embeds, or by an interface that generators write.
func isService(fn *ssa.Function) bool {
	declares := func(t types.Type) bool { return isUnimplemented(t) && method(t, fn.Name()) != nil }
	if embeds(fn.Signature.Recv().Type(), declares) {
		return true
	}
	messages := messagePackages(fn)
	for _, pkg := range messages {
		if declaredIn(pkg, fn, "") {
			return true
		}
	}
	for _, pkg := range imports(fn) {
		if !slices.Contains(messages, pkg) && (declaredIn(pkg, fn, "Server") || declaredIn(pkg, fn, "Handler")) {
			return true
		}
	}
	return false
}

// declaredIn tells whether the package has an interface with the method fn. Its
// name must end in suffix, and not in Client: in twirp both have the same one.
func declaredIn(pkg *types.Package, fn *ssa.Function, suffix string) bool {
	for _, name := range pkg.Scope().Names() {
		if !strings.HasSuffix(name, suffix) || strings.HasSuffix(name, "Client") {
			continue
		}
		obj, ok := pkg.Scope().Lookup(name).(*types.TypeName)
		if !ok || !types.IsInterface(obj.Type()) {
			continue
		}
		if m := method(obj.Type(), fn.Name()); m != nil && types.Identical(m.Signature(), fn.Signature) {
			return true
		}
	}
	return false
}

// imported tells whether the package of fn, or one that declares a type of
// its signature, imports path or a package below it.
func imported(fn *ssa.Function, path string) bool {
	all := imports(fn)
	for _, pkg := range messagePackages(fn) {
		all = append(all, pkg.Imports()...)
	}
	return slices.ContainsFunc(all, func(pkg *types.Package) bool {
		got := cleanPath(pkg.Path())
		return got == path || strings.HasPrefix(got, path+"/")
	})
}

// imports are the packages that the package of fn imports.
func imports(fn *ssa.Function) []*types.Package {
	if o := fn.Origin(); o != nil {
		fn = o
	}
	if fn.Pkg == nil {
		return nil
	}
	return slices.Clip(fn.Pkg.Pkg.Imports())
}

// messagePackages are those that declare the types of the parameters and
// results of fn, but for the context.
func messagePackages(fn *ssa.Function) []*types.Package {
	var list []*types.Package
	for _, t := range []*types.Tuple{fn.Signature.Params(), fn.Signature.Results()} {
		for v := range t.Variables() {
			obj := objOf(v.Type())
			if obj == nil || obj.Pkg() == nil || obj.Pkg().Path() == "context" || slices.Contains(list, obj.Pkg()) {
				continue
			}
			list = append(list, obj.Pkg())
		}
	}
	return list
}
