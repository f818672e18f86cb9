package oracle

import "strings"

// A Node is a statement or declaration: lines of Go, or blocks of further
// nodes between lines of Go.
//
// Text may hold marks that render.go replaces:
//
//	⟦a|b⟧  a in the plain form, b in the executed form
//	¶      the number of the line
//	§      the number of the program
type Node struct {
	Text   string  // of a simple node
	Blocks []Block // of a compound one
	Tail   string  // the line that ends the last block
	Whole  bool    // the shrinker takes or leaves it as it is
}

// A Block is the body that follows its Head line.
type Block struct {
	Head string
	Body []*Node
}

// at marks the line in the executed form.
const at = "⟦|fr.At(¶); ⟧"

// look is at, for a statement that looks at the error of a release.
const look = "⟦|fr.Look(¶); ⟧"

// stmt is a simple statement that runs calls.
func stmt(parts ...string) *Node { return &Node{Text: at + strings.Join(parts, "")} }

// raw is a line as it stands.
func raw(parts ...string) *Node { return &Node{Text: strings.Join(parts, "")} }

// block is a compound statement of one block.
func block(head string, body ...*Node) *Node {
	return &Node{Blocks: []Block{{at + head, body}}, Tail: "}"}
}

// ifElse is an if statement with both branches.
func ifElse(head string, then, otherwise []*Node) *Node {
	return &Node{Blocks: []Block{{at + head, then}, {"} else {", otherwise}}, Tail: "}"}
}

// function is a declared function. Its executed form opens a frame; where it
// can reach its end, it exits there.
func function(head string, body []*Node, fallsOff bool) *Node {
	n := &Node{
		Blocks: []Block{{head + " {⟦| fr := rt.Enter(); defer fr.Leave()⟧", body}},
		Tail:   "}",
	}
	if fallsOff {
		n.Tail = "⟦|fr.Exit(¶); ⟧}"
	}
	return n
}

// literal is a statement around a function literal: before func(...) {, body,
// } and after.
func literal(before, after string, body []*Node, fallsOff bool) *Node {
	n := &Node{
		Blocks: []Block{{at + before + " {⟦| fr := fr.Lit(); defer fr.Leave()⟧", body}},
		Tail:   "}" + after,
	}
	if fallsOff {
		n.Tail = "⟦|fr.Exit(¶); ⟧}" + after
	}
	return n
}

// scoped tells whether what the first line of n declares is visible only
// within its blocks.
func (n *Node) scoped() bool {
	return len(n.Blocks) > 0 && !strings.Contains(n.Blocks[0].Head, "func(")
}

// clone copies the tree.
func (n *Node) clone() *Node {
	c := *n
	c.Blocks = nil
	for _, b := range n.Blocks {
		c.Blocks = append(c.Blocks, Block{b.Head, cloneAll(b.Body)})
	}
	return &c
}

func cloneAll(nodes []*Node) []*Node {
	var all []*Node
	for _, n := range nodes {
		all = append(all, n.clone())
	}
	return all
}

// below counts the nodes within n that the shrinker can get at.
func (n *Node) below() int {
	total := 0
	for _, b := range n.parts() {
		total += size(b.Body)
	}
	return total
}

// parts are the blocks that the shrinker can get at.
func (n *Node) parts() []Block {
	if n.Whole {
		return nil
	}
	return n.Blocks
}

// size counts the nodes of the trees.
func size(nodes []*Node) int {
	total := 0
	for _, n := range nodes {
		total++
		total += n.below()
	}
	return total
}
