package entry

import (
	"fmt"
	"go/token"
	"go/types"
	"strings"
)

// pattern is a type as the table writes it.
type pattern struct {
	kind patternKind
	path string     // of named
	name string     // of named; with a * at the start the end of the name
	elem *pattern   // of slice and channel
	typ  types.Type // of basic
}

type patternKind uint8

const (
	named   patternKind = iota
	basic               // string, error, any ...
	slice               // []TYPE
	channel             // chan TYPE
	proto               // a protobuf message
	stream              // the server's side of a gRPC stream
)

func (p *pattern) match(t types.Type) bool {
	switch p.kind {
	case named:
		return p.matchNamed(t)
	case slice:
		s, ok := types.Unalias(t).(*types.Slice)
		return ok && p.elem.match(s.Elem())
	case channel:
		c, ok := t.Underlying().(*types.Chan)
		return ok && p.elem.match(c.Elem())
	case proto:
		return isMessage(t)
	case stream:
		return isServerStream(t)
	}
	return types.Identical(p.typ, t)
}

// matchNamed looks through one pointer and any aliases, asking each of these
// for its name.
func (p *pattern) matchNamed(t types.Type) bool {
	for pointers := 0; ; {
		switch x := t.(type) {
		case *types.Alias:
			if p.matchObj(x.Obj()) {
				return true
			}
			t = x.Rhs()
		case *types.Named:
			return p.matchObj(x.Obj())
		case *types.Pointer:
			if pointers++; pointers > 1 {
				return false
			}
			t = x.Elem()
		default:
			return false
		}
	}
}

func (p *pattern) matchObj(obj *types.TypeName) bool {
	if end, ok := strings.CutPrefix(p.name, "*"); ok {
		if !strings.HasSuffix(obj.Name(), end) {
			return false
		}
	} else if obj.Name() != p.name {
		return false
	}
	return obj.Pkg() != nil && cleanPath(obj.Pkg().Path()) == p.path
}

// matchAll matches variables from the given one on.
func matchAll(ps []*pattern, t *types.Tuple, from int) bool {
	for i, p := range ps {
		if !p.match(t.At(from + i).Type()) {
			return false
		}
	}
	return true
}

// parsePatterns parses a list of types.
func parsePatterns(s string) ([]*pattern, error) {
	if s = strings.TrimSpace(s); s == "" {
		return nil, nil
	}
	var list []*pattern
	for part := range strings.SplitSeq(s, ",") {
		p, err := parsePattern(strings.TrimSpace(part))
		if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, nil
}

func parsePattern(s string) (*pattern, error) {
	if elem, ok := strings.CutPrefix(s, "[]"); ok {
		e, err := parsePattern(elem)
		return &pattern{kind: slice, elem: e}, err
	}
	if elem, ok := strings.CutPrefix(s, "chan "); ok {
		e, err := parsePattern(elem)
		return &pattern{kind: channel, elem: e}, err
	}
	switch s {
	case "proto":
		return &pattern{kind: proto}, nil
	case "stream":
		return &pattern{kind: stream}, nil
	}
	if obj, ok := types.Universe.Lookup(s).(*types.TypeName); ok {
		return &pattern{kind: basic, typ: obj.Type()}, nil
	}
	path, name := splitName(s)
	if path == "" || !token.IsIdentifier(strings.TrimPrefix(name, "*")) || strings.ContainsAny(path, " ()*") || unversioned(path) != path {
		return nil, fmt.Errorf("want a type like net/http.Request, without version, not %q", s)
	}
	return &pattern{kind: named, path: path, name: name}, nil
}

// splitName splits a name from the import path before it, whose last element
// may have dots of its own.
func splitName(s string) (path, name string) {
	i := strings.LastIndexByte(s, '.')
	if i <= 0 {
		return "", s
	}
	return s[:i], s[i+1:]
}
