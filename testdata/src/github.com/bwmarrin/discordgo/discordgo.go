// Package discordgo is a stub of github.com/bwmarrin/discordgo: real signatures, no bodies.
package discordgo

import (
	"stub"
)

type Session struct{}

func (s *Session) AddHandler(handler interface{}) func() { return stub.Any[func()]() }

type Ready struct{}

type MessageCreate struct{}

type InteractionCreate struct{}
