// Package summary defines what the engine knows of a function once it has
// been analysed: what it does to its parameters, what its results oblige the
// caller to, and on which exits. Summaries are the engine's only fact; they
// cross package boundaries in go vet, golangci-lint and nogo alike.
//
// A summary never mentions a directory, a line of another checkout, or
// anything that depends on map order: equal sources give equal bytes.
package summary

import (
	"fmt"
	"go/types"
	"strings"
)

// Package is the fact of one package.
type Package struct {
	// Resource says that a function of the package has a summary which
	// matters to importers: it makes them relevant.
	Resource bool `json:"r,omitempty"`

	// Opens says that the package, or one below it, opens a pool: who calls
	// it, however far above, may open one for each request.
	Opens bool `json:"o,omitempty"`

	// Directives says that some function has directives.
	Directives bool `json:"d,omitempty"`

	// Funcs holds the functions whose summary is not trivial, sorted by
	// name. In a package with Resource set a function that is absent
	// borrows its arguments and creates no obligation.
	Funcs []Func `json:"f,omitempty"`
}

// AFact marks Package as an analysis fact.
func (*Package) AFact() {}

// Relevant reports whether importers of the package need analysis.
func (p *Package) Relevant() bool { return p.Resource || p.Opens }

func (p *Package) String() string {
	var b strings.Builder
	for i := range p.Funcs {
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(p.Funcs[i].String())
	}
	return b.String()
}

// Func is the summary of one function or method.
type Func struct {
	Name string `json:"n,omitempty"` // see Name

	// Unknown is set when the engine's budget did not suffice: nothing can
	// be said, and callers treat the function as dynamic.
	Unknown bool `json:"u,omitempty"`

	// Directed is set when //connvet: directives gave it: they go before
	// model rows. Lends are the parameters and Says holds Result if the
	// results are spoken for.
	Directed bool      `json:"d,omitempty"`
	Lends    []int     `json:"l,omitempty"`
	Says     []Subject `json:"s,omitempty"`

	NoReturn   bool          `json:"no,omitempty"`  // never returns
	NoReturnIf []Cond        `json:"nor,omitempty"` // does not return when one of these holds of its parameters
	Nilness    []Nilness     `json:"ni,omitempty"`
	Implies    []Implication `json:"i,omitempty"`
	Aliases    []Alias       `json:"a,omitempty"`
	Params     []ParamEffect `json:"p,omitempty"`
	Fresh      []Fresh       `json:"f,omitempty"`
	Calls      []Callee      `json:"c,omitempty"`
	Views      []View        `json:"v,omitempty"`
}

// A View is a result that is what stands at a path below a parameter: what an
// accessor returns.
type View struct {
	Result int    `json:"r,omitempty"`
	Param  int    `json:"p,omitempty"`
	Path   string `json:"pa,omitempty"`
}

// A Subject is what a condition speaks of.
type Subject uint8

const (
	Param  Subject = iota + 1 // the parameter itself (receiver first)
	Deref                     // what the pointer parameter points to at entry
	Result                    // a result
)

// A Value is what is known of a subject.
type Value uint8

const (
	Nil Value = iota + 1
	NonNil
	True
	False
)

// Not returns the opposite of v.
func (v Value) Not() Value {
	switch v {
	case Nil:
		return NonNil
	case NonNil:
		return Nil
	case True:
		return False
	}
	return True
}

// Cond is an atomic condition on a call: a parameter or result has a value.
type Cond struct {
	Subject Subject `json:"s,omitempty"`
	Index   int     `json:"i,omitempty"`
	Is      Value   `json:"is,omitempty"`
}

// Nilness relates the nilness of a result to a parameter.
type Nilness struct {
	Result int `json:"r,omitempty"`
	Param  int `json:"p,omitempty"` // Never: the result is never nil
}

// Implication says that the only result tells about a parameter.
type Implication struct{ If, Then Cond }

// As the parameter of a Nilness: the result is never nil, always nil, or an error
// that may be nil although the only error among the parameters is not, or not nil
// although that is.
const (
	Never     = -2
	Always    = -3
	Unrelated = -4
)

// Alias says that a result is, whenever it is not nil, the parameter.
type Alias struct{ Result, Param int }

// An Outcome is what has become of a resource when the callee returns.
type Outcome uint8

const (
	Open     Outcome = iota + 1 // borrowed: the caller still owes the release
	Released                    // released
	Taken                       // stored where it outlives the call
	Moved                       // reachable from the handles
)

