// Shopd is a sample service to try connvet on: a shop with a MySQL database,
// some of whose code loses connections in the ways in which services do. It is
// analysed, never run, so no driver is imported.
package main

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"time"

	"example.com/shop/handlers"
	"example.com/shop/store"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := serve(ctx, os.Getenv("SHOP_ADDR"), os.Getenv("SHOP_DSN")); err != nil {
		slog.Error("shopd", "err", err)
		os.Exit(1)
	}
}

// serve answers requests until ctx is cancelled.
func serve(ctx context.Context, addr, dsn string) error {
	db, err := connect(ctx, dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	s, err := store.New(ctx, db)
	if err != nil {
		return err
	}
	defer s.Close()

	server := &http.Server{Addr: addr, Handler: handlers.New(s)}
	context.AfterFunc(ctx, func() { server.Shutdown(context.WithoutCancel(ctx)) })
	go sweep(ctx, s)
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// sweep gives back what nobody paid for, once a minute.
func sweep(ctx context.Context, s *store.Store) {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if err := s.Sweep(ctx); err != nil {
			slog.Warn("sweep", "err", err)
		}
	}
}
