package rt

import (
	"bytes"
	"encoding/json"
	"io"
	"runtime"
	"runtime/debug"
	"slices"
	"time"
)

// Why a program was cut.
const (
	Hangs = "hangs"  // it waits for what only it could do
	NoEnd = "no end" // it computes without end
)

const (
	tick     = 20 * time.Millisecond
	patience = 4 // ticks without any move are a hang
	maxHeap  = 2 << 30
)

// Main explores the programs from number first on and prints a Result for each
// as soon as it is known. A program whose runs take longer than longest cannot
// be stopped: Main returns behind it, and the caller goes on with the next one in
// a process of its own.
func Main(out io.Writer, maxRuns, first int, longest time.Duration) {
	debug.SetMaxStack(64 << 20)
	slices.SortFunc(programs, func(a, b Program) int { return a.ID - b.ID })
	enc := json.NewEncoder(out)
	w := &watch{longest: longest}
	for _, p := range programs {
		if p.ID < first {
			continue
		}
		res := w.explore(p, maxRuns)
		enc.Encode(res)
		if res.Dropped == NoEnd {
			return
		}
	}
}

// A watch cuts programs that do not come to an end: the goroutine of one that
// waits for ever is left behind.
type watch struct {
	longest time.Duration
	left    [][]byte // headers of the stacks of such goroutines
}

func (w *watch) explore(p Program, maxRuns int) Result {
	done := make(chan Result, 1)
	go func() { done <- p.explore(maxRuns) }()
	ticks := time.NewTicker(tick)
	defer ticks.Stop()
	start := time.Now()
	var before []byte
	still := 0
	for {
		select {
		case res := <-done:
			return res
		case <-ticks.C:
		}
		id, stack := w.waiting()
		if stack == nil || !bytes.Equal(stack, before) {
			before, still = stack, 0
			if time.Since(start) > w.longest || heap() > maxHeap {
				return Result{ID: p.ID, Dropped: NoEnd}
			}
			continue
		}
		if still++; still == patience {
			w.left = append(w.left, id)
			return Result{ID: p.ID, Dropped: Hangs}
		}
	}
}

// waiting is the goroutine that explores, and its stack, if it waits.
func (w *watch) waiting() (id, stack []byte) {
	buf := make([]byte, 1<<20)
	buf = buf[:runtime.Stack(buf, true)]
	for g := range bytes.SplitSeq(buf, []byte("\n\n")) {
		id, rest, _ := bytes.Cut(g, []byte(" ["))
		state, stack, _ := bytes.Cut(rest, []byte("]"))
		if !bytes.Contains(stack, []byte("rt.Program.explore(")) ||
			slices.ContainsFunc(w.left, func(old []byte) bool { return bytes.Equal(old, id) }) {
			continue
		}
		for _, moves := range []string{"running", "runnable", "sleep", "GC", "syscall", "preempted", "copystack"} {
			if bytes.HasPrefix(state, []byte(moves)) {
				return nil, nil
			}
		}
		return id, stack
	}
	return nil, nil
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
