package oracle

import (
	"math/rand/v2"
	"slices"
	"strconv"
)

// A gen makes one program.
type gen struct {
	r        *rand.Rand
	prog     *Program
	names    map[string]int
	tags     map[string]bool
	shared   map[string]string // helpers that are declared already, by what they do
	fuel     int               // statements left to make
	loops    int               // numbers given to loops
	depth    int               // of helpers calling helpers
	poolType string            // of a parameter that is the pool
	store    *Node             // the type that has the judged function as a method
}

// Generate makes the program of a seed. It is the same program for ever only
// as long as the generator does not change.
func Generate(seed int64) *Program {
	g := &gen{
		r:      rand.New(rand.NewPCG(uint64(seed), 0x6f7261636c65)),
		prog:   &Program{Seed: seed},
		names:  map[string]int{},
		tags:   map[string]bool{},
		shared: map[string]string{},
	}
	g.fuel = 3 + g.r.IntN(9)
	g.judged()
	for tag := range g.tags {
		g.prog.Tags = append(g.prog.Tags, tag)
	}
	slices.Sort(g.prog.Tags)
	return g.prog
}

// chance is true in p of 100 cases.
func (g *gen) chance(p int) bool { return g.r.IntN(100) < p }

func (g *gen) tag(name string) { g.tags[name] = true }

// name makes a new identifier of the program.
func (g *gen) name(base string) string {
	g.names[base]++
	if n := g.names[base]; n > 1 {
		return base + strconv.Itoa(n)
	}
	return base
}

// global makes a new package-level identifier.
func (g *gen) global(base string) string { return g.name(base) + "_§" }

func (g *gen) declare(n *Node) { g.prog.Decls = append(g.prog.Decls, n) }

// An option is one production, and how often it is wanted.
type option[T any] struct {
	weight int
	tag    string
	make   func() T
}

// choose takes one of the options. Options of weight zero do not apply.
func choose[T any](g *gen, options ...option[T]) T {
	total := 0
	for _, o := range options {
		total += o.weight
	}
	n := g.r.IntN(total)
	for _, o := range options {
		if n < o.weight {
			if o.tag != "" {
				g.tag(o.tag)
			}
			return o.make()
		}
		n -= o.weight
	}
	panic("unreachable")
}

// when is the weight w if the production applies.
func when(applies bool, w int) int {
	if applies {
		return w
	}
	return 0
}

// code is an option that makes nodes.
func code(weight int, tag string, make func() []*Node) option[[]*Node] {
	return option[[]*Node]{weight, tag, make}
}

// text is an option that is a piece of source.
func text(weight int, s string) option[string] {
	return option[string]{weight, "", func() string { return s }}
}

// one is a list of one node.
func one(n *Node) []*Node { return []*Node{n} }

// oneOf takes one of the strings.
func (g *gen) oneOf(s ...string) string { return s[g.r.IntN(len(s))] }
