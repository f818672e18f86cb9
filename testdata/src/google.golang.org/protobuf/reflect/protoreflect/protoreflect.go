// Package protoreflect is a stub of google.golang.org/protobuf/reflect/protoreflect: real signatures, no bodies.
package protoreflect

type Message interface {
	IsValid() bool
}
