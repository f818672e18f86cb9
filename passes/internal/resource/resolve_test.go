package resource

import (
	"bytes"
	"flag"
	"fmt"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"testing"
)

// With -modules the rows of every library that the module in that directory
// requires are checked, too:
//
//	go test -run Resolve -modules ~/scratch ./passes/internal/resource
//
// where go.mod requires the libraries. Without it only what the standard
// library declares can be checked.
var modules = flag.String("modules", "", "directory of a module that requires the modelled libraries")

// TestResolve checks each row of the built-in tables against the declaration
// it names: that it exists, is declared by the type and not promoted, and that
// results and parameters are what the effects take them for.
func TestResolve(t *testing.T) {
	set := Builtin()
	rows := make(map[string]*rowCheck) // by position and member
	load := loader(t)
	for path, b := range set.index().blocks {
		pkg, err := load(path)
		if err != nil {
			t.Logf("not checked: %s (%v)", path, err)
			continue
		}
		t.Run(path, func(t *testing.T) { checkBlock(t, set, b, pkg, rows) })
	}
	// A row may stand for several packages and need exist in but one.
	for _, r := range rows {
		if !r.found {
			t.Errorf("%s: no such declaration in %s", r.pos, strings.Join(r.tried, ", "))
		}
	}
}

type rowCheck struct {
	pos   string
	found bool
	tried []string
}

func checkBlock(t *testing.T, set *Set, b *block, pkg *types.Package, rows map[string]*rowCheck) {
	for _, c := range b.chunks {
		for num, text := range c.rows() {
			p := blockParser{path: b.path, chunk: c, num: num, m: &model{resources: map[string]resourceRow{}, funcs: map[member]*Func{}}}
			if msg := p.row(text); msg != "" {
				t.Fatal(msg)
			}
			check := func(what string, ok bool) {
				pos := fmt.Sprintf("%s:%d: %s", c.file, num, what)
				r := rows[pos]
				if r == nil {
					r = &rowCheck{pos: pos}
					rows[pos] = r
				}
				r.tried = append(r.tried, b.path)
				r.found = r.found || ok
			}
			for name, row := range p.m.resources {
				obj, ok := pkg.Scope().Lookup(name).(*types.TypeName)
				check(name, ok)
				if ok && row.pointer && types.IsInterface(obj.Type()) {
					t.Errorf("%s:%d: %s is an interface", c.file, num, name)
				}
			}
			for name := range p.m.chain {
				check(name, pkg.Scope().Lookup(name) != nil)
			}
			for key, f := range p.m.funcs {
				fn := find(pkg, key)
				// An interface may have got the method from one it embeds
				// in some version of the library: then that has the row.
				check(key.String(), fn != nil && reflect.DeepEqual(set.Func(fn), f))
				if fn == nil {
					continue
				}
				for _, problem := range mismatches(set, fn, f) {
					t.Errorf("%s:%d: %v: %s", c.file, num, fn, problem)
				}
				for _, sh := range p.m.shapes[key.name] {
					if got := sigString(fn.Signature(), pkg); got != sh.sig {
						t.Errorf("%s:%d: signature is %s, not %s", c.file, num, got, sh.sig)
					}
				}
			}
		}
	}
}

// find finds a function or method.
func find(pkg *types.Package, key member) *types.Func {
	if key.recv == "" {
		fn, _ := pkg.Scope().Lookup(key.name).(*types.Func)
		return fn
	}
	obj := pkg.Scope().Lookup(key.recv)
	if obj == nil {
		return nil
	}
	m, _, _ := types.LookupFieldOrMethod(obj.Type(), true, pkg, key.name)
	fn, _ := m.(*types.Func)
	return fn
}

// sigCheck compares the effects of a row with a signature.
type sigCheck struct {
	set  *Set
	fn   *types.Func
	sig  *types.Signature
	list []string // what is wrong
}

func mismatches(set *Set, fn *types.Func, f *Func) []string {
	c := &sigCheck{set: set, fn: fn, sig: fn.Signature()}
	for _, a := range f.Acquires {
		c.acquire(a)
	}
	for _, e := range f.Effects {
		c.param(e.Param)
		c.cond(e.Cond)
	}
	for _, a := range f.Aliases {
		c.result(a.Result)
		c.param(a.Param)
	}
	for _, call := range f.Calls {
		_, ok := c.param(call.Param).Underlying().(*types.Signature)
		c.want(ok || types.IsInterface(c.param(call.Param)), "parameter %d is no func", call.Param)
	}
	for _, cond := range f.NoReturnIf {
		c.cond(cond)
	}
	for _, n := range f.Nilness {
		c.result(n.Result)
		if n.Param != NeverNil {
			_, isSlice := c.param(n.Param).(*types.Slice)
			c.want(n.Variadic == isSlice, "variadic or not?")
		}
	}
	for _, im := range f.Implies {
		c.cond(im.If)
		c.cond(im.Then)
	}
	for _, o := range f.Opens {
		c.result(o.Result)
		for _, i := range [...]int{o.Driver, o.DSN, o.Via} {
			if i != NoParam {
				c.param(i)
			}
		}
	}
	for _, s := range f.Sets {
		c.param(s.Param)
	}
	for _, a := range f.Lends {
		c.result(a.Result)
	}
	return c.list
}

