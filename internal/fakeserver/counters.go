package fakeserver

import (
	"strconv"
	"time"
)

// The counters are what SHOW GLOBAL STATUS tells of sessions.
type counters struct {
	connections   uint64 // and the id of the last one
	peak          int
	peakTime      time.Time
	refused       int // Connection_errors_max_connections
	aborted       int // Aborted_connects
	abortedEarly  int // of these, those that never said who they are
	abortedClient int // sessions that ended without COM_QUIT
	created       int // threads
	cached        int
	questions     int
	started       time.Time
	flushed       time.Time
}

// start sets the counters as a server has them that just began.
func (n *counters) start(c *Config) {
	n.started = time.Now()
	n.flushed = n.started
	n.peakTime = n.started
	n.connections = 3
	if c.Personality == MySQL {
		n.connections = 7 // its own threads have ids, too
	}
	for _, t := range c.Threads {
		n.rise(n.peak + t.slots())
	}
}

// admit counts a session and returns its id.
func (n *counters) admit() uint64 {
	n.connections++
	if n.cached > 0 {
		n.cached--
	} else {
		n.created++
	}
	return n.connections
}

// rise notes how many sessions there are.
func (n *counters) rise(live int) {
	if live > n.peak {
		n.peak, n.peakTime = live, time.Now()
	}
}

// refusedEarly counts a client that is not even greeted.
func (n *counters) refusedEarly(p Personality) {
	n.refused++
	if p == MariaDB {
		n.aborted++
	}
}

// dismiss counts the end of a session.
func (n *counters) dismiss(c *session, cacheSize int) {
	switch {
	case !c.loggedIn:
		n.aborted++
		if c.user == "" {
			n.abortedEarly++
		}
	case !c.quit:
		n.abortedClient++
	}
	n.cached = min(n.cached+1, cacheSize)
}

// flush is FLUSH STATUS, which on MariaDB also forgets who was refused.
func (n *counters) flush(p Personality, live int) {
	n.peak, n.peakTime, n.flushed = live, time.Now(), time.Now()
	n.abortedClient = 0
	if p == MariaDB {
		n.refused, n.aborted, n.abortedEarly = 0, 0, 0
	}
}

// status returns the status variables.
func (s *Server) status() map[string]string {
	n := &s.counters
	numbers := map[string]int{
		"Aborted_clients":                   n.abortedClient,
		"Aborted_connects":                  n.aborted,
		"Connection_errors_accept":          0,
		"Connection_errors_internal":        0,
		"Connection_errors_max_connections": n.refused,
		"Connections":                       int(n.connections),
		"Max_used_connections":              n.peak,
		"Prepared_stmt_count":               0,
		"Questions":                         n.questions,
		"Threads_cached":                    n.cached,
		"Threads_connected":                 s.live(),
		"Threads_created":                   n.created,
		"Threads_running":                   s.active(),
		"Uptime":                            int(time.Since(n.started).Seconds()),
		"Uptime_since_flush_status":         int(time.Since(n.flushed).Seconds()),
	}
	if s.config.Personality == MariaDB {
		numbers["Aborted_connects_preauth"] = n.abortedEarly
		numbers["Slaves_connected"] = 0
		numbers["wsrep_cluster_size"] = 0
	}
	values := make(map[string]string, len(numbers))
	for name, v := range numbers {
		values[name] = strconv.Itoa(v)
	}
	if s.config.Personality == MySQL {
		values["Max_used_connections_time"] = n.peakTime.UTC().Format(time.DateTime)
	}
	return s.config.overlay(values, s.config.Status)
}

// active counts the sessions that do something.
func (s *Server) active() int {
	n := 0
	for _, c := range s.sessions {
		if c.command == querying {
			n++
		}
	}
	if s.config.Personality == MySQL {
		n++ // a thread of its own
	}
	for _, t := range s.config.Threads {
		if t.command() == querying {
			n += t.slots()
		}
	}
	return n
}
