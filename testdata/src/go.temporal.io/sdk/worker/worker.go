// Package worker is a stub of go.temporal.io/sdk/worker: real signatures, no bodies.
package worker

type (
	Worker interface {
		Registry
		Start() error
	}

	Registry interface {
		WorkflowRegistry
		ActivityRegistry
	}

	WorkflowRegistry interface {
		RegisterWorkflow(w any)
	}

	ActivityRegistry interface {
		RegisterActivity(a any)
	}
)
