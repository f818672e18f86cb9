// Package nats is a stub of github.com/nats-io/nats.go: real signatures, no bodies.
package nats

import (
	"time"

	"stub"
)

type Msg struct {
	Data []byte
}

type MsgHandler func(msg *Msg)

type Handler interface{}

type SubOpt interface{}

type PullOpt interface{}

type Subscription struct{}

func (s *Subscription) NextMsg(timeout time.Duration) (*Msg, error) {
	return stub.Any[*Msg](), stub.Any[error]()
}

func (s *Subscription) Fetch(batch int, opts ...PullOpt) ([]*Msg, error) {
	return stub.Any[[]*Msg](), stub.Any[error]()
}

type Conn struct{}

func (nc *Conn) Subscribe(subj string, cb MsgHandler) (*Subscription, error) {
	return stub.Any[*Subscription](), stub.Any[error]()
}

func (nc *Conn) QueueSubscribe(subj, queue string, cb MsgHandler) (*Subscription, error) {
	return stub.Any[*Subscription](), stub.Any[error]()
}

func (nc *Conn) ChanSubscribe(subj string, ch chan *Msg) (*Subscription, error) {
	return stub.Any[*Subscription](), stub.Any[error]()
}

func (nc *Conn) PublishMsg(m *Msg) error { return stub.Any[error]() }

type EncodedConn struct{}

func (c *EncodedConn) Subscribe(subject string, cb Handler) (*Subscription, error) {
	return stub.Any[*Subscription](), stub.Any[error]()
}
