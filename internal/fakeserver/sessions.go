package fakeserver

import (
	"cmp"
	"maps"
	"net"
	"slices"
	"time"

	"github.com/connvet/connvet/internal/fakeserver/minisql"
)

// An entry is a line of the list of sessions.
type entry struct {
	id          uint64
	user, host  string // with the port
	database    string
	command     string
	seconds     int
	state, info string
	tx          bool
	attrs       [][2]string
}

// systemUser is whose sessions a server's own are.
const systemUser = "system user"

// firstOther is the first id of the sessions in Config.Threads.
const firstOther = 1_000_000

// command returns what the thread does.
func (t Thread) command() string { return cmp.Or(t.Command, sleeping) }

// slots returns how many slots the thread takes: the server's own take none.
func (t Thread) slots() int {
	if t.command() == "Daemon" || t.User == systemUser || t.User == "event_scheduler" {
		return 0
	}
	return max(t.N, 1)
}

// entries returns all sessions, with MySQL's own.
func (s *Server) entries() []entry {
	var all []entry
	if s.config.Personality == MySQL {
		up := int(time.Since(s.counters.started).Seconds())
		all = append(all,
			entry{id: 5, user: "event_scheduler", host: "localhost", command: "Daemon", seconds: up, state: "Waiting on empty queue"},
			entry{id: 6, user: systemUser, command: "Daemon", seconds: up, state: "Suspending"})
	}
	for _, c := range s.sessions {
		all = append(all, c.entry())
	}
	id := uint64(firstOther)
	for _, t := range s.config.Threads {
		for range max(t.N, 1) {
			e := entry{id: id, user: t.User, host: t.Host, database: t.DB, command: t.command(), seconds: t.Seconds, tx: t.Tx}
			for _, name := range slices.Sorted(maps.Keys(t.Attrs)) {
				e.attrs = append(e.attrs, [2]string{name, t.Attrs[name]})
			}
			all = append(all, e)
			id++
		}
	}
	return all
}

// entry returns the session's line.
func (c *session) entry() entry {
	e := entry{
		id: c.id, user: "unauthenticated user", host: net.JoinHostPort(c.host, c.port),
		command: c.command, seconds: int(time.Since(c.since).Seconds()), info: c.info,
		database: c.database, tx: c.changed, attrs: c.attrs,
	}
	if c.loggedIn {
		e.user = c.user
	}
	if c.command == querying {
		e.state = "executing"
	}
	return e
}

// processlist lists the sessions that the session sees: all with PROCESS,
// otherwise those of its account. One list of MySQL has a thread more.
func (c *session) processlist(performanceSchema bool) *minisql.Table {
	t := &minisql.Table{Columns: []string{"ID", "USER", "HOST", "DB", "COMMAND", "TIME", "STATE", "INFO"}}
	for _, e := range c.server.entries() {
		own := c.personality == MySQL && e.user == systemUser && e.command == "Daemon"
		if e.user != c.user && !c.may("PROCESS") || own && !performanceSchema {
			continue
		}
		t.Rows = append(t.Rows, rowOf(e.id, e.user, e.host, orNull(e.database), e.command, e.seconds, e.state, orNull(e.info)))
	}
	return t
}

// threads lists the threads of all sessions, whoever asks.
func (c *session) threads([]string) *minisql.Table {
	t := &minisql.Table{Columns: []string{"THREAD_ID", "TYPE", "PROCESSLIST_ID", "PROCESSLIST_USER", "PROCESSLIST_HOST", "PROCESSLIST_COMMAND", "PROCESSLIST_TIME"}}
	for _, e := range c.server.entries() {
		host, _, err := net.SplitHostPort(e.host)
		if err != nil {
			host = e.host
		}
		t.Rows = append(t.Rows, rowOf(1000+e.id, "FOREGROUND", e.id, e.user, orNull(host), e.command, e.seconds))
	}
	return t
}

func (c *session) innodbTrx([]string) *minisql.Table {
	t := &minisql.Table{Columns: []string{"trx_id", "trx_state", "trx_mysql_thread_id"}}
	for _, e := range c.server.entries() {
		if e.tx {
			t.Rows = append(t.Rows, rowOf(1000+e.id, "RUNNING", e.id))
		}
	}
	return t
}

func (c *session) connectAttrs([]string) *minisql.Table {
	t := &minisql.Table{Columns: []string{"PROCESSLIST_ID", "ATTR_NAME", "ATTR_VALUE", "ORDINAL_POSITION"}}
	for _, e := range c.server.entries() {
		for i, a := range e.attrs {
			t.Rows = append(t.Rows, rowOf(e.id, a[0], a[1], i))
		}
	}
	return t
}

// An account is a user on a host that has logged in.
type account struct {
	user, host string
	total      int
}

// see notes that a session has logged in.
func (s *Server) see(c *session) {
	i := slices.IndexFunc(s.seen, func(a account) bool { return a.user == c.user && a.host == c.host })
	if i < 0 {
		i = len(s.seen)
		s.seen = append(s.seen, account{user: c.user, host: c.host})
	}
	s.seen[i].total++
}

// accounts counts sessions by account. The first row, without a user, is of the
// server itself.
func (c *session) accounts([]string) *minisql.Table {
	t := &minisql.Table{Columns: []string{"USER", "HOST", "CURRENT_CONNECTIONS", "TOTAL_CONNECTIONS"}}
	t.Rows = append(t.Rows, rowOf(nil, nil, 30, 38))
	seen := slices.Clone(c.server.seen)
	current := make(map[account]int)
	for _, e := range c.server.entries() {
		if e.user == systemUser || e.user == "unauthenticated user" {
			continue
		}
		host, _, err := net.SplitHostPort(e.host)
		if err != nil {
			host = e.host
		}
		key := account{user: e.user, host: host}
		if !slices.ContainsFunc(seen, func(a account) bool { return a.user == key.user && a.host == key.host }) {
			seen = append(seen, account{e.user, host, 1})
		}
		current[key]++
	}
	for _, a := range seen {
		n := current[account{user: a.user, host: a.host}]
		t.Rows = append(t.Rows, rowOf(a.user, a.host, n, max(a.total, n)))
	}
	return t
}
