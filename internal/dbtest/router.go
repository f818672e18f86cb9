package dbtest

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// RunRouter starts MySQL Router in front of a MySQL server, with connections that
// its clients share, and returns its address. Clients must use TLS, as sharing
// wants it, with a certificate that nobody vouches for. It skips the test if the
// router is not among the unpacked packages.
func RunRouter(tb TB, s *Server) (addr string) {
	tb.Helper()
	root := os.Getenv(mysqlRoot)
	path := filepath.Join(root, "usr", "bin", "mysqlrouter")
	if _, err := os.Stat(path); root == "" || err != nil {
		tb.Skipf("MySQL Router is %v: it is looked for in %s", ErrNotInstalled, mysqlRoot)
	}
	dir := filepath.Join(s.Dir, "router")
	addr, err := configureRouter(dir, root, s.Addr)
	if err != nil {
		tb.Fatalf("MySQL Router: %v", err)
	}
	p, err := start(routerCmd(root, path, filepath.Join(dir, "router.conf")))
	if err != nil {
		tb.Fatalf("MySQL Router: %v", err)
	}
	tb.Cleanup(func() {
		if err := p.stop(10 * time.Second); err != nil {
			tb.Logf("MySQL Router: %v", err)
		}
	})
	if err := awaitPort(addr, p); err != nil {
		log, _ := os.ReadFile(filepath.Join(dir, "mysqlrouter.log"))
		tb.Fatalf("MySQL Router: %v\n%s", err, tail(log))
	}
	return addr
}

// routerCmd returns the command that runs the router with the dynamic loader
// that came with it.
func routerCmd(root, path, config string) *exec.Cmd {
	usr := filepath.Join(root, "usr")
	loader := glob(filepath.Join(usr, "lib64", "ld-*.so.*"), filepath.Join(usr, "lib", "ld-*.so.*"))
	libraries := glob(filepath.Join(usr, "lib", "*-linux-*"), filepath.Join(usr, "lib", "mysql", "private"), filepath.Join(usr, "lib", "mysql-router"))
	args := append(loader[:1:1], "--library-path", strings.Join(libraries, ":"), path, "-c", config)
	return exec.Command(args[0], args[1:]...)
}

// configureRouter writes the files of a router in front of a server and chooses
// its address.
func configureRouter(dir, root, server string) (addr string, err error) {
	if err := os.Mkdir(dir, 0o700); err != nil {
		return "", err
	}
	if err := writeCertificate(dir); err != nil {
		return "", err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	plugins := filepath.Join(root, "usr", "lib", "mysqlrouter", "plugin")
	config := fmt.Sprintf(`[DEFAULT]
plugin_folder=%[1]s
runtime_folder=%[2]s
data_folder=%[2]s
logging_folder=%[2]s
[routing:test]
bind_address=127.0.0.1
bind_port=%[3]s
destinations=%[4]s
routing_strategy=first-available
client_ssl_mode=PREFERRED
client_ssl_cert=%[2]s/cert.pem
client_ssl_key=%[2]s/key.pem
server_ssl_mode=PREFERRED
connection_sharing=1
`, plugins, dir, port, server)
	return l.Addr().String(), os.WriteFile(filepath.Join(dir, "router.conf"), []byte(config), 0o600)
}

// writeCertificate writes a certificate and its key.
func writeCertificate(dir string) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "router"}, NotAfter: time.Now().Add(24 * time.Hour)}
	cert, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return err
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	for name, block := range map[string]*pem.Block{"cert.pem": {Type: "CERTIFICATE", Bytes: cert}, "key.pem": {Type: "PRIVATE KEY", Bytes: der}} {
		if err := os.WriteFile(filepath.Join(dir, name), pem.EncodeToMemory(block), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// awaitPort waits until somebody listens at an address, or the process has
// ended.
func awaitPort(addr string, p *process) error {
	ctx, cancel := context.WithTimeout(context.Background(), startTimeout)
	defer cancel()
	for {
		if conn, err := net.Dial("tcp", addr); err == nil {
			return conn.Close()
		}
		select {
		case <-p.done:
			return fmt.Errorf("it ended: %v", p.err)
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}
