// Package assert is a stub of github.com/stretchr/testify/assert: real signatures, no bodies.
package assert

import "stub"

type TestingT interface {
	Errorf(format string, args ...interface{})
}

func NoError(t TestingT, err error, msgAndArgs ...interface{}) bool {
	return stub.Any[bool]()
}

func Error(t TestingT, err error, msgAndArgs ...interface{}) bool {
	return stub.Any[bool]()
}

func Equal(t TestingT, expected, actual interface{}, msgAndArgs ...interface{}) bool {
	return stub.Any[bool]()
}

func Nil(t TestingT, object interface{}, msgAndArgs ...interface{}) bool {
	return stub.Any[bool]()
}

func NotNil(t TestingT, object interface{}, msgAndArgs ...interface{}) bool {
	return stub.Any[bool]()
}

func True(t TestingT, value bool, msgAndArgs ...interface{}) bool {
	return stub.Any[bool]()
}