// Case is one way in which a call can end for a resource. All cases whose
// guards can hold must be considered.
type Case struct {
	Guards   []Cond   `json:"g,omitempty"`
	Outcome  Outcome  `json:"o,omitempty"`
	Deferred bool     `json:"d,omitempty"` // released by a deferred call
	Handles  []Handle `json:"h,omitempty"` // of Moved
	Called   []string `json:"c,omitempty"` // methods called on a parameter of interface type

	// Guess, with Taken or Moved, says that a call that cannot be followed was
	// given the resource: a caller that releases it afterwards knows better.
	Guess bool `json:"gu,omitempty"`

	// Set are the settings that were applied to a pool meanwhile.
	Set Settings `json:"se,omitzero"`
}

// ParamEffect is what a function does to a resource it can reach from a
// parameter.
type ParamEffect struct {
	Param int    `json:"p,omitempty"`
	Path  string `json:"pa,omitempty"` // "" the parameter itself, ".rows" a field, "[]" an element, "*" what it points to
	Cases []Case `json:"c,omitempty"`
}

// Handle is a place from which the caller reaches a resource: a path below a
// result (or, with Param set, below a parameter that the caller passed in).
// The path element "()" stands for "a call of it releases".
type Handle struct {
	Param bool   `json:"p,omitempty"`
	Index int    `json:"i,omitempty"`
	Path  string `json:"pa,omitempty"`
	Dyn   string `json:"d,omitempty"` // the dynamic type of an interface result, or ""
}

// Fresh is an obligation that the callee creates and hands to its caller.
type Fresh struct {
	Kind  string `json:"k,omitempty"`  // resource kind
	Type  string `json:"t,omitempty"`  // display type of the resource
	Open  string `json:"o,omitempty"`  // display name of the acquiring call
	At    Pos    `json:"a,omitempty"`  // where it stands
	From  int    `json:"fr,omitempty"` // number of the parameter that it is taken from, counted from 1; 0 is none
	Owner bool   `json:"ow,omitempty"` // wrapped in a type with a method that releases it
	Guess bool   `json:"gu,omitempty"` // a call that cannot be followed was given it too: owed only if Owner
	Cases []Case `json:"c,omitempty"`  // Outcome is Moved

	// Pools are the pools that it may be, if it is one. Lent says that there
	// is nothing to release: somebody else keeps it too, or it has no Close.
	Pools []Pool `json:"p,omitempty"`
	Lent  bool   `json:"le,omitempty"`
}

// Callee is a parameter (or what a path below one reaches) of function type
// that the function calls.
type Callee struct {
	Param int    `json:"p,omitempty"`
	Path  string `json:"pa,omitempty"`
	Maybe bool   `json:"m,omitempty"` // on some paths it does not
}

// Pos is a position that is equal in every checkout.
type Pos struct {
	File string `json:"f,omitempty"` // base name
	Line int    `json:"l,omitempty"`
}

func (p Pos) String() string {
	if p.File == "" {
		return "?"
	}
	return fmt.Sprintf("%s:%d", p.File, p.Line)
}

// Trivial reports whether the summary says nothing that the default for an
// absent function does not say.
func (f *Func) Trivial() bool { return !f.Matters() && !f.quiet() }

// Matters reports whether the summary speaks of resources, so that importers
// need analysis.
func (f *Func) Matters() bool {
	return f.Directed || len(f.Params) > 0 || len(f.Fresh) > 0 || len(f.Calls) > 0 || len(f.Views) > 0
}

func (f *Func) quiet() bool {
	return f.Unknown || f.NoReturn || len(f.NoReturnIf) > 0 || len(f.Nilness) > 0 || len(f.Implies) > 0 || len(f.Aliases) > 0
}

// Lookup returns the summary of the function called name, or nil.
func (p *Package) Lookup(name string) *Func {
	lo, hi := 0, len(p.Funcs)
	for lo < hi {
		mid := (lo + hi) / 2
		if p.Funcs[mid].Name < name {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(p.Funcs) && p.Funcs[lo].Name == name {
		return &p.Funcs[lo]
	}
	return nil
}

// Name is the name of fn within its package: "F" or "T.M". Pointer and value
// receivers share a name, as a type cannot have both.
func Name(fn *types.Func) string {
	recv := fn.Signature().Recv()
	if recv == nil {
		return fn.Name()
	}
	t := types.Unalias(recv.Type())
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	if n, ok := t.(*types.Named); ok {
		return n.Obj().Name() + "." + fn.Name()
	}
	return "?." + fn.Name() // a method of an unnamed interface
}
