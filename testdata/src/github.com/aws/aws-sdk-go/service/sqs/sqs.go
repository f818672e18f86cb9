// Package sqs is a stub of github.com/aws/aws-sdk-go/service/sqs: real signatures, no bodies.
package sqs

type ReceiveMessageInput struct{}

type ReceiveMessageOutput struct{}
