package fakeserver

import (
	"errors"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"time"
)

// What a session does, as a list of sessions says it.
const (
	connecting = "Connect"
	sleeping   = "Sleep"
	querying   = "Query"
)

// A session is one client's.
type session struct {
	server        *Server
	personality   Personality
	tcp           *net.TCPConn
	conn          net.Conn // the same, or TLS over it
	encrypted     bool
	nonce         []byte
	capabilities  uint32
	cacheMetadata bool // that the client wants to hear that columns are described
	sequence      byte // of the next packet
	host, port    string

	// The rest is guarded by the server's mutex.
	id        uint64
	user      string
	account   User
	attrs     [][2]string
	database  string
	variables map[string]string
	loggedIn  bool
	quit      bool
	expired   bool // was idle for too long
	left      bool // has no slot any more
	inTx      bool
	changed   bool // something, within the transaction
	command   string
	info      string // the statement that runs
	since     time.Time
	received  int // commands
	matched   int // of these, those that Fault.Match is about
}

func newSession(s *Server, conn *net.TCPConn) *session {
	host, port, _ := net.SplitHostPort(conn.RemoteAddr().String())
	s.mu.Lock()
	defer s.mu.Unlock()
	return &session{
		server: s, personality: s.config.Personality, tcp: conn, conn: conn, nonce: newNonce(),
		host: host, port: port, command: connecting, since: time.Now(),
	}
}

// refuseEarly turns a client away that has no slot.
func (c *session) refuseEarly() {
	c.write(reply{TooManyConnectionsEarly.packet()}.encode(0))
}

// serve greets a client, lets it log in and answers it until one of both has
// enough.
func (c *session) serve() {
	if c.deliver(OnAccept, "", reply{c.greeting()}) != nil {
		return
	}
	l, err := c.readLogin()
	if err == nil && l.plugin != c.plugin() {
		err = c.switchPlugin(l)
	}
	if err != nil {
		return
	}
	if refusal := c.admit(l); refusal != nil {
		// Whoever has read the refusal finds it counted.
		c.server.leave(c)
		c.deliver(OnLogin, "", reply{refusal.packet()})
		return
	}
	c.idle()
	welcome := reply{c.okPacket(0)}
	if c.plugin() == cachingSHA2 && l.proof != "" {
		welcome = reply{{1, 3}, welcome[0]} // the password is known
	}
	if c.deliver(OnLogin, "", welcome) != nil {
		return
	}
	for c.next() == nil {
	}
}

// idle notes that the session does nothing from now on, and for how long it may.
func (c *session) idle() {
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	c.command, c.info, c.since = sleeping, "", time.Now()
	if seconds, err := strconv.Atoi(c.variables["wait_timeout"]); err == nil && !c.expired {
		c.conn.SetReadDeadline(time.Now().Add(time.Duration(seconds) * time.Second))
	}
}

// errQuit says that the client is done.
var errQuit = errors.New("the client quits")

// Commands of the protocol.
var commandNames = map[byte]string{1: "Quit", 2: "Init DB", 3: "Query", 14: "Ping", 31: "Reset connection"}

// next answers one command. The answer is sent when the session is idle already,
// so that whoever has read it does not find it running.
func (c *session) next() error {
	data, err := c.readPacket()
	if err != nil {
		c.farewell(err)
		return err
	}
	if len(data) == 0 {
		return errMalformed
	}
	name, ok := commandNames[data[0]]
	if !ok {
		name = "Command " + strconv.Itoa(int(data[0]))
	}
	text := string(data[1:])
	c.record(name, text)
	if name == "Quit" {
		return errQuit
	}
	answer := c.answer(name, text)
	c.idle()
	return c.deliver(OnCommand, text, answer)
}

// farewell ends a session that was idle for too long, if that is what the error
// says: MySQL tells the client, MariaDB resets the connection.
func (c *session) farewell(err error) {
	switch {
	case !errors.Is(err, os.ErrDeadlineExceeded):
	case c.personality == MariaDB:
		c.tcp.SetLinger(0)
	default:
		c.write(reply{newError(4031, "HY000", "The client was disconnected by the server because of inactivity. "+
			"See wait_timeout and interactive_timeout for configuring this behavior.").packet()}.encode(0))
	}
}

// answer answers a command.
func (c *session) answer(name, text string) reply {
	switch name {
	case "Query":
		return c.query(text)
	case "Ping":
		return reply{c.okPacket(0)}
	case "Init DB":
		c.server.mu.Lock()
		defer c.server.mu.Unlock()
		if err := c.use(text); err != nil {
			return reply{err.packet()}
		}
		return reply{c.okPacket(0)}
	case "Reset connection":
		c.server.mu.Lock()
		defer c.server.mu.Unlock()
		c.inTx, c.changed = false, false
		c.adopt()
		return reply{c.okPacket(0)}
	}
	return reply{newError(1047, "08S01", "Unknown command").packet()}
}

// record notes what the client sends.
func (c *session) record(name, text string) {
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	s.commands = append(s.commands, Command{c.id, name, text})
	c.quit = name == "Quit"
	if c.quit {
		return
	}
	c.received++
	if m := s.config.Fault.Match; m != "" && strings.Contains(text, m) {
		c.matched++
	}
	if name == "Query" {
		s.counters.questions++
		c.command, c.info, c.since = querying, text, time.Now()
	}
}

func (c *session) write(data []byte) error {
	_, err := c.conn.Write(data)
	return err
}

// hang waits until the client or the server has enough.
func (c *session) hang() {
	c.conn.SetReadDeadline(time.Time{})
	io.Copy(io.Discard, c.conn)
}
