// Package cron is a stub of github.com/robfig/cron/v3: real signatures, no bodies.
package cron

import (
	"time"

	"stub"
)

type Job interface {
	Run()
}

type FuncJob func()

func (f FuncJob) Run() {}

type EntryID int

type Schedule interface {
	Next(time.Time) time.Time
}

type Cron struct{}

func (c *Cron) AddFunc(spec string, cmd func()) (EntryID, error) {
	return stub.Any[EntryID](), stub.Any[error]()
}

func (c *Cron) AddJob(spec string, cmd Job) (EntryID, error) {
	return stub.Any[EntryID](), stub.Any[error]()
}

func (c *Cron) Schedule(schedule Schedule, cmd Job) EntryID { return stub.Any[EntryID]() }
