package oracle

import (
	"fmt"
	"os"
	"strconv"
	"testing"
)

func TestShow(t *testing.T) {
	n, _ := strconv.Atoi(os.Getenv("SEED"))
	c, _ := newChecker()
	p := Generate(int64(n))
	if err := c.repair(p); err != nil {
		t.Fatal(err)
	}
	fmt.Println(p.Tags)
	s, _ := p.render(executed, n)
	fmt.Println(s)
	e, _ := newExecutor("/tmp/orx")
	r, err := e.run(t.Context(), []*Program{p})
	fmt.Printf("%+v %v\n", r, err)
}
