package resource

import (
	"fmt"
	"strconv"
	"strings"
)

// param parses "receiver" or "argN".
func (p *funcParser) param(s string) (int, bool) {
	if s == "receiver" {
		return Receiver, p.method
	}
	return numbered(s, "arg")
}

func (p *funcParser) badParam(effect, s string) string {
	if s == "receiver" {
		return "a func has no receiver: want an argument like arg0"
	}
	return fmt.Sprintf("%s wants receiver or an argument like arg0, not %q", effect, s)
}

// cond parses "result0=false", "arg1!=nil" and the like.
func (p *funcParser) cond(s string) (Cond, bool) {
	left, right, ok := strings.Cut(s, "=")
	if !ok {
		return Cond{}, false
	}
	left, not := strings.CutSuffix(left, "!")
	var c Cond
	switch {
	case right == "nil" && not:
		c.Is = NonNil
	case right == "nil":
		c.Is = Nil
	case right == "true" && !not:
		c.Is = True
	case right == "false" && !not:
		c.Is = False
	default:
		return Cond{}, false
	}
	c.Subject = Result
	if c.Index, ok = numbered(left, "result"); !ok {
		c.Subject = Param
		c.Index, ok = p.param(left)
	}
	return c, ok
}

func badCond(effect, s string) string {
	return fmt.Sprintf("%s wants a condition like result0=false, result0!=nil or arg1=nil, not %q", effect, s)
}

// numbered parses a word followed by a number: "arg0".
func numbered(s, word string) (int, bool) {
	digits, ok := strings.CutPrefix(s, word)
	if !ok {
		return 0, false
	}
	return number(digits)
}

// number parses a result or parameter number. No function has more than 99.
func number(s string) (int, bool) {
	if s == "" || len(s) > 2 || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil
}
