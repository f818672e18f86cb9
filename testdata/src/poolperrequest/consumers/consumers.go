// Package consumers opens pools for messages.
package consumers

import (
	"context"
	"database/sql"

	"github.com/IBM/sarama"
	"github.com/nats-io/nats.go"
	amqp "github.com/rabbitmq/amqp091-go"
	"github.com/segmentio/kafka-go"
)

func connect(dsn string) (*sql.DB, error) { return sql.Open("mysql", dsn) }

type group struct{ dsn string }

func (g group) Setup(sarama.ConsumerGroupSession) error { return nil }

// ConsumeClaim opens a pool for each message of its loop.
func (g group) ConsumeClaim(s sarama.ConsumerGroupSession, c sarama.ConsumerGroupClaim) error {
	for m := range c.Messages() {
		db, err := connect(g.dsn) // want "a pool is opened for each message and left open.*poolperrequest/consumer"
		if err != nil {
			return err
		}
		_, _ = db.Exec("INSERT INTO t VALUES (?)", m.Value)
		s.MarkMessage(m, "")
	}
	return nil
}

type claims struct{ dsn string }

// ConsumeClaim opens one before the loop: one for each assignment.
func (g claims) ConsumeClaim(s sarama.ConsumerGroupSession, c sarama.ConsumerGroupClaim) error {
	db, err := connect(g.dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	for m := range c.Messages() {
		_, _ = db.Exec("INSERT INTO t VALUES (?)", m.Value)
	}
	return nil
}

type sharing struct{ db *sql.DB }

func (g sharing) ConsumeClaim(s sarama.ConsumerGroupSession, c sarama.ConsumerGroupClaim) error {
	for m := range c.Messages() {
		_, _ = g.db.Exec("INSERT INTO t VALUES (?)", m.Value)
	}
	return nil
}

// A loop of kafka-go.
func read(ctx context.Context, r *kafka.Reader, dsn string) error {
	for {
		m, err := r.ReadMessage(ctx)
		if err != nil {
			return err
		}
		db, err := connect(dsn) // want "a pool is opened for each message and left open.*poolperrequest/consumer"
		if err != nil {
			return err
		}
		_, _ = db.ExecContext(ctx, "INSERT INTO t VALUES (?)", m.Value)
	}
}

// The loop calls what opens.
func readHelped(ctx context.Context, r *kafka.Reader, dsn string) error {
	for {
		m, err := r.FetchMessage(ctx)
		if err != nil {
			return err
		}
		if err := save(ctx, dsn, m.Value); err != nil { // want "a pool is opened for each message and left open.*poolperrequest/consumer"
			return err
		}
	}
}

func save(ctx context.Context, dsn string, v []byte) error {
	db, err := connect(dsn)
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "INSERT INTO t VALUES (?)", v)
	return err
}

// One pool for all messages.
func readShared(ctx context.Context, r *kafka.Reader, dsn string) error {
	db, err := connect(dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	for {
		m, err := r.ReadMessage(ctx)
		if err != nil {
			return err
		}
		_, _ = db.ExecContext(ctx, "INSERT INTO t VALUES (?)", m.Value)
	}
}

// What a loop does on its way out runs once.
func readThen(ctx context.Context, r *kafka.Reader, dsn string) (*sql.DB, error) {
	for {
		if _, err := r.ReadMessage(ctx); err != nil {
			return connect(dsn)
		}
	}
}

// Callbacks of NATS.
func subscribe(nc *nats.Conn, dsn string) error {
	_, err := nc.Subscribe("users", func(m *nats.Msg) {
		db, err := connect(dsn) // want "a pool is opened for each message and left open.*poolperrequest/consumer"
		if err == nil {
			_, _ = db.Exec("INSERT INTO t VALUES (?)", m.Data)
		}
	})
	return err
}

// A declared one.
func natsMessage(m *nats.Msg) {
	db, err := connect("tcp(db)/app") // want "a pool is opened for each message and left open.*poolperrequest/consumer"
	if err == nil {
		_, _ = db.Exec("INSERT INTO t VALUES (?)", m.Data)
	}
}

// One pool for all messages.
func subscribeShared(nc *nats.Conn, dsn string) error {
	db, err := connect(dsn)
	if err != nil {
		return err
	}
	_, err = nc.Subscribe("users", func(m *nats.Msg) {
		_, _ = db.Exec("INSERT INTO t VALUES (?)", m.Data)
	})
	return err
}

// Deliveries of AMQP.
func deliveries(ds <-chan amqp.Delivery, dsn string) error {
	for d := range ds {
		db, err := connect(dsn) // want "a pool is opened for each message and left open.*poolperrequest/consumer"
		if err != nil {
			return err
		}
		_, _ = db.Exec("INSERT INTO t VALUES (?)", d.Body)
	}
	return nil
}

// A function for each delivery.
func delivery(d amqp.Delivery) error {
	db, err := connect("tcp(db)/app") // want "a pool is opened for each message and left open.*poolperrequest/consumer"
	if err != nil {
		return err
	}
	_, err = db.Exec("INSERT INTO t VALUES (?)", d.Body)
	return err
}

// A select, one case of which takes messages.
func selected(ctx context.Context, ds <-chan amqp.Delivery, dsn string) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case d := <-ds:
			if err := save(ctx, dsn, d.Body); err != nil { // want "a pool is opened for each message and left open.*poolperrequest/consumer"
				return err
			}
		}
	}
}

// A goroutine for each message.
func spawned(ds <-chan amqp.Delivery, dsn string) {
	for d := range ds {
		go func() {
			_ = save(context.Background(), dsn, d.Body) // want "a pool is opened.*poolperrequest/(consumer|goroutine)"
		}()
	}
}
