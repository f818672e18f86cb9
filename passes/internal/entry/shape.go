package entry

import (
	"fmt"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// shape is a row about functions of a certain type.
type shape struct {
	entry Entry

	form       string // func, given, rpc, service, method or controller
	name       string // of a method
	params     []*pattern
	results    []*pattern
	anyResults bool
	with       string   // an import that one of the packages involved must have, or ""
	typ        *pattern // what the receiver of a controller's method embeds
}

// match tells whether fn is of the shape. It is inexact if fn merely has the
// parameters of a given row among its own, or the signature of a service
// without being known for a method of one.
func (s *shape) match(fn *ssa.Function) (exact, ok bool) {
	if s.form == "controller" {
		ok = s.controls(fn)
		return ok, ok
	}
	sig := fn.Signature
	if !s.same(sig) {
		return false, s.form == "given" && s.among(sig.Params())
	}
	if s.with != "" && !imported(fn, s.with) {
		return false, false
	}
	switch s.form {
	case "method":
		ok = sig.Recv() != nil && fn.Name() == s.name
		return ok, ok
	case "rpc":
		ok = !isClient(sig.Recv())
		return ok, ok
	case "service":
		ok = sig.Recv() != nil && token.IsExported(fn.Name()) && !isClient(sig.Recv())
		return ok && isService(fn), ok
	}
	return true, true
}

// same tells whether a signature is the one of the row.
func (s *shape) same(sig *types.Signature) bool {
	if sig.Params().Len() != len(s.params) || sig.Variadic() || !matchAll(s.params, sig.Params(), 0) {
		return false
	}
	return s.anyResults || sig.Results().Len() == len(s.results) && matchAll(s.results, sig.Results(), 0)
}

// among tells whether the row's parameters stand side by side among others.
func (s *shape) among(params *types.Tuple) bool {
	for i := 0; i+len(s.params) <= params.Len(); i++ {
		if matchAll(s.params, params, i) {
			return true
		}
	}
	return false
}

// controls tells whether fn is an action of a controller.
func (s *shape) controls(fn *ssa.Function) bool {
	sig := fn.Signature
	return sig.Recv() != nil && sig.Params().Len() == 0 && sig.Results().Len() == 0 &&
		token.IsExported(fn.Name()) && embeds(sig.Recv().Type(), s.typ.match)
}

// takesTest tells whether a function is given a test or benchmark: a helper
// of tests runs as often as they do.
func takesTest(sig *types.Signature) bool {
	for v := range sig.Params().Variables() {
		if obj := objOf(v.Type()); obj != nil && obj.Pkg() != nil && obj.Pkg().Path() == "testing" {
			return true
		}
	}
	return false
}

// parseShape parses "func(TYPES) TYPES with PATH" and its kin.
func parseShape(text string) (*shape, error) {
	head, rest, ok := strings.Cut(text, "(")
	s := &shape{form: head}
	if name, isMethod := strings.CutPrefix(head, "method "); isMethod {
		s.form, s.name = "method", name
	}
	params, results, ok2 := strings.Cut(rest, ")")
	if !ok || !ok2 || !forms[s.form] {
		return nil, fmt.Errorf("unknown row %q", text)
	}
	var err error
	if s.params, err = parsePatterns(params); err != nil {
		return nil, err
	}
	results, s.with, _ = strings.Cut(results, "with ")
	results = strings.TrimSpace(results)
	if results == "..." {
		s.anyResults = true
		return s, nil
	}
	if inside, ok := strings.CutPrefix(results, "("); ok {
		results = strings.TrimSuffix(inside, ")")
	}
	s.results, err = parsePatterns(results)
	return s, err
}

var forms = map[string]bool{"func": true, "given": true, "rpc": true, "service": true, "method": true}
