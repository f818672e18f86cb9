// Package hats looks like what the twirp generator writes.
package hats

import (
	"context"

	"github.com/twitchtv/twirp"
)

type Size struct{}

func (*Size) ProtoMessage() {}

type Hat struct{}

func (*Hat) ProtoMessage() {}

type Haberdasher interface {
	MakeHat(context.Context, *Size) (*Hat, error)
}

func NewHaberdasherServer(svc Haberdasher, hooks *twirp.ServerHooks) {}
