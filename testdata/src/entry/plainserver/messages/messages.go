// Package messages has messages alone.
package messages

type Ping struct{}

func (*Ping) ProtoMessage() {}
