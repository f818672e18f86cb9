// Package amqp091 is a stub of github.com/rabbitmq/amqp091-go: real signatures, no bodies.
package amqp091

import (
	"stub"
)

type Delivery struct {
	Body []byte
}

type Table map[string]interface{}

type Channel struct{}

func (ch *Channel) Consume(queue, consumer string, autoAck, exclusive, noLocal, noWait bool, args Table) (<-chan Delivery, error) {
	return stub.Any[<-chan Delivery](), stub.Any[error]()
}
