package fakeserver

import (
	"encoding/binary"
	"slices"
)

// Capabilities of clients and servers.
const (
	longPassword    = 1 << 0 // that of MySQL; MariaDB's clients know by it what they talk to
	foundRows       = 1 << 1
	longFlag        = 1 << 2
	connectWithDB   = 1 << 3
	protocol41      = 1 << 9
	useTLS          = 1 << 11
	transactions    = 1 << 13
	secureConn      = 1 << 15
	multiResults    = 1 << 17
	pluginAuth      = 1 << 19
	connectAttrs    = 1 << 20
	prefixedAuth    = 1 << 21
	deprecateEOF    = 1 << 24
	mariadbMetadata = 1 << 4 // among MariaDB's own
)

const offered = foundRows | longFlag | connectWithDB | protocol41 | transactions | secureConn |
	multiResults | pluginAuth | connectAttrs | prefixedAuth | deprecateEOF

// greeting returns the packet that begins a session.
func (c *session) greeting() []byte {
	version := c.visible(true)["version"]
	capabilities, own := uint32(offered|longPassword), uint32(0)
	if c.personality == MariaDB {
		version = "5.5.5-" + version // so that old replicas accept it
		capabilities, own = offered, mariadbMetadata
	}
	if c.server.tls != nil {
		capabilities |= useTLS
	}
	b := append([]byte{10}, version+"\x00"...)
	b = binary.LittleEndian.AppendUint32(b, uint32(c.id))
	b = append(append(b, c.nonce[:8]...), 0)
	b = binary.LittleEndian.AppendUint16(b, uint16(capabilities))
	b = append(b, 45, 2, 0) // utf8mb4, autocommit
	b = binary.LittleEndian.AppendUint16(b, uint16(capabilities>>16))
	b = append(b, byte(len(c.nonce)+1), 0, 0, 0, 0, 0, 0)
	b = binary.LittleEndian.AppendUint32(b, own)
	b = append(append(b, c.nonce[8:]...), 0)
	return append(b, c.plugin()+"\x00"...)
}

// plugin returns the way to log in that the server asks for.
func (c *session) plugin() string {
	if c.personality == MariaDB {
		return nativePassword
	}
	return cachingSHA2
}

// A login is what a client says of itself.
type login struct {
	user, proof, database, plugin string
	attrs                         [][2]string
}

// readLogin reads a client's answer to the greeting, with the TLS handshake if
// the client asks for that.
func (c *session) readLogin() (*login, error) {
	data, err := c.readPacket()
	if err != nil {
		return nil, err
	}
	f := &fields{data: data}
	c.capabilities = f.uint32() & (offered | longPassword | useTLS)
	f.bytes(4 + 1 + 19) // the longest packet, character set, filler
	own := f.uint32()
	c.cacheMetadata = c.personality == MariaDB && c.capabilities&longPassword == 0 && own&mariadbMetadata != 0
	if len(f.data) == 0 && c.capabilities&useTLS != 0 {
		if c.encrypted || c.server.tls == nil {
			return nil, errMalformed
		}
		if err := c.encrypt(); err != nil {
			return nil, err
		}
		return c.readLogin()
	}
	l := &login{user: f.terminated(), proof: f.prefixed()}
	if c.capabilities&connectWithDB != 0 {
		l.database = f.terminated()
	}
	if c.capabilities&pluginAuth != 0 {
		l.plugin = f.terminated()
	}
	if c.capabilities&connectAttrs != 0 {
		all := &fields{data: []byte(f.prefixed())}
		for len(all.data) > 0 {
			l.attrs = append(l.attrs, [2]string{all.prefixed(), all.prefixed()})
		}
		f.short = f.short || all.short
	}
	if f.short || c.capabilities&protocol41 == 0 {
		return nil, errMalformed
	}
	return l, nil
}

// switchPlugin asks the client to log in the server's way.
func (c *session) switchPlugin(l *login) error {
	request := append([]byte{0xfe}, c.plugin()+"\x00"...)
	request = append(append(request, c.nonce...), 0)
	if err := c.write(reply{request}.encode(c.sequence)); err != nil {
		return err
	}
	proof, err := c.readPacket()
	l.proof = string(proof)
	return err
}

// admit checks who logs in. It returns nil or why the client may not.
func (c *session) admit(l *login) *Error {
	s := c.server
	s.mu.Lock()
	defer s.mu.Unlock()
	c.user = l.user
	account, ok := s.config.Users[l.user]
	if !ok || account.IsRole || !proves(c.plugin(), l.proof, account.Password, c.nonce) {
		return c.accessDenied(l)
	}
	c.account = account
	if s.config.TLS == RequiresTLS && !c.encrypted {
		if c.personality == MariaDB {
			return c.accessDenied(l)
		}
		return newError(3159, "HY000", "Connections using insecure transport are prohibited while --require_secure_transport=ON.")
	}
	if s.full() && !c.may("SUPER", "CONNECTION_ADMIN", "CONNECTION ADMIN") {
		if c.personality == MySQL {
			s.counters.refused++
		}
		return TooManyConnections
	}
	if err := c.checkLimit(); err != nil {
		return err
	}
	if l.database != "" {
		if err := c.use(l.database); err != nil {
			return err
		}
	}
	c.attrs = l.attrs
	c.loggedIn = true
	c.adopt()
	s.see(c)
	return nil
}

func (c *session) accessDenied(l *login) *Error {
	using := "YES"
	if l.proof == "" {
		using = "NO"
	}
	return newError(1045, "28000", "Access denied for user '%s'@'%s' (using password: %s)", l.user, c.host, using)
}

// checkLimit checks how many sessions the account has. A limit of its own wins
// over the server's, which does not hold for administrators of MariaDB.
func (c *session) checkLimit() *Error {
	s := c.server
	n := 1
	for _, other := range s.sessions {
		if other.loggedIn && other.user == c.user {
			n++
		}
	}
	for _, t := range s.config.Threads {
		if t.User == c.user {
			n += t.slots()
		}
	}
	limit := s.number("max_user_connections")
	switch own := c.account.MaxUserConnections; {
	case own > 0 && n > own:
		return newError(1226, "42000", "User '%s' has exceeded the 'max_user_connections' resource (current value: %d)", c.user, own)
	case own > 0, limit == 0, n <= limit, c.personality == MariaDB && c.may("SUPER", "CONNECTION ADMIN"):
		return nil
	}
	return newError(1203, "42000", "User %s already has more than 'max_user_connections' active connections", c.user)
}

// use makes a database the session's own.
func (c *session) use(database string) *Error {
	switch {
	case !c.mayUse(database):
		return newError(1044, "42000", "Access denied for user '%s'@'%s' to database '%s'", c.user, c.account.Host, database)
	case !slices.Contains(c.server.config.Databases, database) && !slices.Contains(systemSchemas, database):
		return newError(1049, "42000", "Unknown database '%s'", database)
	}
	c.database = database
	return nil
}
