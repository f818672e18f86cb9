// Package cloudevents is a stub of github.com/cloudevents/sdk-go/v2: real signatures, no bodies.
package cloudevents

import (
	"github.com/cloudevents/sdk-go/v2/client"
	"github.com/cloudevents/sdk-go/v2/event"
)

type (
	Event  = event.Event
	Client = client.Client
)
