package poolcheck

import (
	"fmt"
	"strings"
	"time"

	"github.com/connvet/connvet/poolcheck/internal/count"
	"github.com/connvet/connvet/poolcheck/internal/server"
)

// peakHistory is C07.
func (j *judge) peakHistory() {
	peak, ok := j.s.Counter("Max_used_connections")
	if !ok {
		j.unread("Max_used_connections")
		return
	}
	limit, bounded := j.sum.max.Int()
	if !bounded {
		j.say(status(j.sum.max.IsUnlimited(), Pass, Unknown), "the peak was %d connections %s; the limit is %s", peak, j.since(), j.sum.max)
		return
	}
	v := j.say(Pass, "the peak was %d of %d connections (%d %%) %s", peak, limit, percent(peak, limit), j.since())
	v.numbers("max_used_connections", peak, "max_connections", limit)
	if n, ok := j.s.Counter("Connection_errors_max_connections"); ok {
		v.Numbers["connection_errors_max_connections"] = count.Of(n)
	}
	switch {
	case peak >= limit:
		v.Status = Error
		v.advise("the server has been full; once the cause is mended, FLUSH STATUS begins a new count")
	case peak*100 > limit*headroomPercent:
		v.Status = Warn
	}
}

// since says how old the counters are that FLUSH STATUS resets.
func (j *judge) since() string {
	seconds, ok := j.s.Counter("Uptime_since_flush_status")
	if !ok {
		if seconds, ok = j.s.Counter("Uptime"); !ok {
			return "since an unknown time"
		}
	}
	text := "in the last " + duration(seconds)
	if at := j.s.Status["max_used_connections_time"]; at != "" {
		text += " (at " + at + ")"
	}
	return text
}

// duration words a number of seconds.
func duration(seconds int64) string {
	if seconds >= 2*24*3600 {
		return fmt.Sprintf("%d days", seconds/(24*3600))
	}
	text := (time.Duration(seconds) * time.Second).String()
	for _, zero := range []string{"m0s", "h0m"} {
		if strings.HasSuffix(text, zero) {
			text = strings.TrimSuffix(text, zero[1:])
		}
	}
	return text
}

// status chooses a status.
func status(ok bool, yes, no Status) Status {
	if ok {
		return yes
	}
	return no
}

// refusedNow is C08.
func (j *judge) refusedNow() {
	refused, ok := j.s.Counter("Connection_errors_max_connections")
	if !ok {
		j.unread("Connection_errors_max_connections")
		return
	}
	peak, ok := j.s.Counter("Max_used_connections")
	limit, bounded := j.sum.max.Int()
	over := j.s.Flavour.IsMariaDB() && ok && bounded && peak > limit
	var v *Verdict
	switch {
	case refused > 0 && j.s.Flavour.IsMariaDB():
		v = j.say(Error, "the server refused at least %s %s; MariaDB does not count all of them", plural(refused, "client"), j.refusedSince())
	case refused > 0:
		v = j.say(Error, "the server refused %s %s", plural(refused, "client"), j.refusedSince())
	case over:
		v = j.say(Error, "the server refused clients, or people used its extra port: the peak of %d is above max_connections, and MariaDB does not count all that it refuses", peak)
	default:
		v = j.say(Pass, "the server counted no refused client %s", j.refusedSince())
	}
	v.numbers("connection_errors_max_connections", refused, "max_used_connections", peak)
	if n, ok := j.s.Delta("Connection_errors_max_connections"); ok && n > 0 {
		v.Numbers["within_window"] = count.Of(n)
		v.Message += fmt.Sprintf(", %d of them in the last %s", n, j.s.Window.Round(100*time.Millisecond))
	}
	if v.Status == Error {
		v.advise("see C01, C04, C17 and C18 for the cause")
	}
}

// refusedSince says how old the counter is: MySQL does not reset it with the
// others.
func (j *judge) refusedSince() string {
	name := "Uptime"
	if j.s.Flavour.IsMariaDB() {
		name = "Uptime_since_flush_status"
	}
	if seconds, ok := j.s.Counter(name); ok {
		return "in the last " + duration(seconds)
	}
	return "since it started"
}

// usePercent is how full a server may be.
const usePercent = 80

