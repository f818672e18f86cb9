// Package events is a stub of github.com/aws/aws-lambda-go/events: real signatures, no bodies.
package events

type SQSEvent struct {
	Records []SQSMessage
}

type SQSMessage struct {
	Body string
}

type APIGatewayProxyRequest struct {
	Body string
}

type APIGatewayProxyResponse struct {
	StatusCode int
}
