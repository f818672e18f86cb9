package fakeserver

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"net"
	"time"
)

// A certificate is one that signs itself.
type certificate struct {
	tls  tls.Certificate
	x509 *x509.Certificate
}

// newCertificate returns a certificate for the loopback interface.
func newCertificate() (*certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		SerialNumber:          big.NewInt(1),
		Subject:               pkix.Name{CommonName: "fakeserver"},
		NotBefore:             time.Now().Add(-time.Hour),
		NotAfter:              time.Now().Add(24 * time.Hour),
		IsCA:                  true,
		BasicConstraintsValid: true,
		DNSNames:              []string{"localhost"},
		IPAddresses:           []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return nil, err
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	return &certificate{tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, parsed}, nil
}

// CertPool returns what a client has to trust to connect with TLS; nil if the
// server does not offer that.
func (s *Server) CertPool() *x509.CertPool {
	if s.tls == nil {
		return nil
	}
	pool := x509.NewCertPool()
	pool.AddCert(s.tls.x509)
	return pool
}

// encrypt makes the connection one with TLS.
func (c *session) encrypt() error {
	if f, ok := c.strikes(OnTLS, ""); ok {
		switch f.Do {
		case Refuse:
			c.write(reply{f.Err.packet()}.encode(c.sequence))
		default:
			c.fail(f, nil)
		}
		return errFault
	}
	conn := tls.Server(c.tcp, &tls.Config{Certificates: []tls.Certificate{c.server.tls.tls}})
	if err := conn.Handshake(); err != nil {
		return err
	}
	c.conn, c.encrypted = conn, true
	return nil
}
