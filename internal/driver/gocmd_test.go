package driver

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

// What the go command says first is not always what went wrong.
func TestExitError(t *testing.T) {
	for _, test := range []struct{ stderr, want string }{
		{"", "go vet failed"},
		{"go: cannot find main module\nmore\n", "go vet: cannot find main module"},
		{"go: downloading example.com/x v1.0.0\ngo: warning: odd\n\nfailed\n", "go vet: failed"},
		{"# runtime/cgo\n# [runtime/cgo]\ncgo: C compiler not found\n", "go vet: cgo: C compiler not found"},
		{"# runtime/cgo\n", "go vet failed"},
	} {
		if got := (&exitError{"vet", test.stderr}).Error(); got != test.want {
			t.Errorf("%q: %q, want %q", test.stderr, got, test.want)
		}
	}
}

// A child that fails because of an interrupt may be seen to fail first.
func TestAwaitInterrupt(t *testing.T) {
	for _, late := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			delay := interruptDelay - 1
			if late {
				delay = interruptDelay + 1
			}
			time.AfterFunc(delay, cancel)
			if awaitInterrupt(ctx); (ctx.Err() == nil) != late {
				t.Errorf("after an interrupt that comes %v later: %v", delay, ctx.Err())
			}
		})
	}
}
