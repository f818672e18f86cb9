// Package metadata is a stub of google.golang.org/grpc/metadata: real signatures, no bodies.
package metadata

type MD map[string][]string
