package cli

import (
	"runtime"
	"strings"
	"testing"
)

func TestVersion(t *testing.T) {
	if Version() == "" {
		t.Error("there is no version")
	}
	got, want := Describe("tool", "v1.2.3"), "tool v1.2.3 "+runtime.GOOS+"/"+runtime.GOARCH+" "+runtime.Version()
	if !strings.HasPrefix(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
