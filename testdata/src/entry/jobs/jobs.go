// Package jobs holds jobs that run periodically or from a queue.
package jobs

import (
	"context"
	"time"

	oldgocron "github.com/go-co-op/gocron"
	"github.com/go-co-op/gocron/v2"
	"github.com/robfig/cron/v3"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
	"k8s.io/apimachinery/pkg/util/wait"
	ctrl "sigs.k8s.io/controller-runtime"
)

type job struct{}

func (j *job) Run() {}

func work() {}

func schedule(c *cron.Cron, s cron.Schedule, g *oldgocron.Scheduler, stop chan struct{}) {
	c.AddFunc("@daily", work)                     // registers: consumer cron job for each job -> work
	c.AddFunc("@daily", func() {})                // registers: consumer cron job for each job -> schedule$1
	c.AddJob("@daily", &job{})                    // registers: consumer cron job for each job -> Run
	c.AddJob("@daily", cron.FuncJob(work))        // registers: consumer cron job for each job -> work
	c.Schedule(s, &job{})                         // registers: consumer cron job for each job -> Run
	g.Do(work)                                    // registers: consumer gocron job for each job -> work
	gocron.NewTask(func(n int) {}, 1)             // registers: consumer gocron job for each job -> schedule$2
	wait.Until(work, time.Second, stop)           // registers: consumer periodic job for each tick -> work
	wait.UntilWithContext(nil, tick, time.Second) // registers: consumer periodic job for each tick -> tick
	time.AfterFunc(time.Second, work)
}

func tick(ctx context.Context) {}

type reconciler struct{}

func (r *reconciler) Reconcile(ctx context.Context, req ctrl.Request) (ctrl.Result, error) { // entry: consumer controller for each reconciliation
	return ctrl.Result{}, nil
}

func (r *reconciler) SetupWithManager(name string) (ctrl.Result, error) { return ctrl.Result{}, nil }

func flow(ctx workflow.Context, name string) error { return nil } // given: consumer Temporal workflow for each job

func activity(ctx context.Context, name string) error { return nil }

func register(w worker.Worker) {
	w.RegisterWorkflow(flow)     // registers: consumer Temporal workflow for each job -> flow
	w.RegisterActivity(activity) // registers: consumer Temporal activity for each job -> activity
	w.RegisterActivity(&job{})   // registers: consumer Temporal activity for each job -> ?
}
