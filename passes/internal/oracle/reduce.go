package oracle

import (
	"cmp"
	"slices"
	"strings"
)

// clone copies the program.
func (p *Program) clone() *Program {
	c := *p
	c.Decls = cloneAll(p.Decls)
	return &c
}

// reductions lists programs that do a little less than p, smallest first. Not
// all of them compile.
func (p *Program) reductions() []*Program {
	var all []*Program
	count := size(p.Decls)
	for i := range count {
		for edit := range edits(nth(p.Decls, i)) {
			c := p.clone()
			n := i
			c.Decls = editNth(c.Decls, &n, edit)
			all = append(all, c)
		}
	}
	slices.SortStableFunc(all, func(a, b *Program) int { return cmp.Compare(size(a.Decls), size(b.Decls)) })
	return all
}

// edits is the number of ways to make a node smaller.
func edits(n *Node) int {
	if len(n.parts()) == 0 {
		return 1
	}
	// Delete it; put one block in its place, or all; drop one block.
	return 1 + len(n.Blocks) + 1 + len(n.Blocks)
}

// edited is what edit number k leaves of n.
func edited(n *Node, k int) []*Node {
	blocks := len(n.Blocks)
	switch {
	case k == 0:
		return nil
	case k <= blocks:
		return n.Blocks[k-1].Body
	case k == blocks+1:
		var all []*Node
		for _, b := range n.Blocks {
			all = append(all, b.Body...)
		}
		return all
	}
	i := k - blocks - 2
	if i == 0 && blocks > 1 && strings.Contains(n.Blocks[1].Head, "else") || blocks == 1 {
		// An if cannot lose its condition; its body can be emptied.
		n.Blocks[i].Body = nil
		return one(n)
	}
	n.Blocks = slices.Delete(n.Blocks, i, i+1)
	return one(n)
}

// nth is node number i, counted depth first.
func nth(nodes []*Node, i int) *Node {
	for _, n := range nodes {
		if i == 0 {
			return n
		}
		i--
		for _, b := range n.parts() {
			if below := size(b.Body); i < below {
				return nth(b.Body, i)
			} else {
				i -= below
			}
		}
	}
	return nil
}

// editNth applies edit k to node number *i.
func editNth(nodes []*Node, i *int, k int) []*Node {
	for at, n := range nodes {
		if *i == 0 {
			*i = -1
			return slices.Concat(nodes[:at], edited(n, k), nodes[at+1:])
		}
		*i--
		for b := range n.parts() {
			n.Blocks[b].Body = editNth(n.Blocks[b].Body, i, k)
			if *i < 0 {
				return nodes
			}
		}
	}
	return nodes
}

// remove deletes a node wherever it is.
func remove(nodes []*Node, gone *Node) []*Node {
	nodes = slices.DeleteFunc(nodes, func(n *Node) bool { return n == gone })
	for _, n := range nodes {
		for b := range n.Blocks {
			n.Blocks[b].Body = remove(n.Blocks[b].Body, gone)
		}
	}
	return nodes
}
