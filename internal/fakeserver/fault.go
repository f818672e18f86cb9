package fakeserver

import (
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

// A Fault is something that goes wrong for all clients. The zero Fault is none.
type Fault struct {
	At Stage
	// N is the command, counted on each connection from 1, at which it goes
	// wrong; 0 is each. Match restricts the commands to those whose text has it.
	N     int
	Match string

	Do    Action
	Err   *Error        // for Refuse
	Delay time.Duration // for Slow
	Seed  uint64        // for Garbage and GarbagePacket
}

// A Stage is when something is answered.
type Stage uint8

// The stages.
const (
	OnAccept  Stage = iota + 1 // in place of the greeting
	OnTLS                      // in place of the TLS handshake
	OnLogin                    // in place of the answer to a login
	OnCommand                  // in place of the answer to a command
)

// An Action is what a server does in place of its answer.
type Action uint8

// The actions. All but Refuse at a command, WrongSequence and Slow are the last that a
// client hears of the session.
const (
	Refuse        Action = iota + 1 // answers Err
	Silence                         // says nothing, and keeps the connection
	Close                           // closes the connection
	Reset                           // the same, but rudely
	Cut                             // closes the connection in the middle of the answer
	CutReset                        // the same, but rudely
	Garbage                         // answers random bytes
	GarbagePacket                   // answers a packet with random bytes in it
	WrongSequence                   // answers packets with wrong numbers
	AbsurdLength                    // announces a packet of 16 MB, sends its beginning and waits
	AbsurdCount                     // answers that there are more columns than can be
	Slow                            // answers one byte after each Delay
)

// The refusals of a server that is full, before and after it has greeted.
var (
	TooManyConnectionsEarly = &Error{1040, "", "Too many connections"}
	TooManyConnections      = &Error{1040, "08004", "Too many connections"}
)

// Faults of servers and accounts that have too many connections.
var (
	FullEarly    = Fault{At: OnAccept, Do: Refuse, Err: TooManyConnectionsEarly}
	Full         = Fault{At: OnLogin, Do: Refuse, Err: TooManyConnections}
	AccountFull  = Fault{At: OnLogin, Do: Refuse, Err: &Error{1226, "42000", "User 'app' has exceeded the 'max_user_connections' resource (current value: 3)"}}
	AccountsFull = Fault{At: OnLogin, Do: Refuse, Err: &Error{1203, "42000", "User app already has more than 'max_user_connections' active connections"}}
)

// errFault says that a fault ended the session.
var errFault = errors.New("fault")

// strikes returns the server's fault if it is time for it.
func (c *session) strikes(at Stage, text string) (Fault, bool) {
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.config.Fault
	if f.At != at {
		return f, false
	}
	if at != OnCommand {
		return f, true
	}
	n := c.received
	if f.Match != "" {
		n = c.matched
	}
	return f, strings.Contains(text, f.Match) && (f.N == 0 || f.N == n)
}

// deliver sends an answer, or what a fault makes of it. An error ends the
// session.
func (c *session) deliver(at Stage, text string, answer reply) error {
	f, ok := c.strikes(at, text)
	if !ok {
		if err := c.write(answer.encode(c.sequence)); err != nil || !c.closes(answer) {
			return err
		}
		return errFault
	}
	if f.Do == Refuse {
		answer = reply{f.Err.packet()}
	}
	data := answer.encode(c.sequence)
	switch f.Do {
	case Refuse:
		if err := c.write(data); err != nil || at == OnCommand && !c.closes(answer) {
			return err
		}
	case WrongSequence:
		return c.write(answer.encode(c.sequence + 7))
	case Slow:
		return c.trickle(data, f.Delay)
	default:
		c.fail(f, data)
	}
	return errFault
}

// closing has the numbers of errors after which servers close the connection.
var closing = []uint16{1053, 1184, 1927, 4031}

// closes reports whether a server that sends an answer closes the connection.
func (c *session) closes(answer reply) bool {
	last := answer[len(answer)-1]
	return last[0] == 0xff && slices.Contains(closing, binary.LittleEndian.Uint16(last[1:]))
}

// fail does what is the last that a client hears of the session. The connection
// is closed by the caller.
func (c *session) fail(f Fault, answer []byte) {
	random := rand.New(rand.NewPCG(f.Seed, 0))
	switch f.Do {
	case Silence:
		c.hang()
	case Cut, CutReset:
		c.write(answer[:len(answer)/2])
	case Garbage:
		c.write(noise(random, 256))
	case GarbagePacket:
		c.write(reply{noise(random, 1+random.IntN(64))}.encode(c.sequence))
	case AbsurdLength:
		c.write([]byte{0xfe, 0xff, 0xff, c.sequence, 1, 2, 3})
		c.hang()
	case AbsurdCount:
		c.write(reply{appendLength(nil, 1<<62)}.encode(c.sequence))
	}
	if f.Do == Reset || f.Do == CutReset {
		c.tcp.SetLinger(0)
	}
}

// noise returns random bytes, always the same ones for a seed.
func noise(random *rand.Rand, n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(random.Uint32())
	}
	return b
}

// trickle writes one byte after each delay.
func (c *session) trickle(data []byte, delay time.Duration) error {
	for i := range data {
		select {
		case <-time.After(delay):
		case <-c.server.done:
			return errFault
		}
		if err := c.write(data[i : i+1]); err != nil {
			return err
		}
	}
	return nil
}
