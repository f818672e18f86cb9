// Package internal is a stub of go.temporal.io/sdk/internal: real signatures, no bodies.
package internal

type Context interface {
	Value(key interface{}) interface{}
}
