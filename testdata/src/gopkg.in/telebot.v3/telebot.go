// Package telebot is a stub of gopkg.in/telebot.v3: real signatures, no bodies.
package telebot

type Context interface {
	Send(what interface{}, opts ...interface{}) error
}

type HandlerFunc func(Context) error
