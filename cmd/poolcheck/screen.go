package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/connvet/connvet/poolcheck"
)

// A screen shows the reports of a watch: on a terminal each in the place of the
// one before, elsewhere one line for each.
type screen struct {
	e     *env
	color bool
	every time.Duration
	shown bool
}

func newScreen(e *env, s *settings) *screen {
	return &screen{e: e, color: s.colors(e), every: s.watch}
}

// show shows a report.
func (s *screen) show(r *poolcheck.Report, now time.Time) {
	if !s.e.terminal {
		fmt.Fprintf(s.e.stdout, "%s %s\n", now.Format(time.RFC3339), printable(counters(r)))
		return
	}
	t := &textWriter{color: s.color}
	t.report(r)
	text := fmt.Sprintf("every %v: %s\n%s\n\n%s", s.every, now.Format(time.TimeOnly), t.bar(r), t.out.String())
	if !s.shown {
		fmt.Fprint(s.e.stdout, "\x1b[?25l\x1b[2J") // no cursor, nothing on the screen
		s.shown = true
	}
	// Each line is cleared to its end as it is written, and what is left below
	// after the last: nothing flickers.
	fmt.Fprint(s.e.stdout, "\x1b[H"+strings.ReplaceAll(text, "\n", "\x1b[K\n")+"\x1b[J")
}

// end leaves the terminal as it was.
func (s *screen) end() {
	if s.shown {
		fmt.Fprint(s.e.stdout, "\x1b[?25h")
	}
}

// counters writes the live counters against the budget in one line.
func counters(r *poolcheck.Report) string {
	l := &r.Live
	text := fmt.Sprintf("connected %s of %s, running %s, peak %s, refused %s, budget %s to %s",
		l.Connected, r.Demand.Limit, l.Running, l.Peak, l.Refused, r.Demand.Steady, r.Demand.Peak)
	if n, ok := l.New.Int(); ok && l.WindowMS > 0 {
		text += fmt.Sprintf(", %.1f new/s", float64(n)*1000/float64(l.WindowMS))
	}
	text += fmt.Sprintf(", prepared %s: %s", l.Prepared, r.Summary)
	return text
}

// barWidth is the width of the bar in characters.
const barWidth = 50

// bar draws how full the server is and below it the counters.
func (t *textWriter) bar(r *poolcheck.Report) string {
	l := &r.Live
	n, ok := l.Connected.Int()
	limit, ok2 := r.Demand.Limit.Int()
	if !ok || !ok2 || limit == 0 {
		return counters(r)
	}
	filled := min(int(n*barWidth/limit), barWidth)
	code := styles[poolcheck.Pass]
	switch {
	case n >= limit:
		code = styles[poolcheck.Error]
	case n*100 > limit*80:
		code = styles[poolcheck.Warn]
	}
	bar := t.style(code, strings.Repeat("#", filled)) + strings.Repeat(".", barWidth-filled)
	rate := ""
	if n, ok := l.New.Int(); ok && l.WindowMS > 0 {
		rate = fmt.Sprintf("  new %.1f/s", float64(n)*1000/float64(l.WindowMS))
	}
	return fmt.Sprintf("connected  [%s] %s of %s\nrunning %s  peak %s  refused %s%s  prepared statements %s",
		bar, l.Connected, r.Demand.Limit, l.Running, l.Peak, l.Refused, rate, l.Prepared)
}