func (c *sigCheck) want(ok bool, format string, args ...any) {
	if !ok {
		c.list = append(c.list, fmt.Sprintf(format, args...))
	}
}

func (c *sigCheck) result(i int) types.Type {
	if i >= c.sig.Results().Len() {
		c.want(false, "no result %d", i)
		return types.Typ[types.Invalid]
	}
	return c.sig.Results().At(i).Type()
}

func (c *sigCheck) param(i int) types.Type {
	if i == Receiver && c.sig.Recv() != nil {
		return c.sig.Recv().Type()
	}
	if i < 0 || i >= c.sig.Params().Len() {
		c.want(false, "no parameter %d", i)
		return types.Typ[types.Invalid]
	}
	return c.sig.Params().At(i).Type()
}

func (c *sigCheck) cond(cond Cond) {
	var typ types.Type
	switch cond.Subject {
	case None:
		return
	case Result:
		typ = c.result(cond.Index)
	case Param:
		typ = c.param(cond.Index)
	}
	if cond.Is == True || cond.Is == False {
		b, ok := typ.Underlying().(*types.Basic)
		c.want(ok && b.Kind() == types.Bool || types.IsInterface(typ), "%v is no bool", typ)
	} else {
		c.want(types.IsInterface(typ), "%v cannot be nil", typ)
	}
}

func (c *sigCheck) acquire(a Acquire) {
	r, ok := c.set.Resource(c.result(a.Result))
	c.want(ok && r.Kind == a.Kind || a.ErrField != "", "result %d is %v, not a resource of kind %s", a.Result, r, a.Kind)
	switch {
	case a.Err != NoResult:
		c.want(c.result(a.Err).String() == "error", "result %d is no error", a.Err)
	case a.ErrField != "":
		field, _, _ := types.LookupFieldOrMethod(c.result(a.Result), true, c.fn.Pkg(), a.ErrField)
		c.want(field != nil && field.Type().String() == "error", "no error field %s", a.ErrField)
	default:
		c.want(c.sig.Results().Len() == 1, "which result is the error?")
	}
	if a.Ctx != NoResult {
		c.want(c.param(a.Ctx).String() == "context.Context", "parameter %d is no context", a.Ctx)
	}
	if a.From != NoParam {
		c.param(a.From)
	}
	if a.Owned {
		r, ok := c.set.Resource(c.param(Receiver))
		c.want(ok && (r.Kind == Tx || r.Kind == Batch), "receiver owns nothing")
	}
}

// loader returns a function that imports a package by its path. The standard
// library comes from source, where unexported types such as testing.common
// are to be seen.
func loader(t *testing.T) func(path string) (*types.Package, error) {
	std := importer.ForCompiler(token.NewFileSet(), "source", nil)
	exports := make(map[string]string)
	if *modules != "" {
		exports = listExports(t, *modules)
	}
	gc := importer.ForCompiler(token.NewFileSet(), "gc", func(path string) (io.ReadCloser, error) {
		file, ok := exports[path]
		if !ok {
			return nil, fmt.Errorf("no export data for %s", path)
		}
		return os.Open(file)
	})
	return func(path string) (*types.Package, error) {
		if first, _, _ := strings.Cut(path, "/"); !strings.Contains(first, ".") {
			return std.Import(path)
		}
		if exports[path] == "" {
			return nil, fmt.Errorf("not required by the module in -modules %q", *modules)
		}
		return gc.Import(path)
	}
}

// listExports has the go command compile what the tables name, as far as the
// module knows it.
func listExports(t *testing.T, dir string) map[string]string {
	args := []string{"list", "-e", "-export", "-deps", "-f", "{{.ImportPath}} {{.Export}}"}
	for path := range Builtin().index().blocks {
		args = append(args, path)
	}
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	exports := make(map[string]string)
	for line := range bytes.Lines(out) {
		if fields := strings.Fields(string(line)); len(fields) == 2 {
			exports[fields[0]] = fields[1]
		}
	}
	return exports
}
