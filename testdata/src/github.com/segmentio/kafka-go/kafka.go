// Package kafka is a stub of github.com/segmentio/kafka-go: real signatures, no bodies.
package kafka

import (
	"context"

	"stub"
)

type Message struct {
	Value []byte
}

type Reader struct{}

func (r *Reader) ReadMessage(ctx context.Context) (Message, error) {
	return stub.Any[Message](), stub.Any[error]()
}

func (r *Reader) FetchMessage(ctx context.Context) (Message, error) {
	return stub.Any[Message](), stub.Any[error]()
}
