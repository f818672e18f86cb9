package oracle

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"
)

func TestScratch(t *testing.T) {
	n, _ := strconv.Atoi(os.Getenv("N"))
	from, _ := strconv.Atoi(os.Getenv("FROM"))
	c, _ := newChecker()
	e, err := newExecutor("/tmp/orx")
	if err != nil {
		t.Fatal(err)
	}
	var ps []*Program
	for seed := range int64(n) {
		p := Generate(seed + int64(from))
		if err := c.repair(p); err != nil {
			t.Fatal(err)
		}
		ps = append(ps, p)
	}
	t0 := time.Now()
	res, err := e.run(context.Background(), ps)
	fmt.Println(time.Since(t0))
	if err != nil {
		t.Fatal(err)
	}
	drops := map[string]int{}
	leaky, runs := 0, 0
	ex := map[string]int{}
	kinds := map[string]int{}
	hist := map[int]int{}
	hsum := map[int]int{}
	for i, r := range res {
		runs += r.Runs
		b := 1
		for b < r.Runs {
			b *= 2
		}
		hist[b]++
		hsum[b] += r.Runs
		if r.Dropped != "" {
			drops[r.Dropped]++
			ex[r.Dropped] = i
			continue
		}
		if len(r.Leaks) > 0 {
			leaky++
		}
		for _, l := range r.Leaks {
			kinds[l.Kind]++
			if l.Maybe {
				kinds[l.Kind+"?"]++
			}
		}
		if len(r.Deferred) > 0 {
			kinds["deferred"]++
		}
		_ = i
	}
	fmt.Println(leaky, runs, drops, kinds)
	fmt.Println(hist, hsum)
	for d, i := range ex {
		if d != "more runs than allowed" {
			s, _ := ps[i].render(executed, i)
			fmt.Println(d, s)
		}
	}
}
