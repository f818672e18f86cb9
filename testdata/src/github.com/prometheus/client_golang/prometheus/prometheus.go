// Package prometheus is a stub of github.com/prometheus/client_golang/prometheus: real signatures, no bodies.
package prometheus

import (
	"stub"
)

type Desc struct{}

type Metric interface {
	Desc() *Desc
}

type Collector interface {
	Describe(chan<- *Desc)
	Collect(chan<- Metric)
}

type Opts struct {
	Name string
}

type GaugeOpts Opts

type GaugeFunc interface {
	Metric
	Collector
}

func NewGaugeFunc(opts GaugeOpts, function func() float64) GaugeFunc { return stub.Any[GaugeFunc]() }
