package pools

import (
	"fmt"
	"slices"
	"strings"

	"github.com/connvet/connvet/passes/internal/summary"
)

// Fact is what a package tells its importers of the pools that its functions
// open.
type Fact struct {
	// Funcs are the functions that open a pool each time they are called,
	// sorted by name.
	Funcs []Func `json:"f,omitempty"`

	// Reach are the functions that come to a declared pool, sorted by name,
	// and Init are the pools that importing the package is enough for.
	Reach []Reach  `json:"r,omitempty"`
	Init  []string `json:"i,omitempty"`
}

// A Reach is a function that comes to declared pools, by their IDs in the
// manifest.
type Reach struct {
	Name string   `json:"n"`
	IDs  []string `json:"i"`
}

// AFact marks Fact as an analysis fact.
func (*Fact) AFact() {}

// Relevant reports whether importers of the package need analysis.
func (f *Fact) Relevant() bool { return !f.empty() }

func (f *Fact) empty() bool { return len(f.Funcs) == 0 && len(f.Reach) == 0 && len(f.Init) == 0 }

// reach returns the pools that a function comes to.
func (f *Fact) reach(name string) []string {
	i, found := slices.BinarySearchFunc(f.Reach, name, func(r Reach, name string) int { return strings.Compare(r.Name, name) })
	if !found {
		return nil
	}
	return f.Reach[i].IDs
}

func (f *Fact) String() string {
	var parts []string
	for _, fn := range f.Funcs {
		parts = append(parts, fmt.Sprintf("%s: %v", fn.Name, fn.Opens))
	}
	return strings.Join(parts, "; ")
}

// lookup returns the openings of a function, by the name that package summary
// gives it.
func (f *Fact) lookup(name string) []Opening {
	i, found := slices.BinarySearchFunc(f.Funcs, name, func(fn Func, name string) int { return strings.Compare(fn.Name, name) })
	if !found {
		return nil
	}
	return f.Funcs[i].Opens
}

// A Func is a function that opens pools.
type Func struct {
	Name  string    `json:"n"`
	Opens []Opening `json:"o"`
}

// An Opening is a pool that a function opens on each call.
type Opening struct {
	Pool  summary.Pool   `json:"p"`           // without its chain
	Chain []summary.Site `json:"c"`           // the calls that lead to it, the opener last
	Fate  Fate           `json:"f,omitempty"` // what has become of it when the function returns
	Drops bool           `json:"d,omitempty"` // on some path nobody has it
}

func (o Opening) String() string { return fmt.Sprintf("%s %s", o.Pool.ID, o.Fate) }

// Fate is what has become of a pool when the function that opened it returns.
type Fate uint8

const (
	Kept     Fate = iota + 1 // stored or handed over
	Returned                 // the caller has it
	Closed                   // closed on every path
	Left                     // open on some path, and nobody has it
)

func (f Fate) String() string { return [...]string{"?", "kept", "returned", "closed", "left"}[f] }
