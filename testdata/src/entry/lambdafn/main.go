// Package lambdafn holds Lambda handlers, which are known by what starts them
// or by the events that they take.
package lambdafn

import (
	"context"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
)

type order struct{ ID string }

func handle(ctx context.Context, o order) error { return nil }

func api(ctx context.Context, req events.APIGatewayProxyRequest) (events.APIGatewayProxyResponse, error) { // entry: lambda Lambda handler for each invocation
	return events.APIGatewayProxyResponse{}, nil
}

func queue(e events.SQSEvent) error { return nil } // entry: lambda Lambda handler for each invocation

func record(ctx context.Context, m events.SQSMessage) error { return nil }

func respond(r events.APIGatewayProxyResponse) {}

func generic(ctx context.Context, o order) (string, error) { return "", nil }

type handler struct{}

func (h *handler) Invoke(ctx context.Context, payload []byte) ([]byte, error) { return nil, nil } // entry: lambda Lambda handler for each invocation

func (h *handler) InvokeAll(ctx context.Context, payload []byte) ([]byte, error) { return nil, nil }

type spread struct{}

func (spread) Invoke(ctx context.Context, payload ...byte) ([]byte, error) { return nil, nil }

func typed[T any](ctx context.Context, in T) error { return nil }

func Invoke(ctx context.Context, payload []byte) ([]byte, error) { return nil, nil }

func (h *handler) orders(ctx context.Context, o order) error { return nil }

func main() {
	ctx := context.Background()
	h := &handler{}
	lambda.Start(handle)                                               // registers: lambda Lambda handler for each invocation -> handle
	lambda.Start(h.orders)                                             // registers: lambda Lambda handler for each invocation -> orders
	lambda.Start(h)                                                    // registers: lambda Lambda handler for each invocation -> Invoke
	lambda.StartHandler(h)                                             // registers: lambda Lambda handler for each invocation -> Invoke
	lambda.StartWithOptions(func(ctx context.Context, o order) error { // registers: lambda Lambda handler for each invocation -> main$1
		return nil
	})
	lambda.StartWithContext(ctx, handle)            // registers: lambda Lambda handler for each invocation -> handle
	lambda.StartHandlerFunc[order, string](generic) // registers: lambda Lambda handler for each invocation -> generic
	lambda.Start(typed[order])                      // registers: lambda Lambda handler for each invocation -> typed
	var i lambda.Handler = h
	lambda.Start(i) // registers: lambda Lambda handler for each invocation -> Invoke
	run(handle)
}

func unknown(h any, i lambda.Handler) {
	lambda.Start(h)        // registers: lambda Lambda handler for each invocation -> ?
	lambda.StartHandler(i) // registers: lambda Lambda handler for each invocation -> ?
}

func run(f func(context.Context, order) error) {}
