// Package controllerruntime is a stub of sigs.k8s.io/controller-runtime: real signatures, no bodies.
package controllerruntime

import (
	"sigs.k8s.io/controller-runtime/pkg/reconcile"
)

type (
	Request = reconcile.Request
	Result  = reconcile.Result
)
