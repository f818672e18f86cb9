// Package gocron is a stub of github.com/go-co-op/gocron: real signatures, no bodies.
package gocron

import (
	"stub"
)

type Job struct{}

type Scheduler struct{}

func (s *Scheduler) Do(jobFun interface{}, params ...interface{}) (*Job, error) {
	return stub.Any[*Job](), stub.Any[error]()
}
