package entry

import (
	"go/types"
	"strings"
)

// isMessage tells whether t is a protobuf message: a pointer to a type with one
// of the methods that every generator has written.
func isMessage(t types.Type) bool {
	_, ok := types.Unalias(t).(*types.Pointer)
	return ok && (method(t, "ProtoReflect") != nil || method(t, "ProtoMessage") != nil)
}

// isServerStream tells whether t is an interface with what sets
// grpc.ServerStream apart from the client's side, which has no SetTrailer.
// Generated services declare an interface for each stream.
func isServerStream(t types.Type) bool {
	if !types.IsInterface(t) || method(t, "SendMsg") == nil || method(t, "RecvMsg") == nil {
		return false
	}
	set := method(t, "SetTrailer")
	return set != nil && set.Signature().Params().Len() == 1 &&
		metadata.match(set.Signature().Params().At(0).Type())
}

var metadata = &pattern{kind: named, path: "google.golang.org/grpc/metadata", name: "MD"}

// method finds an exported method of t by its name.
func method(t types.Type, name string) *types.Func {
	obj, _, _ := types.LookupFieldOrMethod(t, false, nil, name)
	fn, _ := obj.(*types.Func)
	return fn
}

// isClient tells whether the methods of a type call a remote service rather
// than being one.
func isClient(recv *types.Var) bool {
	return recv != nil && !embeds(recv.Type(), isUnimplemented) && connected(recv.Type(), maxEmbedding)
}

// connected tells whether the struct t, or one that it embeds, holds a
// connection.
func connected(t types.Type, depth int) bool {
	st := structOf(t)
	if st == nil || depth == 0 {
		return false
	}
	for f := range st.Fields() {
		if isConnection(f.Type()) || f.Embedded() && connected(f.Type(), depth-1) {
			return true
		}
	}
	return false
}

// isUnimplemented tells whether t is one of the types that generated code
// offers for embedding in a service.
func isUnimplemented(t types.Type) bool {
	obj := objOf(t)
	return obj != nil && (strings.HasPrefix(obj.Name(), "Unimplemented") || strings.HasPrefix(obj.Name(), "Unsafe"))
}

// isConnection tells whether t is a connection to a service, or a generated
// client's interface: one with a method that takes call options.
func isConnection(t types.Type) bool {
	if isListed(t) {
		return true
	}
	iface, ok := t.Underlying().(*types.Interface)
	if !ok {
		return false
	}
	for m := range iface.Methods() {
		sig := m.Signature()
		if !sig.Variadic() {
			continue
		}
		last := sig.Params().At(sig.Params().Len() - 1).Type()
		if s, ok := last.(*types.Slice); ok && isListed(s.Elem()) {
			return true
		}
	}
	return false
}

func isListed(t types.Type) bool {
	for _, p := range rows().clients {
		if p.match(t) {
			return true
		}
	}
	return false
}

// embeds tells whether the struct t, or one that it embeds, embeds a type of
// which is says so.
func embeds(t types.Type, is func(types.Type) bool) bool {
	return embedsWithin(t, is, maxEmbedding)
}

// maxEmbedding bounds the depth of embedding: a struct may embed a pointer to
// itself.
const maxEmbedding = 4

func embedsWithin(t types.Type, is func(types.Type) bool, depth int) bool {
	st := structOf(t)
	if st == nil || depth == 0 {
		return false
	}
	for f := range st.Fields() {
		if f.Embedded() && (is(f.Type()) || embedsWithin(f.Type(), is, depth-1)) {
			return true
		}
	}
	return false
}

// structOf is the struct that t is or points to, or nil.
func structOf(t types.Type) *types.Struct {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	st, _ := t.Underlying().(*types.Struct)
	return st
}

// objOf is the name of the type that t is, an alias of, or a pointer to, or
// nil.
func objOf(t types.Type) *types.TypeName {
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	if n, ok := t.(*types.Named); ok {
		return n.Obj()
	}
	return nil
}
