// Package metrics holds what collects metrics.
package metrics

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel/metric"
)

type exporter struct{}

func (e *exporter) Describe(ch chan<- *prometheus.Desc) {}

func (e *exporter) Collect(ch chan<- prometheus.Metric) { // entry: handler prometheus Collector for each scrape
	e.scrape(context.Background(), ch)
}

func (e *exporter) scrape(ctx context.Context, ch chan<- prometheus.Metric) error { return nil } // given: handler prometheus Collector for each scrape

func size() float64 { return 0 }

func gauges() {
	prometheus.NewGaugeFunc(prometheus.GaugeOpts{}, size) // registers: handler prometheus metric function for each scrape -> size
}

func observe(ctx context.Context, o metric.Observer) error { return nil } // entry: handler OpenTelemetry callback for each collection of metrics

func observeInt(ctx context.Context, o metric.Int64Observer) error { return nil } // entry: handler OpenTelemetry callback for each collection of metrics

func observable(ctx context.Context, o metric.Int64Observable) error { return nil }
