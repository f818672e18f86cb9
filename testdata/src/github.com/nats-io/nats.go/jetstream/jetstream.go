// Package jetstream is a stub of github.com/nats-io/nats.go/jetstream: real signatures, no bodies.
package jetstream

type Msg interface {
	Data() []byte
	Ack() error
}

type MessageHandler func(msg Msg)

type NextOpt interface{}

type MessagesContext interface {
	Next(opts ...NextOpt) (Msg, error)
	Stop()
}

type MessageBatch interface {
	Messages() <-chan Msg
}
