// Package kgo is a stub of github.com/twmb/franz-go/pkg/kgo: real signatures, no bodies.
package kgo

import (
	"context"

	"stub"
)

type Fetches []struct{}

type Client struct{}

func (cl *Client) PollFetches(ctx context.Context) Fetches { return stub.Any[Fetches]() }
