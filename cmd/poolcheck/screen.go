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

// Escape sequences. Without wrapping a line of text is one of the screen, so
// that all of it can be drawn over.
const (
	screenStart = "\x1b[?25l\x1b[?7l\x1b[2J" // no cursor, no wrapping, nothing on the screen
	screenHome  = "\x1b[H"
	lineRest    = "\x1b[K" // clears to the end of the line
	screenRest  = "\x1b[J" // clears what is below
	screenEnd   = "\x1b[?7h\x1b[?25h"
)

// show shows a report. Each line is cleared to its end as it is written, and what
// is left below after the last, so that nothing flickers.
func (s *screen) show(r *poolcheck.Report, now time.Time) {
	if !s.e.terminal {
		fmt.Fprintf(s.e.stdout, "%s %s\n", now.Format(time.RFC3339), printable(counters(r)))
		return
	}
	if !s.shown {
		fmt.Fprint(s.e.stdout, screenStart)
		s.shown = true
	}
	t := &textWriter{color: s.color}
	t.watched(r, fmt.Sprintf("%s, every %v; Ctrl-C ends", now.Format(time.TimeOnly), s.every))
	fmt.Fprint(s.e.stdout, screenHome+strings.ReplaceAll(t.out.String(), "\n", lineRest+"\n")+screenRest)
}

// end leaves the terminal as it was.
func (s *screen) end() {
	if s.shown {
		fmt.Fprint(s.e.stdout, screenEnd)
	}
}

// maxWatched is how many verdicts are shown: what is below the screen's last
// line cannot be drawn over.
const maxWatched = 12

// watched writes a report for a screen.
func (t *textWriter) watched(r *poolcheck.Report, when string) {
	t.line("%s", t.style(styleBold, printable(prefix(r)+r.Summary)))
	t.line("%s", t.style(styleDim, printable(subject(r))+"  "+when))
	t.line("")
	t.bar("connected", r.Live.Connected, r.Demand.Limit)
	t.bar("budget", r.Demand.Steady, r.Demand.Limit)
	t.bar("at most", r.Demand.Peak, r.Demand.Limit)
	t.line("")
	t.line("%s", printable(rest(&r.Live)))
	t.line("")
	n := 0
	for i := range r.Verdicts {
		v := &r.Verdicts[i]
		if v.Status != poolcheck.Error && v.Status != poolcheck.Warn && (v.Status != poolcheck.Unknown || v.Needs != "") {
			continue
		}
		if n++; n <= maxWatched {
			t.headline(v)
		}
	}
	if n > maxWatched {
		t.line("and %d more: run poolcheck without -watch", n-maxWatched)
	}
}

// barWidth is the width of a bar in characters.
const barWidth = 50

// bar draws a share of a limit.
func (t *textWriter) bar(title string, of, limit poolcheck.Count) {
	text := fmt.Sprintf("%s of %s", of, limit)
	n, ok := of.Int()
	most, ok2 := limit.Int()
	if !ok || !ok2 || most == 0 {
		t.line("%-10s %s", title, text)
		return
	}
	code := styles[poolcheck.Pass]
	switch {
	case n > most || n == most && title == "connected":
		code = styles[poolcheck.Error]
	case n*100 > most*80:
		code = styles[poolcheck.Warn]
	}
	filled := int(min(n*barWidth/most, barWidth))
	t.line("%-10s [%s%s] %s", title, t.style(code, strings.Repeat("#", filled)), strings.Repeat(".", barWidth-filled), text)
}

// rest writes the live counters that have no bar.
func rest(l *poolcheck.Live) string {
	text := fmt.Sprintf("running %s, peak %s, refused %s", l.Running, l.Peak, l.Refused)
	if n, ok := l.New.Int(); ok && l.WindowMS > 0 {
		text += fmt.Sprintf(", new %.1f/s", float64(n)*1000/float64(l.WindowMS))
	}
	return text + fmt.Sprintf(", aborted %s, prepared statements %s", l.Aborted, l.Prepared)
}

// counters writes the live counters against the budget in one line.
func counters(r *poolcheck.Report) string {
	return fmt.Sprintf("connected %s of %s, budget %s to %s, %s: %s",
		r.Live.Connected, r.Demand.Limit, r.Demand.Steady, r.Demand.Peak, rest(&r.Live), r.Summary)
}
