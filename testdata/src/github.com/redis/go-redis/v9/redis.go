// Package redis is a stub of github.com/redis/go-redis/v9: real signatures, no bodies.
package redis

import (
	"context"

	"stub"
)

type Message struct {
	Payload string
}

type ChannelOption func(*int)

type PubSub struct{}

func (c *PubSub) ReceiveMessage(ctx context.Context) (*Message, error) {
	return stub.Any[*Message](), stub.Any[error]()
}

func (c *PubSub) Channel(opts ...ChannelOption) <-chan *Message { return stub.Any[<-chan *Message]() }
