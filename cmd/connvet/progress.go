package main

import (
	"fmt"
	"io"
	"sync"
	"time"
)

// progressDelay is how long a person waits without wondering.
const progressDelay = time.Second

// A progress tells a person at a terminal what takes so long.
type progress struct {
	w     io.Writer
	begin time.Time
	quit  chan struct{}
	done  sync.WaitGroup

	mu   sync.Mutex
	text string
}

// startProgress returns a progress that shows nothing before delay has passed,
// and nothing ever if standard error is no terminal.
func startProgress(e *env, delay time.Duration) *progress {
	p := &progress{w: e.stderr, begin: time.Now(), quit: make(chan struct{})}
	if e.progress {
		p.done.Go(func() { p.loop(delay) })
	}
	return p
}

// phase says what is being done now.
func (p *progress) phase(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.text = text
}

// stop removes what is shown.
func (p *progress) stop() {
	close(p.quit)
	p.done.Wait()
}

// loop shows the phase at each tick.
func (p *progress) loop(every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	shown := false
	for {
		select {
		case <-p.quit:
			if shown {
				fmt.Fprint(p.w, "\r\x1b[K")
			}
			return
		case <-tick.C:
			p.mu.Lock()
			text := p.text
			p.mu.Unlock()
			fmt.Fprintf(p.w, "\r\x1b[Kconnvet: %s (%ds)", text, int(time.Since(p.begin).Seconds()))
			shown = true
		}
	}
}
