// Command lambdas has handlers of AWS Lambda, which are known by what starts
// them or by the events that they take.
package main

import (
	"context"
	"database/sql"
	"os"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
)

var warm *sql.DB

// It runs once for each process.
func init() {
	db, err := sql.Open("mysql", os.Getenv("DSN"))
	if err != nil {
		panic(err)
	}
	db.SetMaxOpenConns(1)
	warm = db
}

type order struct{ ID string }

// Known by what starts it.
func handle(ctx context.Context, o order) error {
	db, err := sql.Open("mysql", os.Getenv("DSN")) // want "a pool is opened for each invocation and left open.*poolperrequest/lambda"
	if err != nil {
		return err
	}
	return db.PingContext(ctx)
}

// Known by its event.
func queue(ctx context.Context, e events.SQSEvent) error {
	db, err := sql.Open("mysql", os.Getenv("DSN")) // want "a pool is opened for each invocation and left open.*poolperrequest/lambda"
	if err != nil {
		return err
	}
	return db.PingContext(ctx)
}

// With the pool of the process.
func shared(ctx context.Context, e events.SQSEvent) error { return warm.PingContext(ctx) }

// With one that the first invocation opens.
func lazy(ctx context.Context, e events.APIGatewayProxyRequest) (events.APIGatewayProxyResponse, error) {
	if cold == nil {
		db, err := sql.Open("mysql", os.Getenv("DSN"))
		if err != nil {
			return events.APIGatewayProxyResponse{StatusCode: 500}, err
		}
		cold = db
	}
	return events.APIGatewayProxyResponse{StatusCode: 200}, cold.PingContext(ctx)
}

var cold *sql.DB

type handler struct{ dsn string }

// A method that is started.
func (h *handler) orders(ctx context.Context, o order) error {
	db, err := sql.Open("mysql", h.dsn) // want "a pool is opened for each invocation and left open.*poolperrequest/lambda"
	if err != nil {
		return err
	}
	return db.PingContext(ctx)
}

// The same, which nothing starts.
func (h *handler) other(ctx context.Context, o order) error {
	db, err := sql.Open("mysql", h.dsn)
	if err != nil {
		return err
	}
	return db.PingContext(ctx)
}

func main() {
	lambda.Start(handle)
	lambda.Start((&handler{}).orders)
	lambda.Start(func(ctx context.Context, o order) error {
		db, err := sql.Open("mysql", os.Getenv("DSN")) // want "a pool is opened for each invocation and left open.*poolperrequest/lambda"
		if err != nil {
			return err
		}
		return db.PingContext(ctx)
	})
}
