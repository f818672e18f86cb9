package entry

import (
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// MessageLoop tells whether b runs again and again because it lies in a loop
// that takes one message after the other, or waits for a ticker; e says what
// is taken. What such a loop does on its way out, such as opening a pool and
// returning it, runs once.
func MessageLoop(b *ssa.BasicBlock) (e Entry, ok bool) {
	for b != nil {
		for _, t := range takes(b.Parent()) {
			if t.feeds(b) {
				return t.entry, true
			}
		}
		b = rangeOver(b.Parent())
	}
	return Entry{}, false
}

// rangeOver is the block with the loop of which fn is the body, if it is that
// of a range over a func, or nil.
func rangeOver(fn *ssa.Function) *ssa.BasicBlock {
	if fn.Synthetic != "range-over-func yield" {
		return nil
	}
	for _, b := range fn.Parent().Blocks {
		for _, instr := range b.Instrs {
			if c, ok := instr.(*ssa.MakeClosure); ok && c.Fn == fn {
				return b
			}
		}
	}
	return nil
}

// take is an instruction that takes a message.
type take struct {
	instr ssa.Instruction
	state int // of a select: the number of its case
	entry Entry
}

func takes(fn *ssa.Function) []take {
	var list []take
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.UnOp:
				// Nothing but a receive has a channel for its operand.
				if e, ok := received(instr.X); ok {
					list = append(list, take{instr, 0, e})
				}
			case *ssa.Select:
				for i, s := range instr.States {
					if e, ok := received(s.Chan); ok && s.Dir == types.RecvOnly {
						list = append(list, take{instr, i, e})
					}
				}
			case *ssa.Call:
				if e, ok := taken(instr); ok {
					list = append(list, take{instr, 0, e})
				}
			}
		}
	}
	return list
}

// received tells what comes from a channel.
func received(ch ssa.Value) (Entry, bool) {
	c, ok := ch.Type().Underlying().(*types.Chan)
	if !ok {
		return Entry{}, false
	}
	for _, el := range rows().chans {
		if el.typ.match(c.Elem()) {
			return el.entry, true
		}
	}
	e, ok := rows().each[source(ch)]
	return e, ok
}

// source names the function or field that a channel comes from, as the table
// does, or is "".
func source(ch ssa.Value) string {
	switch x := ch.(type) {
	case *ssa.ChangeType:
		return source(x.X)
	case *ssa.Call:
		if fn := callee(&x.Call); fn != nil {
			return funcKey(fn)
		}
	case *ssa.UnOp:
		if f, ok := x.X.(*ssa.FieldAddr); ok {
			return fieldKey(f.X.Type(), f.Field)
		}
	}
	return ""
}

func fieldKey(t types.Type, field int) string {
	obj, st := objOf(t), structOf(t)
	if obj == nil || obj.Pkg() == nil || st == nil {
		return ""
	}
	return cleanPath(obj.Pkg().Path()) + "." + obj.Name() + "." + st.Field(field).Name()
}

// taken tells what a call returns, if it is no channel to receive from.
func taken(call *ssa.Call) (Entry, bool) {
	fn := callee(&call.Call)
	if fn == nil {
		return Entry{}, false
	}
	if _, ok := call.Type().Underlying().(*types.Chan); ok {
		return Entry{}, false
	}
	e, ok := rows().each[funcKey(fn)]
	return e, ok
}

// feeds tells whether b runs for each message taken: the innermost loop around
// the take contains it, and it does not belong to another case of a select.
func (t take) feeds(b *ssa.BasicBlock) bool {
	if !innermost(t.instr.Block())[b] {
		return false
	}
	sel, ok := t.instr.(*ssa.Select)
	if !ok {
		return true
	}
	state, in := caseOf(sel, b)
	return !in || state == t.state
}

// Leaves reports whether control leaves the innermost loop around from when it
// gets to b.
func Leaves(from, b *ssa.BasicBlock) bool {
	body := innermost(from)
	return body != nil && !body[b]
}

// innermost is the smallest loop that contains b, or nil.
func innermost(b *ssa.BasicBlock) map[*ssa.BasicBlock]bool {
	for head := b; head != nil; head = head.Idom() {
		if body := loopOf(head); body[b] {
			return body
		}
	}
	return nil
}

// loopOf is the natural loop with the given head: the blocks from which a jump
// back to it can be reached without passing it.
func loopOf(head *ssa.BasicBlock) map[*ssa.BasicBlock]bool {
	var todo []*ssa.BasicBlock
	for _, p := range head.Preds {
		if head.Dominates(p) {
			todo = append(todo, p)
		}
	}
	if len(todo) == 0 {
		return nil
	}
	body := map[*ssa.BasicBlock]bool{head: true}
	for len(todo) > 0 {
		b := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if !body[b] {
			body[b] = true
			todo = append(todo, b.Preds...)
		}
	}
	return body
}

// caseOf tells which case of a select b belongs to, -1 for default; in is
// false for what comes before or after all of them.
//
// Package ssa has the select tell the number of its case and tests it in one
// block after the other; what the last one's test leaves is default. A block
// to which others jump, too, is what follows an empty case.
func caseOf(sel *ssa.Select, b *ssa.BasicBlock) (state int, in bool) {
	for _, ref := range *sel.Referrers() {
		index, ok := ref.(*ssa.Extract)
		if !ok || index.Index != 0 {
			continue
		}
		for _, test := range *index.Referrers() {
			eq, ok := test.(*ssa.BinOp)
			if !ok || eq.Op != token.EQL {
				continue
			}
			n, _ := constant.Int64Val(eq.Y.(*ssa.Const).Value)
			succs := eq.Block().Succs
			if only(succs[0], b) {
				return int(n), true
			}
			if int(n) == len(sel.States)-1 && only(succs[1], b) {
				return -1, true
			}
		}
	}
	return 0, false
}

// only tells whether b can be reached by way of the given block alone, and that
// in but one way.
func only(by, b *ssa.BasicBlock) bool {
	return len(by.Preds) == 1 && by.Dominates(b)
}
