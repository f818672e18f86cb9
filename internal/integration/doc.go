// Package integration runs connvet's passes with the drivers that people have, and
// compares what they find. They must agree: which findings there are is no matter
// of who asks.
//
// The tests of this package take the drivers that need nothing but
// golang.org/x/tools. Those of the module in golangci, which is apart because of
// what it requires, take golangci-lint and Bazel's nogo, and the others again with
// the x/tools that these two want:
//
//	cd internal/integration/golangci && go test -timeout 30m ./...
package integration
