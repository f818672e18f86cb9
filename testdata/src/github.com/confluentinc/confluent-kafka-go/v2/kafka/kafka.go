// Package kafka is a stub of github.com/confluentinc/confluent-kafka-go/v2/kafka: real signatures, no bodies.
package kafka

import (
	"time"

	"stub"
)

type Event interface {
	String() string
}

type Message struct {
	Value []byte
}

type Consumer struct{}

func (c *Consumer) ReadMessage(timeout time.Duration) (*Message, error) {
	return stub.Any[*Message](), stub.Any[error]()
}

func (c *Consumer) Poll(timeoutMs int) (event Event) { return stub.Any[Event]() }

func (c *Consumer) Events() chan Event { return stub.Any[chan Event]() }
