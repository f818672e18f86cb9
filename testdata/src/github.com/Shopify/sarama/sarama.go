// Package sarama is a stub of github.com/Shopify/sarama: real signatures, no bodies.
package sarama

type ConsumerMessage struct {
	Value []byte
}

type ProducerMessage struct {
	Topic string
}

type ConsumerGroupSession interface {
	MarkMessage(msg *ConsumerMessage, metadata string)
}

type ConsumerGroupClaim interface {
	Topic() string
	Messages() <-chan *ConsumerMessage
}
