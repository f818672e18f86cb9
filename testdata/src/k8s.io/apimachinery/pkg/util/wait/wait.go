// Package wait is a stub of k8s.io/apimachinery/pkg/util/wait: real signatures, no bodies.
package wait

import (
	"context"
	"time"
)

func Until(f func(), period time.Duration, stopCh <-chan struct{}) {}

func UntilWithContext(ctx context.Context, f func(context.Context), period time.Duration) {}