// currentUse is C09.
func (j *judge) currentUse() {
	n, ok := j.s.Counter("Threads_connected")
	if !ok {
		j.unread("Threads_connected")
		return
	}
	limit, bounded := j.sum.max.Int()
	if !bounded {
		j.say(status(j.sum.max.IsUnlimited(), Pass, Unknown), "%s now; the limit is %s", connections(count.Of(n)), j.sum.max)
		return
	}
	v := j.say(Pass, "%d of %d connections (%d %%) are in use now", n, limit, percent(n, limit))
	v.numbers("threads_connected", n, "max_connections", limit)
	if n*100 > limit*usePercent {
		v.Status = Warn
		if top := j.top(); top != "" {
			v.advise("most are of %s", top)
		}
	}
}

// top names the accounts with the most connections, "" if they cannot be seen.
func (j *judge) top() string {
	var names []string
	for _, a := range j.accounts() {
		if len(names) < 3 {
			names = append(names, fmt.Sprintf("%s (%d)", a.account, a.n))
		}
	}
	return strings.Join(names, ", ")
}

// cannotConnect is C10.
func (j *judge) cannotConnect() {
	err := j.b.Refused
	if err == nil {
		err = j.fault
	}
	switch {
	case j.exhausted != nil:
		v := j.say(Error, "the pool of the program yields no connection in time: %d of %d are in use", j.exhausted.InUse, j.exhausted.MaxOpenConnections)
		v.numbers("in_use", int64(j.exhausted.InUse), "max_open", int64(j.exhausted.MaxOpenConnections), "waited", j.exhausted.WaitCount)
		v.advise("look for connections that are never given back: connvet ./... reports them as connleak")
	case server.IsFull(err):
		v := j.say(Error, "the server is full now: it refuses connections with error 1040")
		if j.b.Refused == nil {
			v.advise("an account with CONNECTION_ADMIN, or the server's extra_port or admin_port, still gets in: give its DSN as POOLCHECK_ADMIN_DSN or -admin-dsn-file")
		}
	case server.IsAccountLimit(err):
		j.say(Error, "%s", server.Explain(err)).advise("see C11")
	case err != nil && j.s.Assumed != "":
		j.say(Warn, "%s: the figures are assumed", server.Explain(err))
	case err != nil:
		j.say(Unknown, "%s", server.Explain(err))
	case j.s.Assumed != "":
		j.say(Unknown, "no server was asked")
	default:
		j.say(Pass, "the server accepted a connection")
	}
}

// abortedPercent is how many clients may leave without a farewell.
const abortedPercent = 3

// abortedClients is C32.
func (j *judge) abortedClients() {
	aborted, ok := j.s.Counter("Aborted_clients")
	all, ok2 := j.s.Counter("Connections")
	if !ok || !ok2 {
		j.unread("Aborted_clients")
		return
	}
	v := j.say(Pass, "%d of %d connections ended without being closed", aborted, all)
	v.numbers("aborted_clients", aborted, "connections", all)
	switch {
	case aborted*100 > all*abortedPercent:
		v.Status = Warn
		v.advise("close pools before a process exits (defer db.Close()), and see C12 for connections that wait_timeout cuts")
	case j.flushed():
		v.Status, v.Needs = Unknown, "counters that began together"
		v.Message += ", but FLUSH STATUS reset the one and not the other"
	}
}

// flushed reports whether FLUSH STATUS has reset some of the counters.
func (j *judge) flushed() bool {
	up, ok := j.s.Counter("Uptime")
	since, ok2 := j.s.Counter("Uptime_since_flush_status")
	return ok && ok2 && since < up
}

// preparedPercent is how much of max_prepared_stmt_count may be in use.
const preparedPercent = 80

// risingTicks is in how many ticks of a watch in a row the number of prepared
// statements must grow to count as rising.
const risingTicks = 5

// preparedStatements is C35.
func (j *judge) preparedStatements() {
	n, ok := j.s.Counter("Prepared_stmt_count")
	limit, ok2 := j.s.Variable("max_prepared_stmt_count")
	if !ok || !ok2 {
		j.unread("Prepared_stmt_count")
		return
	}
	v := j.say(Pass, "%d of %d prepared statements are in use", n, limit)
	v.numbers("prepared_stmt_count", n, "max_prepared_stmt_count", limit)
	switch {
	case n > 0 && n >= limit:
		v.Status = Error
		v.Message += ": clients get error 1461"
	case n*100 > limit*preparedPercent:
		v.Status = Warn
		v.Message += ": at the limit clients get error 1461"
	case j.rising >= risingTicks:
		v.Status = Warn
		v.Message += fmt.Sprintf(", and their number rose %d times in a row", j.rising)
	}
	if v.Status != Pass {
		v.advise("find statements that are not closed: connvet ./... reports them as connleak/stmt")
	}
}
