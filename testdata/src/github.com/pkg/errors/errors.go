// Package errors is a stub of github.com/pkg/errors: real signatures, no bodies.
package errors

import "stub"

func New(message string) error {
	return stub.Any[error]()
}

func Errorf(format string, args ...interface{}) error {
	return stub.Any[error]()
}

func Wrap(err error, message string) error {
	return stub.Any[error]()
}

func Wrapf(err error, format string, args ...interface{}) error {
	return stub.Any[error]()
}

func WithMessage(err error, message string) error {
	return stub.Any[error]()
}

func WithMessagef(err error, format string, args ...interface{}) error {
	return stub.Any[error]()
}

func WithStack(err error) error {
	return stub.Any[error]()
}

func Cause(err error) error {
	return stub.Any[error]()
}

func Is(err, target error) bool {
	return stub.Any[bool]()
}

func As(err error, target interface{}) bool {
	return stub.Any[bool]()
}
