// Package cloudfn holds Cloud Functions and a receiver of CloudEvents.
package cloudfn

import (
	"context"
	"net/http"

	"github.com/GoogleCloudPlatform/functions-framework-go/functions"
	cloudevents "github.com/cloudevents/sdk-go/v2"
)

type input struct{}

func init() {
	functions.HTTP("web", web)             // registers: handler Cloud Functions handler for each HTTP request -> web
	functions.CloudEvent("event", receive) // registers: lambda Cloud Functions handler for each event -> receive
	functions.Typed("typed", typed)        // registers: handler Cloud Functions handler for each HTTP request -> typed
}

func web(w http.ResponseWriter, r *http.Request) {} // entry: handler http handler for each HTTP request

// Whoever sends an event may have the same type.
func receive(ctx context.Context, e cloudevents.Event) error { return nil }

func typed(in input) (input, error) { return in, nil }

func listen(ctx context.Context, c cloudevents.Client) error {
	return c.StartReceiver(ctx, receive) // registers: lambda CloudEvents receiver for each event -> receive
}
