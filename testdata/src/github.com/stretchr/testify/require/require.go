// Package require is a stub of github.com/stretchr/testify/require: real signatures, no bodies.
package require

import "stub"

type TestingT interface {
	Errorf(format string, args ...interface{})
	FailNow()
}

func NoError(t TestingT, err error, msgAndArgs ...interface{}) {}

func NoErrorf(t TestingT, err error, msg string, args ...interface{}) {}

func Error(t TestingT, err error, msgAndArgs ...interface{}) {}

func Equal(t TestingT, expected, actual interface{}, msgAndArgs ...interface{}) {}

func Nil(t TestingT, object interface{}, msgAndArgs ...interface{}) {}

func NotNil(t TestingT, object interface{}, msgAndArgs ...interface{}) {}

func True(t TestingT, value bool, msgAndArgs ...interface{}) {}

func FailNow(t TestingT, failureMessage string, msgAndArgs ...interface{}) {}

type Assertions struct{ t TestingT }

func New(t TestingT) *Assertions {
	return stub.Any[*Assertions]()
}

func (a *Assertions) NoError(err error, msgAndArgs ...interface{}) {}

func (a *Assertions) Equal(expected, actual interface{}, msgAndArgs ...interface{}) {}
