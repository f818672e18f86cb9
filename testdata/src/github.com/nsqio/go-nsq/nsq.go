// Package nsq is a stub of github.com/nsqio/go-nsq: real signatures, no bodies.
package nsq

type Message struct {
	Body []byte
}

type HandlerFunc func(message *Message) error
