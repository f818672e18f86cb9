package fakeserver

import (
	"net"
	"slices"
	"sync"
	"time"
)

// TB is what [Start] needs of a testing.TB.
type TB interface {
	Helper()
	Fatalf(format string, args ...any)
	Cleanup(func())
}

// A Server is a server that runs until it is closed. Its methods may be used by
// several goroutines.
type Server struct {
	listener *net.TCPListener
	tls      *certificate // nil: not offered
	done     chan struct{}
	running  sync.WaitGroup

	mu       sync.Mutex
	config   Config
	sessions []*session // that have a slot, by id
	counters counters
	seen     []account // that have logged in
	connects int
	commands []Command
	closed   bool
}

// Start starts a server, which is closed when the test ends.
func Start(t TB, c Config) *Server {
	t.Helper()
	s := &Server{config: c.withDefaults(), done: make(chan struct{})}
	if c.TLS != NoTLS {
		var err error
		if s.tls, err = newCertificate(); err != nil {
			t.Fatalf("certificate of the fake server: %v", err)
		}
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatalf("fake server: %v", err)
	}
	s.listener = l.(*net.TCPListener)
	s.counters.start(&s.config)
	s.running.Go(s.accept)
	t.Cleanup(s.Close)
	return s
}

// Addr returns the host and port that the server listens on.
func (s *Server) Addr() string { return s.listener.Addr().String() }

// DSN returns a data source name for github.com/go-sql-driver/mysql, to which
// parameters can be added after a question mark.
func (s *Server) DSN(user, password string) string {
	return user + ":" + password + "@tcp(" + s.Addr() + ")/"
}

// Close ends all sessions and frees the port. More calls do nothing.
func (s *Server) Close() {
	s.mu.Lock()
	if !s.closed {
		s.closed = true
		close(s.done)
		s.listener.Close()
	}
	s.mu.Unlock()
	s.running.Wait()
}

// Update changes the configuration while the server runs. That does not end any
// session. What a session found at its login stays as it was.
func (s *Server) Update(change func(c *Config)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.config)
	s.config = s.config.withDefaults()
	s.counters.rise(s.live())
}

// SetFault makes the server fail from now on, or with the zero Fault no more.
func (s *Server) SetFault(f Fault) { s.Update(func(c *Config) { c.Fault = f }) }

// Sessions returns how many clients are connected, without [Config.Threads].
func (s *Server) Sessions() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.sessions)
}

// KillIdle ends the sessions of a user that do nothing, as wait_timeout does, and
// returns how many those were. The user "" is all.
func (s *Server) KillIdle(user string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, c := range s.sessions {
		if c.loggedIn && c.command == sleeping && !c.expired && (user == "" || c.user == user) {
			c.expired = true
			c.conn.SetReadDeadline(time.Unix(1, 0))
			n++
		}
	}
	return n
}

// accept serves clients until the server is closed.
func (s *Server) accept() {
	for {
		conn, err := s.listener.AcceptTCP()
		if err != nil {
			return
		}
		s.mu.Lock()
		s.connects++
		s.mu.Unlock()
		s.running.Go(func() { s.serve(conn) })
	}
}

// serve serves a client, in a slot if there is one.
func (s *Server) serve(conn *net.TCPConn) {
	ended := make(chan struct{})
	defer close(ended)
	s.running.Go(func() {
		select {
		case <-s.done:
		case <-ended:
		}
		conn.Close()
	})
	c := newSession(s, conn)
	if !s.enter(c) {
		c.refuseEarly()
		return
	}
	defer s.leave(c)
	c.serve()
}

// enter gives a session a slot and an id, if there is still a slot.
func (s *Server) enter(c *session) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	// The slot for administrators is taken by whoever comes: it is not known yet
	// who that is.
	if s.full() {
		s.counters.refusedEarly(s.config.Personality)
		return false
	}
	c.id = s.counters.admit()
	s.sessions = append(s.sessions, c)
	s.counters.rise(s.live())
	return true
}

// leave frees the slot of a session, unless it did so before.
func (s *Server) leave(c *session) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c.left {
		return
	}
	c.left = true
	s.sessions = slices.DeleteFunc(s.sessions, func(other *session) bool { return other == c })
	s.counters.dismiss(c, s.number("thread_cache_size"))
}

// full reports whether more slots are taken than everybody may have. 0 is no
// limit, but on TiDB only.
func (s *Server) full() bool {
	limit := s.number("max_connections")
	return limit > 0 && s.live() > limit
}

// live counts the slots that are taken.
func (s *Server) live() int {
	n := len(s.sessions)
	for _, t := range s.config.Threads {
		n += t.slots()
	}
	return n
}
