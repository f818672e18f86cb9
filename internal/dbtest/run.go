package dbtest

import (
	"context"
	"errors"
	"os"
)

// TB is what [Run] needs of a testing.TB.
type TB interface {
	Helper()
	Cleanup(func())
	Logf(format string, args ...any)
	Skipf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// Run starts a server that is closed when the test ends. It skips the test if no
// such server is installed.
func Run(tb TB, c Config) *Server {
	tb.Helper()
	s, err := Start(context.Background(), c)
	switch variable := c.Kind.requiredBy(); {
	case errors.Is(err, ErrNotInstalled) && os.Getenv(variable) == "1":
		tb.Fatalf("%v, but %s=1", err, variable)
	case errors.Is(err, ErrNotInstalled):
		tb.Skipf("%v", err)
	case err != nil:
		tb.Fatalf("%v", err)
	}
	tb.Cleanup(func() {
		if err := s.Close(); err != nil {
			tb.Logf("%v\nlog of the server:\n%s", err, s.Log())
		}
	})
	return s
}
