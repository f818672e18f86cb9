// Package pubsub is a stub of cloud.google.com/go/pubsub: real signatures, no bodies.
package pubsub

import (
	"context"

	"stub"
)

type Message struct {
	Data []byte
}

type Subscription struct{}

func (s *Subscription) Receive(ctx context.Context, f func(context.Context, *Message)) error {
	return stub.Any[error]()
}
