// Package metric is a stub of go.opentelemetry.io/otel/metric: real signatures, no bodies.
package metric

import (
	"context"
)

type Observer interface {
	ObserveInt64(obsrv Int64Observable, value int64)
}

type Int64Observable interface {
	int64Observable()
}

type Int64Observer interface {
	Observe(value int64)
}

type Callback func(context.Context, Observer) error

type Int64Callback func(context.Context, Int64Observer) error
