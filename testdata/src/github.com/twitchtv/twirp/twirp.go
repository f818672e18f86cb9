// Package twirp is a stub of github.com/twitchtv/twirp: real signatures, no bodies.
package twirp

type ClientOptions struct{}

type ServerHooks struct{}
