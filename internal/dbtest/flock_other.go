//go:build !linux && !darwin

package dbtest

import (
	"errors"
	"os"
)

// lock fails, and with it all of the package: see [Start].
func lock(string) (*os.File, error) { return nil, errors.ErrUnsupported }

// tryLock fails.
func tryLock(string) (*os.File, error) { return nil, errors.ErrUnsupported }
