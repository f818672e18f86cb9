package summary

import (
	"fmt"
	"strings"
)

var valueNames = map[Value]string{Nil: "nil", NonNil: "non-nil", True: "true", False: "false"}

func (c Cond) String() string {
	s := map[Subject]string{Param: "p", Deref: "*p", Result: "r"}[c.Subject]
	return fmt.Sprintf("%s%d %s", s, c.Index, valueNames[c.Is])
}

func (o Outcome) String() string {
	return [...]string{"?", "open", "released", "taken", "moved"}[o]
}

func (h Handle) String() string {
	s := "r"
	if h.Param {
		s = "p"
	}
	return fmt.Sprintf("%s%d%s", s, h.Index, h.Path)
}

func (c Case) String() string {
	s := c.Outcome.String()
	if c.Deferred {
		s += " deferred"
	}
	if c.Guess {
		s += " as guessed"
	}
	for _, h := range c.Handles {
		s += " " + h.String()
	}
	if len(c.Called) > 0 {
		s += " calls " + strings.Join(c.Called, ",")
	}
	for i, slot := range c.Set {
		if len(slot) > 0 {
			s += fmt.Sprintf(" set %d to %v", i, slot)
		}
	}
	for i, g := range c.Guards {
		if i == 0 {
			s += " if "
		} else {
			s += " and "
		}
		s += g.String()
	}
	return s
}

// String describes the summary in one line, for tests and explain.
func (f *Func) String() string {
	var parts []string
	add := func(format string, args ...any) { parts = append(parts, fmt.Sprintf(format, args...)) }
	if f.Unknown {
		add("unknown")
	}
	if f.NoReturn {
		add("no return")
	}
	for _, c := range f.NoReturnIf {
		add("no return if %v", c)
	}
	for _, n := range f.Nilness {
		switch n.Param {
		case Never:
			add("r%d never nil", n.Result)
		case Always:
			add("r%d always nil", n.Result)
		case Unrelated:
			add("r%d is an error of its own", n.Result)
		default:
			add("r%d nil iff p%d", n.Result, n.Param)
		}
	}
	for _, i := range f.Implies {
		add("%v implies %v", i.If, i.Then)
	}
	for _, a := range f.Aliases {
		add("r%d is p%d", a.Result, a.Param)
	}
	for _, p := range f.Params {
		add("p%d%s: %v", p.Param, p.Path, p.Cases)
	}
	for _, r := range f.Fresh {
		guess := ""
		if r.Guess {
			guess = " as guessed"
		}
		add("fresh %s%s: %v", r.Kind, guess, r.Cases)
	}
	for _, v := range f.Views {
		add("r%d is p%d%s", v.Result, v.Param, v.Path)
	}
	for _, c := range f.Calls {
		add("calls p%d%s", c.Param, c.Path)
	}
	return f.Name + ": " + strings.Join(parts, ", ")
}
