// Package mqtt is a stub of github.com/eclipse/paho.mqtt.golang: real signatures, no bodies.
package mqtt

type Client interface {
	IsConnected() bool
}

type Message interface {
	Payload() []byte
}

type MessageHandler func(Client, Message)
