package poolcheck_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"testing"

	"github.com/go-sql-driver/mysql"
)

// dsnOfSecond makes this program another process that holds a connection.
const dsnOfSecond = "CONNVET_TEST_SECOND_PROCESS"

// process holds a connection in another process.
func process(user string) step {
	return func(s *stage) {
		s.Helper()
		s.ensure(user)
		cmd := exec.Command(os.Args[0], "-test.run=^TestSecondProcess$")
		cmd.Env = append(os.Environ(), dsnOfSecond+"="+s.dsn(user, user))
		cmd.Stderr = os.Stderr
		in, err1 := cmd.StdinPipe()
		out, err2 := cmd.StdoutPipe()
		if err := errors.Join(err1, err2, cmd.Start()); err != nil {
			s.Fatal(err)
		}
		s.Cleanup(func() {
			in.Close()
			io.Copy(io.Discard, out)
			if err := cmd.Wait(); err != nil {
				s.Errorf("the second process: %v", err)
			}
		})
		if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "connected\n" {
			s.Fatalf("the second process says %q, %v", line, err)
		}
	}
}

// TestSecondProcess is no test but the other process.
func TestSecondProcess(t *testing.T) {
	dsn := os.Getenv(dsnOfSecond)
	if dsn == "" {
		t.Skip("only for other tests")
	}
	db, err := mysql.MySQLDriver{}.Open(dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	fmt.Println("connected")
	io.Copy(io.Discard, os.Stdin)
}
