// Package sqs is a stub of github.com/aws/aws-sdk-go-v2/service/sqs: real signatures, no bodies.
package sqs

import (
	"context"

	"stub"
)

type Options struct{}

type ReceiveMessageInput struct{}

type ReceiveMessageOutput struct{}

type Client struct{}

func (c *Client) ReceiveMessage(ctx context.Context, params *ReceiveMessageInput, optFns ...func(*Options)) (*ReceiveMessageOutput, error) {
	return stub.Any[*ReceiveMessageOutput](), stub.Any[error]()
}
