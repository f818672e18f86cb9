package rt

import "slices"

// A Leak is a resource that stayed open.
type Leak struct {
	Kind  string
	Sites []int // line of the acquisition; where a literal returned it, outermost first
	Exits []int // lines of the exits that leave it open
	Lost  []int // lines that ended the last way to reach it, or stopped for ever
	Hangs bool  // only because a Conn.Close waits for it, for ever
	Maybe bool  // whether this counts is a matter of opinion
}

// A Result is what Explore found out about one program.
type Result struct {
	ID       int
	Runs     int
	Dropped  string `json:",omitempty"` // why there is no verdict
	Leaks    []Leak `json:",omitempty"`
	Deferred []int  `json:",omitempty"` // lines of defers that pile up in a loop
	LoopHeld []int  `json:",omitempty"` // lines of acquisitions whose release is deferred in a loop
	Stale    []int  `json:",omitempty"` // lines that acquire from what is closed in some run
	Reached  []int  `json:",omitempty"` // lines of statements that some run came to
}

type truth struct {
	leaks    []*Leak
	deferLn  []int
	loopHeld []int
	stale    []int
	lines    []bool // reached
}

func (t *truth) reached(line int) {
	for len(t.lines) <= line {
		t.lines = append(t.lines, false)
	}
	t.lines[line] = true
}

func (t *truth) leak(ob *obligation, exit, line int, hangs, maybe bool) {
	var l *Leak
	for _, have := range t.leaks {
		if slices.Equal(have.Sites, ob.sites) && have.Kind == ob.kind {
			l = have
		}
	}
	if l == nil {
		l = &Leak{Kind: ob.kind, Sites: ob.sites, Maybe: maybe, Hangs: hangs}
		t.leaks = append(t.leaks, l)
	}
	l.Maybe = l.Maybe && maybe
	l.Hangs = l.Hangs && hangs
	l.Exits = add(l.Exits, exit)
	if line != exit {
		l.Lost = add(l.Lost, line)
	}
	for _, n := range ob.lost {
		l.Lost = add(l.Lost, n)
	}
}

func (t *truth) deferred(line int) { t.deferLn = add(t.deferLn, line) }

func (t *truth) defersIn(ob *obligation) {
	for _, s := range ob.sites {
		t.loopHeld = add(t.loopHeld, s)
	}
}

func add(s []int, n int) []int {
	if i, found := slices.BinarySearch(s, n); !found {
		s = slices.Insert(s, i, n)
	}
	return s
}
