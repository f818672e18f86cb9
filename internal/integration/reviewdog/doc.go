// Package reviewdog tests what connvet writes for reviewdog with reviewdog
// itself. It is a module of its own, so that nothing else depends on reviewdog:
// "go test" has to be run here.
//
// The version is the newest all of whose dependencies could be had when this was
// written. Later ones, up to v0.21.3, differ in nothing that is tested here, but
// that they say so when a line is too long.
package reviewdog
