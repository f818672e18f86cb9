// Package pubsub is a stub of cloud.google.com/go/pubsub/v2: real signatures, no bodies.
package pubsub

import (
	"context"

	"stub"
)

type Message struct {
	Data []byte
}

type Subscriber struct{}

func (s *Subscriber) Receive(ctx context.Context, f func(context.Context, *Message)) error {
	return stub.Any[error]()
}
