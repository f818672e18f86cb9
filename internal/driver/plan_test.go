package driver

import (
	"fmt"
	"strings"
	"testing"
)

// As long as everything loads, the user's own patterns are passed on; else
// packages by name, in as many commands as it takes.
func TestBatches(t *testing.T) {
	l := new(listing)
	for i := range 1000 {
		l.packages = append(l.packages, &Package{ImportPath: fmt.Sprintf("example.com/%s/p%d", strings.Repeat("x", 50), i)})
	}
	p := newPlan([]string{"./..."}, l)
	if got := p.batches(); len(got) != 1 || len(got[0]) != 1 || got[0][0] != "./..." {
		t.Errorf("all packages load, but the arguments are %v", got)
	}
	p.drop(l.packages[7], "for a test")
	seen := make(map[string]bool)
	for _, batch := range p.batches() {
		size := 0
		for _, path := range batch {
			size += len(path) + 1
			seen[path] = true
		}
		if size > maxArgs {
			t.Errorf("a command has %d bytes of arguments", size)
		}
	}
	if len(seen) != 999 || seen[l.packages[7].ImportPath] {
		t.Errorf("%d packages are analysed; the dropped one: %t", len(seen), seen[l.packages[7].ImportPath])
	}
	if got := newPlan(nil, new(listing)).batches(); got != nil {
		t.Errorf("without targets there are commands: %v", got)
	}
}
