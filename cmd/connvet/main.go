package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/connvet/connvet/analyzers"
	"github.com/connvet/connvet/internal/unit"
	"github.com/connvet/connvet/passes"
)

func main() {
	args := os.Args[1:]
	if unit.IsUnitInvocation(args) {
		unit.Main(unit.Config{Name: "connvet", Analyzers: analyzers.All(), Check: passes.CheckSettings, Gate: passes.Gate{}})
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, args, systemEnv())
	stop()
	os.Exit(code)
}
