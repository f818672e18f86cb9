// Package loops holds loops over messages. What calls work there runs for
// each of them, what calls once does not.
package loops

import (
	"context"
	"iter"
	"net"
	"time"

	"github.com/IBM/sarama"
	oldsarama "github.com/Shopify/sarama"
	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/apache/pulsar-client-go/pulsar"
	awssqs "github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go/service/sqs/sqsiface"
	confluent "github.com/confluentinc/confluent-kafka-go/v2/kafka"
	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	amqp "github.com/rabbitmq/amqp091-go"
	"github.com/redis/go-redis/v9"
	"github.com/segmentio/kafka-go"
	oldamqp "github.com/streadway/amqp"
	"github.com/twmb/franz-go/pkg/kgo"
)

func work() bool { return false }

func once() bool { return false }

func more() bool { return false }

func rangeAMQP(ch *amqp.Channel) {
	ds, err := ch.Consume("q", "", false, false, false, false, nil)
	if err != nil {
		return
	}
	once()
	for d := range ds {
		_ = d
		work() // loop: consumer AMQP consumer for each message
		for i := range 3 {
			_ = i
			work() // loop: consumer AMQP consumer for each message
		}
		if work() { // loop: consumer AMQP consumer for each message
			once() // it leaves
			return
		}
	}
	once()
}

func reconnect(dial func() <-chan oldamqp.Delivery) {
	for {
		ds := dial()
		once() // for each connection
		for range ds {
			work() // loop: consumer AMQP consumer for each message
		}
	}
}

type group struct{}

func (group) ConsumeClaim(s sarama.ConsumerGroupSession, c sarama.ConsumerGroupClaim) error {
	once()
	for m := range c.Messages() {
		s.MarkMessage(m, "")
		work() // loop: consumer Kafka consumer for each message
	}
	return nil
}

type oldGroup struct{}

func (oldGroup) ConsumeClaim(ctx context.Context, c oldsarama.ConsumerGroupClaim, reload chan int) error {
	for {
		work() // loop: consumer Kafka consumer for each message
		select {
		case m := <-c.Messages():
			_ = m
			work() // loop: consumer Kafka consumer for each message
		case <-reload:
			once()
		case <-ctx.Done():
			once()
			return nil
		}
		work() // loop: consumer Kafka consumer for each message
	}
}

func polling(c oldsarama.ConsumerGroupClaim) {
	for {
		select {
		case <-c.Messages():
			work() // loop: consumer Kafka consumer for each message
		default:
			once()
		}
	}
}

// The cases are empty, so that what follows is reached from both.
func emptyCases(c oldsarama.ConsumerGroupClaim, reload chan int) {
	for {
		select {
		case <-reload:
		case <-c.Messages():
		}
		work() // loop: consumer Kafka consumer for each message
	}
}

func readers(ctx context.Context, r *kafka.Reader) error {
	for {
		m, err := r.ReadMessage(ctx)
		if err != nil {
			once()
			return err
		}
		_ = m
		work() // loop: consumer Kafka consumer for each message
	}
}

func readOne(ctx context.Context, r *kafka.Reader) {
	r.FetchMessage(ctx)
	once()
}

func afterwards(ctx context.Context, r *kafka.Reader) {
	r.FetchMessage(ctx)
	for range 3 {
		once()
	}
}

func confluentLoop(c *confluent.Consumer, run bool) {
	for run {
		if m, err := c.ReadMessage(time.Second); err == nil {
			_ = m
			work() // loop: consumer Kafka consumer for each message
		}
	}
	for run {
		c.Poll(100)
		work() // loop: consumer Kafka consumer for each message
	}
	for range c.Events() {
		work() // loop: consumer Kafka consumer for each message
	}
}

func franz(ctx context.Context, c *kgo.Client) {
	for {
		c.PollFetches(ctx)
		work() // loop: consumer Kafka consumer for each message
	}
}

