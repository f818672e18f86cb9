// Package asynq is a stub of github.com/hibiken/asynq: real signatures, no bodies.
package asynq

import (
	"context"

	"stub"
)

type Task struct{}

type Handler interface {
	ProcessTask(context.Context, *Task) error
}

type HandlerFunc func(context.Context, *Task) error

type TaskInfo struct{}

type Option interface{}

type Client struct{}

func (c *Client) EnqueueContext(ctx context.Context, task *Task, opts ...Option) (*TaskInfo, error) {
	return stub.Any[*TaskInfo](), stub.Any[error]()
}
