package unit_test

import (
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
)

func TestIdentity(t *testing.T) {
	p := newProject(t, "")
	p.id = "hash"
	exe, _ := os.Executable()
	cmd := exec.Command(exe, "-V=full")
	cmd.Env = append(os.Environ(), envTool+"=hash")
	out, err := cmd.Output()
	fields := strings.Fields(string(out))
	if err != nil || len(fields) != 5 || fields[0] != "toy" || len(fields[4]) != len("buildID=")+64 {
		t.Errorf("-V=full: %q, %v", out, err)
	}
	if r := p.vet("unicode/utf8"); r != (result{}) {
		t.Errorf("cmd/go does not accept the identity: %+v", r)
	}
}

// Each process pays for what packages do at start.
func TestNoInit(t *testing.T) {
	exe, _ := os.Executable()
	cmd := exec.Command(exe, "-flags")
	cmd.Env = append(os.Environ(), envTool+"=init", "GODEBUG=inittrace=1")
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "init runtime @") {
		t.Fatalf("%v\n%s", err, out)
	}
	for line := range strings.Lines(string(out)) {
		if strings.HasPrefix(line, "init github.com/connvet/connvet/") && !strings.HasPrefix(line, "init github.com/connvet/connvet/internal/unit_test ") {
			t.Error(line)
		}
		if strings.HasPrefix(line, "init encoding/gob ") {
			t.Error("gob is linked in again")
		}
	}
}

func TestSelection(t *testing.T) {
	p := newProject(t, chain)
	all := strconv.Itoa(strings.Count(p.vet("./...").stderr, "opens"))
	for _, test := range []struct{ flags, want string }{
		{"-open", all},
		{"-open=true -shaky", all},
		{"-shaky", "0"},
		{"-open=false", "0"},
		{"-shaky=false", all},
	} {
		r := p.vet(append(strings.Fields(test.flags), "./...")...)
		if got := strconv.Itoa(strings.Count(r.stderr, "opens")); got != test.want {
			t.Errorf("%s: %s findings, want %s\n%s", test.flags, got, test.want, r.stderr)
		}
	}
	if r := p.vet("-open.verbose", "./..."); !strings.Contains(r.stderr, "verbosely: ") {
		t.Errorf("-open.verbose: %s", r.stderr)
	}
}
