// Package consumers holds functions that message brokers call, each with one
// beside it that sends, or is otherwise none.
package consumers

import (
	"context"

	pubsub1 "cloud.google.com/go/pubsub"
	"cloud.google.com/go/pubsub/v2"
	"github.com/IBM/sarama"
	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/apache/pulsar-client-go/pulsar"
	"github.com/bwmarrin/discordgo"
	mqtt "github.com/eclipse/paho.mqtt.golang"
	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
	"github.com/hibiken/asynq"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nsqio/go-nsq"
	amqp "github.com/rabbitmq/amqp091-go"
	"github.com/riverqueue/river"
	"github.com/segmentio/kafka-go"
	oldamqp "github.com/streadway/amqp"
)

func saramaMessage(ctx context.Context, m *sarama.ConsumerMessage) error { return nil } // given: consumer Kafka consumer for each message

func saramaSend(ctx context.Context, m *sarama.ProducerMessage) error { return nil }

type group struct{}

func (group) Setup(sarama.ConsumerGroupSession) error { return nil }

// ConsumeClaim runs once for each assignment; its loop is what matters.
func (group) ConsumeClaim(s sarama.ConsumerGroupSession, c sarama.ConsumerGroupClaim) error {
	return nil
}

func kafkaSend(m kafka.Message) error { return nil }

func natsMessage(m *nats.Msg) {} // entry: consumer NATS message handler for each message

func natsSend(m *nats.Msg) error { return nil }

func jetstreamMessage(m jetstream.Msg) {} // entry: consumer NATS message handler for each message

func jetstreamHelper(ctx context.Context, m jetstream.Msg) error { return nil } // given: consumer NATS message handler for each message

func amqpMessage(d amqp.Delivery) error { return nil } // entry: consumer AMQP consumer for each message

func oldMessage(d oldamqp.Delivery) {} // entry: consumer AMQP consumer for each message

func amqpMessages(ds <-chan amqp.Delivery) {}

func pulsarMessage(c pulsar.Consumer, m pulsar.Message) {} // given: consumer Pulsar consumer for each message

func pulsarSend(m *pulsar.ProducerMessage) {}

func pubsubMessage(ctx context.Context, m *pubsub.Message) {} // entry: consumer Pub/Sub message handler for each message

func pubsubSend(ctx context.Context, m *pubsub.Message) error { return nil }

func watermillMessage(m *message.Message) ([]*message.Message, error) { return nil, nil } // entry: consumer Watermill handler for each message

// A publisher may have this type, too.
func watermillConsume(m *message.Message) error { return nil }

func nsqMessage(m *nsq.Message) error { return nil } // entry: consumer NSQ message handler for each message

func nsqUse(h nsq.HandlerFunc) error { return nil }

func mqttMessage(c mqtt.Client, m mqtt.Message) {} // entry: consumer MQTT message handler for each message

func mqttConnect(c mqtt.Client) {}

func telegramUpdate(u tgbotapi.Update) {} // entry: consumer Telegram bot for each message

func telegramConfig(c tgbotapi.UpdateConfig) {}

func discordMessage(s *discordgo.Session, m *discordgo.MessageCreate) {} // entry: consumer Discord bot for each message

func discordReady(s *discordgo.Session, m *discordgo.Ready) {}

type emails struct{}

func (emails) ProcessTask(ctx context.Context, t *asynq.Task) error { return nil } // entry: consumer asynq handler for each job

func asynqSend(ctx context.Context, c *asynq.Client, t *asynq.Task) error { return nil }

type args struct{}

func (args) Kind() string { return "" }

func (emails) Work(ctx context.Context, job *river.Job[args]) error { return nil } // entry: consumer river worker for each job

func riverUse(w river.Worker[args]) error { return nil }

type payload struct{}

func decoded(p *payload) {}

func receive(ctx context.Context, m *pubsub1.Message) {} // entry: consumer Pub/Sub message handler for each message

func subscribe(ctx context.Context, nc *nats.Conn, ec *nats.EncodedConn, s1 *pubsub1.Subscription, s2 *pubsub.Subscriber, r *message.Router, sub message.Subscriber, pub message.Publisher) {
	nc.Subscribe("s", natsMessage)                          // registers: consumer NATS message handler for each message -> natsMessage
	nc.QueueSubscribe("s", "q", natsMessage)                // registers: consumer NATS message handler for each message -> natsMessage
	ec.Subscribe("s", decoded)                              // registers: consumer NATS message handler for each message -> decoded
	s1.Receive(ctx, receive)                                // registers: consumer Pub/Sub message handler for each message -> receive
	s2.Receive(ctx, pubsubMessage)                          // registers: consumer Pub/Sub message handler for each message -> pubsubMessage
	r.AddHandler("n", "t", sub, "p", pub, watermillMessage) // registers: consumer Watermill handler for each message -> watermillMessage
	r.AddConsumerHandler("n", "t", sub, watermillConsume)   // registers: consumer Watermill handler for each message -> watermillConsume
	nc.PublishMsg(nil)
}
