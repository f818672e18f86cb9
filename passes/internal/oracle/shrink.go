package oracle

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
)

// perRound bounds how many smaller programs of one disagreement are tried at once.
const perRound = 16

// Shrink makes the programs of the disagreements as small as it can while each
// stays one of its class. All of them shrink at once: a round is one build.
func (o *Oracle) Shrink(ctx context.Context, all []*Disagreement, rounds int) error {
	next := slices.Repeat([]int{0}, len(all)) // reductions before this one have failed
	for range rounds {
		var tries []*Program
		var of []int
		for i, d := range all {
			if next[i] < 0 || d.Fixed != nil {
				continue // a fix is of this program only
			}
			found, resume := o.candidates(d.Program, next[i])
			next[i] = resume
			for _, p := range found {
				tries, of = append(tries, p), append(of, i)
			}
		}
		if len(tries) == 0 {
			return nil
		}
		still, err := o.still(ctx, tries)
		if err != nil {
			return err
		}
		better := make([]bool, len(all))
		for k, out := range still {
			i := of[k]
			if better[i] || out.Program == nil {
				continue
			}
			for _, d := range o.judge(out).Differ {
				if d.Class() == all[i].Class() {
					*all[i], better[i], next[i] = *d, true, 0
					break
				}
			}
		}
	}
	return nil
}

// candidates are reductions of p that compile, from number first on; resume is
// where to go on, -1 if there are no more.
func (o *Oracle) candidates(p *Program, first int) (found []*Program, resume int) {
	was := len(p.Source(0))
	seen := map[string]bool{}
	for i, c := range p.reductions() {
		if i < first || o.fit(c) != nil {
			continue
		}
		src := c.Source(0)
		if len(src) >= was || seen[src] {
			continue
		}
		seen[src] = true
		found = append(found, c)
		if len(found) == perRound {
			return found, i + 1
		}
	}
	return found, -1
}

// fit makes c compile: variables without use get one, and what uses a variable
// that is gone, goes.
func (o *Oracle) fit(c *Program) error {
	var err error
	for range 10 {
		if err = o.check.repair(c); err == nil {
			return nil
		}
		te, lines := o.check.firstError(c)
		if te == nil || !undefined.MatchString(te.Msg) {
			return err
		}
		line := o.check.fset.Position(te.Pos).Line
		if lines[line] == nil || len(lines[line].Blocks) > 0 {
			return err
		}
		c.Decls = remove(c.Decls, lines[line])
	}
	return err
}

var undefined = regexp.MustCompile(`^undefined: `)

// still gives the outcomes of the programs, an empty one for a program whose
// executed form does not compile though the plain one does.
func (o *Oracle) still(ctx context.Context, programs []*Program) ([]Outcome, error) {
	out := make([]Outcome, len(programs))
	left := make([]int, len(programs))
	for i := range left {
		left[i] = i
	}
	var err error
	for range 5 {
		var some []*Program
		for _, i := range left {
			some = append(some, programs[i])
		}
		var found []Outcome
		if found, err = o.outcomes(ctx, some); err == nil {
			for k, i := range left {
				out[i] = found[k]
			}
			return out, nil
		}
		if be := (*buildError)(nil); !errors.As(err, &be) {
			return nil, err
		}
		bad := map[int]bool{}
		for _, m := range inFile.FindAllStringSubmatch(err.Error(), -1) {
			id, _ := strconv.Atoi(m[1])
			bad[id] = true
		}
		if len(bad) == 0 {
			return nil, err
		}
		var rest []int
		for id, i := range left {
			if !bad[id] {
				rest = append(rest, i)
			}
		}
		left = rest
	}
	return nil, fmt.Errorf("oracle: too many programs do not compile: %w", err)
}

var inFile = regexp.MustCompile(`gen/p(\d+)\.go:`)
