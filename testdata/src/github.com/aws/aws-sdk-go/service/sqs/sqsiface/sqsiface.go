// Package sqsiface is a stub of github.com/aws/aws-sdk-go/service/sqs/sqsiface: real signatures, no bodies.
package sqsiface

import (
	"github.com/aws/aws-sdk-go/service/sqs"
)

type SQSAPI interface {
	ReceiveMessage(*sqs.ReceiveMessageInput) (*sqs.ReceiveMessageOutput, error)
}
