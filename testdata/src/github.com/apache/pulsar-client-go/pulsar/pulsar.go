// Package pulsar is a stub of github.com/apache/pulsar-client-go/pulsar: real signatures, no bodies.
package pulsar

import (
	"context"
)

type Message interface {
	Payload() []byte
}

type ProducerMessage struct {
	Payload []byte
}

type Consumer interface {
	Receive(context.Context) (Message, error)
	Chan() <-chan ConsumerMessage
}

type ConsumerMessage struct {
	Consumer
	Message
}

type Reader interface {
	Next(context.Context) (Message, error)
}
