// Package reconcile is a stub of sigs.k8s.io/controller-runtime/pkg/reconcile: real signatures, no bodies.
package reconcile

import (
	"time"
)

type Result struct {
	RequeueAfter time.Duration
}

type Request struct {
	Name string
}
