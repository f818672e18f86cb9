// Package gocron is a stub of github.com/go-co-op/gocron/v2: real signatures, no bodies.
package gocron

import (
	"stub"
)

type Task func() int

func NewTask(function any, parameters ...any) Task { return stub.Any[Task]() }
