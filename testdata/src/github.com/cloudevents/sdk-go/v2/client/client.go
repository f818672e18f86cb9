// Package client is a stub of github.com/cloudevents/sdk-go/v2/client: real signatures, no bodies.
package client

import (
	"context"
)

type Client interface {
	StartReceiver(ctx context.Context, fn interface{}) error
}
