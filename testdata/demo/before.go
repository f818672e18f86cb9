package main

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
)

const (
	// The service is deployed so that the new process starts before the old one
	// ends.
	poolcheck    = "poolcheck -manifest pools.json -instances 1 -surge 1 -user shop"
	writePools   = "connvet pools -json ./... >pools.json"
	requests     = 300
	clients      = 32
	settle       = 2 * time.Second // poolcheck does not count those that idle for less than one
	maxTries     = 20
	maxRounds    = 4
	pollInterval = 100 * time.Millisecond
)

// fill sends requests until the server is full.
func (d *demo) fill() error {
	d.say("A bookshop. Its server is MariaDB %s and allows %d connections.", d.server.Version, maxConnections)
	if _, err := d.run(0, "go install ."); err != nil {
		return err
	}
	if err := d.start(); err != nil {
		return err
	}
	output, err := d.run(1, d.load())
	if err == nil && !strings.Contains(output, "Error 1040") {
		err = errors.New("nobody met error 1040")
	}
	return err
}

// load is the command that sends requests.
func (d *demo) load() string {
	url := "http://" + d.service.addr
	return fmt.Sprintf("load -n %d -c %d %s/offers/Emma %s/books/9780141439587 %s/authors/Jane%%20Austen", requests, clients, url, url, url)
}

// nameLeak runs connvet.
func (d *demo) nameLeak() error {
	d.say("connvet reads the source and names the leak.")
	output, err := d.run(3, "connvet ./...")
	if err == nil && strings.Count(output, "[connleak/") != 1 {
		err = errors.New("connvet does not find exactly one leak")
	}
	return err
}

// namePool runs connvet pools.
func (d *demo) namePool() error {
	d.say("These are the pools that it opens.")
	output, err := d.run(0, "connvet pools ./...")
	if err == nil && (strings.Count(output, "sql.Open") != 1 || !strings.Contains(output, " unlimited ")) {
		err = errors.New("connvet pools does not list one pool without a limit")
	}
	return err
}

// lookAtServer runs poolcheck while the server is full.
func (d *demo) lookAtServer() error {
	d.say("poolcheck compares them with the server, and looks at it. The leaked connections\n" +
		"are still held: the service's account is refused, an administrator gets in.")
	if _, err := d.run(0, writePools); err != nil {
		return err
	}
	d.sleep(settle)
	output, err := d.run(3, poolcheck)
	if err != nil {
		return err
	}
	return holds(output,
		`(?m)^does not fit: the pool at main\.go:\d+ has no limit`,
		`(?m)^error +C04 unbounded-pool`,
		`(?m)^error +C10 cannot-connect: the server is full now`,
		`(?m)^error +C17 sleepers: account shop has \d+ idle connections`,
	)
}

// holds reports an error if the output lacks something.
func holds(output string, patterns ...string) error {
	for _, p := range patterns {
		if !regexp.MustCompile(p).MatchString(output) {
			return fmt.Errorf("the output has nothing like %s", p)
		}
	}
	return nil
}
