// Package event is a stub of github.com/cloudevents/sdk-go/v2/event: real signatures, no bodies.
package event

type Event struct {
	DataEncoded []byte
}