func natsLoops(nc *nats.Conn, s *nats.Subscription) {
	ch := make(chan *nats.Msg, 64)
	nc.ChanSubscribe("s", ch)
	for m := range ch {
		_ = m
		work() // loop: consumer NATS consumer for each message
	}
	for {
		s.NextMsg(time.Second)
		work() // loop: consumer NATS consumer for each message
	}
}

func jetstreamLoops(mc jetstream.MessagesContext, batch jetstream.MessageBatch) {
	for m := range batch.Messages() {
		_ = m
		work() // loop: consumer NATS consumer for each message
	}
	for {
		mc.Next()
		work() // loop: consumer NATS consumer for each message
	}
}

func pulsarLoops(ctx context.Context, c pulsar.Consumer, r pulsar.Reader) {
	for range c.Chan() {
		work() // loop: consumer Pulsar consumer for each message
	}
	for more() {
		c.Receive(ctx)
		work() // loop: consumer Pulsar consumer for each message
	}
	for {
		r.Next(ctx)
		work() // loop: consumer Pulsar consumer for each message
	}
}

func watermill(ctx context.Context, s message.Subscriber) {
	ms, _ := s.Subscribe(ctx, "topic")
	for m := range ms {
		_ = m
		work() // loop: consumer Watermill consumer for each message
	}
}

func sqsLoops(ctx context.Context, c *awssqs.Client, old sqsiface.SQSAPI, run bool) {
	for run {
		c.ReceiveMessage(ctx, nil)
		work() // loop: consumer SQS consumer for each message
	}
	for {
		old.ReceiveMessage(nil)
		work() // loop: consumer SQS consumer for each message
	}
}

func redisLoops(ctx context.Context, p *redis.PubSub) {
	for range p.Channel() {
		work() // loop: consumer Redis subscriber for each message
	}
	for {
		p.ReceiveMessage(ctx)
		work() // loop: consumer Redis subscriber for each message
	}
}

func telegram(bot *tgbotapi.BotAPI) {
	for u := range bot.GetUpdatesChan(tgbotapi.UpdateConfig{}) {
		_ = u
		work() // loop: consumer Telegram bot for each message
	}
}

func tickers(ctx context.Context, done chan bool) {
	t := time.NewTicker(time.Minute)
	for {
		select {
		case <-t.C:
			work() // loop: consumer ticker loop for each tick
		case <-done:
			once()
		}
	}
}

type poller struct {
	ticker *time.Ticker
}

func (p *poller) run() {
	go func() {
		for range p.ticker.C {
			work() // loop: consumer ticker loop for each tick
		}
	}()
	for range time.Tick(time.Second) {
		work() // loop: consumer ticker loop for each tick
	}
}

func keep(<-chan time.Time) {}

type ticks <-chan time.Time

func converted(t *time.Ticker) {
	for range ticks(t.C) {
		work() // loop: consumer ticker loop for each tick
	}
}

func timers(t *time.Timer, cs chan time.Time, n int) {
	for range n {
		<-t.C
		once()
	}
	for range cs {
		once()
	}
	for range n {
		<-time.After(time.Second)
		once()
	}
	for range n {
		keep(time.Tick(time.Second))
		once()
	}
}

func accept(l net.Listener, tcp *net.TCPListener) {
	for more() {
		c, err := l.Accept()
		if err != nil {
			break
		}
		_ = c
		work() // loop: handler accept loop for each connection
	}
	for {
		tcp.Accept()
		work() // loop: handler accept loop for each connection
	}
}

func rangeFunc(ds <-chan amqp.Delivery, rows iter.Seq[int]) {
	for range rows {
		once()
	}
	for range ds {
		for range rows {
			work() // loop: consumer AMQP consumer for each message
		}
	}
}

func ownChannel(jobs chan int) {
	for range jobs {
		once()
	}
}

func sends(out chan amqp.Delivery, done chan int, n int) {
	for range n {
		select {
		case out <- amqp.Delivery{}:
			once()
		case <-done:
			once()
		}
		out <- amqp.Delivery{}
		once()
	}
}
