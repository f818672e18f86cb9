// Package river is a stub of github.com/riverqueue/river: real signatures, no bodies.
package river

import (
	"context"

	"stub"
)

type JobArgs interface {
	Kind() string
}

type Job[T JobArgs] struct {
	Args T
}

type Worker[T JobArgs] interface {
	Work(ctx context.Context, job *Job[T]) error
}

func WorkFunc[T JobArgs](f func(context.Context, *Job[T]) error) Worker[T] {
	return stub.Any[Worker[T]]()
}
