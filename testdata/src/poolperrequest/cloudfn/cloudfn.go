// Package cloudfn has Cloud Functions.
package cloudfn

import (
	"context"
	"database/sql"
	"net/http"
	"os"
	"sync"

	"github.com/GoogleCloudPlatform/functions-framework-go/functions"
	cloudevents "github.com/cloudevents/sdk-go/v2"
)

func init() {
	functions.HTTP("web", web)
	functions.CloudEvent("receive", receive)
	functions.CloudEvent("shared", shared)
}

func web(w http.ResponseWriter, r *http.Request) {
	db, err := sql.Open("mysql", os.Getenv("DSN")) // want "a pool is opened for each HTTP request and left open.*poolperrequest/handler"
	if err == nil {
		_ = db.PingContext(r.Context())
	}
}

func receive(ctx context.Context, e cloudevents.Event) error {
	db, err := sql.Open("mysql", os.Getenv("DSN")) // want "a pool is opened for each event and left open.*poolperrequest/lambda"
	if err != nil {
		return err
	}
	return db.PingContext(ctx)
}

var pool = sync.OnceValues(func() (*sql.DB, error) { return sql.Open("mysql", os.Getenv("DSN")) })

func shared(ctx context.Context, e cloudevents.Event) error {
	db, err := pool()
	if err != nil {
		return err
	}
	return db.PingContext(ctx)
}
