package driver

import "testing"

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
