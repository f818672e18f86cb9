package poolcheck

import (
	"fmt"
	"time"

	"github.com/connvet/connvet/poolcheck/internal/count"
)

// waitTimeout is how long the server lets a session idle, in seconds; unknown if
// it could not be read.
func (j *judge) waitTimeout() Count {
	if j.s.Session.Known && j.s.Session.WaitTimeout > 0 {
		return count.Of(j.s.Session.WaitTimeout)
	}
	if n, ok := j.s.Variable("wait_timeout"); ok {
		return count.Of(n)
	}
	return count.Unknown
}

// middlebox is how long what is in between lets a connection idle.
func (j *judge) middlebox() time.Duration {
	if j.b.Middlebox > 0 {
		return j.b.Middlebox
	}
	return DefaultMiddlebox
}

// lifetime is C12.
func (j *judge) lifetime() {
	before := len(j.verdicts)
	wait := j.waitTimeout()
	j.eachPool(func(p *poolLoad) { j.livesTooLong(p, wait) })
	if len(j.verdicts) == before && len(j.loads) > 0 {
		j.say(Pass, "each pool gives connections up before the server or a middlebox cuts them")
	}
}

// livesTooLong judges one pool.
func (j *judge) livesTooLong(p *poolLoad, wait Count) {
	if !p.wait.IsUnlimited() {
		wait = p.wait // the DSN asks for one of its own
	}
	cut, who := j.middlebox(), "firewalls and load balancers may"
	if n, ok := wait.Int(); ok && n > 0 && time.Duration(n)*time.Second < cut {
		cut, who = time.Duration(n)*time.Second, "the server (wait_timeout) will"
	}
	limit := count.Of(cut.Milliseconds())
	life, known := p.life.Int()
	if p.life.IsUnknown() {
		v := j.say(Unknown, "%s: how long its connections live is not known", p.label()).at(p)
		if p.decl == nil {
			v.Needs = "-max-lifetime"
		}
		return
	}
	if known && life < cut.Milliseconds() {
		return
	}
	text := "for ever"
	if known {
		text = "for " + duration(life/1000)
	}
	v := j.say(Warn, "%s keeps connections %s, but %s cut those that idle for %s", p.label(), text, who, duration(int64(cut/time.Second))).at(p)
	v.numbers("lifetime_ms", p.life, "cut_ms", limit, "wait_timeout_s", wait)
	if !p.liveness {
		v.Status = Error
		v.Message += "; with checkConnLiveness=false the next query then fails"
	}
	v.advise("bound the lifetime well below it")
	v.Paste = fmt.Sprintf("db.SetConnMaxLifetime(%s)", lifetimeBelow(cut))
}

// lifetimeBelow writes a lifetime that is well below a timeout, as a Go
// expression: three minutes, as the driver's documentation has it, or less.
func lifetimeBelow(cut time.Duration) string {
	switch d := min(3*time.Minute, cut*3/4); {
	case d >= time.Minute:
		return fmt.Sprintf("%d * time.Minute", int64(d/time.Minute))
	case d >= time.Second:
		return fmt.Sprintf("%d * time.Second", int64(d/time.Second))
	default:
		return fmt.Sprintf("%d * time.Millisecond", max(int64(d/time.Millisecond), 1))
	}
}

// Bounds of wait_timeout in seconds.
const (
	hugeWait  = 28800
	shortWait = 30
)

// waitTimeoutHuge is C13.
func (j *judge) waitTimeoutHuge() {
	wait, ok := j.s.Variable("wait_timeout") // that of all, not of this session
	if !ok {
		j.unread("wait_timeout")
		return
	}
	v := j.say(Pass, "the server closes connections that idle for %s", duration(wait))
	v.numbers("wait_timeout_s", wait)
	if wait < hugeWait {
		return
	}
	v.Status = Info
	v.Message = fmt.Sprintf("the server keeps idle connections for %s", duration(wait))
	v.advise("60 to 300 s suit services; it applies to new sessions, and an idle transaction is rolled back (C14)")
	if why := j.idleHeavy(); why != "" {
		v.Status = Warn
		v.Message += ", and " + why
	}
}

// idleHeavy says why many connections may idle, "" if that is not to be seen.
func (j *judge) idleHeavy() string {
	why := ""
	j.eachPool(func(p *poolLoad) {
		if p.total.IsUnlimited() {
			why = p.label() + " has no limit"
		}
	})
	if why != "" || j.s.Threads.Missing != nil {
		return why
	}
	j.eachUser(func(user string, loads []*load) {
		threads, missing := j.threadsOf(user)
		if missing != nil {
			return
		}
		if _, settled, _ := sleeping(threads); settled > 0 {
			if exceeds, _ := count.Of(settled).Exceeds(idleOf(loads)); exceeds {
				why = fmt.Sprintf("account %s has %d that idle", user, settled)
			}
		}
	})
	return why
}

// waitTimeoutShort is C14.
func (j *judge) waitTimeoutShort() {
	wait, ok := j.waitTimeout().Int()
	if !ok {
		j.unread("wait_timeout")
		return
	}
	before := len(j.verdicts)
	const advice = "raise wait_timeout to 60 s or more, or keep transactions shorter"
	if wait < shortWait {
		j.say(Warn, "the server closes connections that idle for %s, and rolls their transactions back", duration(wait)).
			numbers("wait_timeout_s", wait).advise(advice)
	}
	for _, l := range j.loads {
		shortest := wait
		for i, p := range l.pools {
			own, ok := p.wait.Int() // its DSN asks for one of its own
			if !ok {
				own = wait
			}
			if shortest = min(shortest, own); i == 0 {
				shortest = own
			}
			if own < shortWait && own < wait {
				j.say(Warn, "the DSN of %s has the server close connections that idle for %s, and roll their transactions back", p.label(), duration(own)).
					at(p).numbers("wait_timeout_s", own).advise(advice)
			}
		}
		if l.LongestTx > 0 && l.LongestTx >= time.Duration(shortest)*time.Second {
			v := j.say(Warn, "%s leaves transactions idle for up to %s: the server rolls them back after %s", l.name, l.LongestTx, duration(shortest))
			v.Service = l.Name
			v.numbers("longest_s", int64(l.LongestTx/time.Second), "wait_timeout_s", shortest)
		}
	}
	if len(j.verdicts) == before {
		j.say(Pass, "a transaction may idle for %s", duration(wait)).numbers("wait_timeout_s", wait)
	}
}

// interactiveTimeout is C15.
func (j *judge) interactiveTimeout() {
	n, ok := j.s.Variable("interactive_timeout")
	if !ok {
		j.unread("interactive_timeout")
		return
	}
	j.say(Info, "interactive_timeout is %s; Go's sessions use wait_timeout instead", duration(n)).numbers("interactive_timeout_s", n)
}

// Ages of an idle transaction in seconds.
const (
	oldTx  = 10
	lostTx = 60
)

// idleTransactions is C16.
func (j *judge) idleTransactions() {
	switch {
	case j.s.Assumed != "" || !j.s.Session.Known:
		j.say(Unknown, "transactions could not be read")
		return
	case j.s.IdleTx.Missing != nil:
		j.hidden("idle transactions", j.s.IdleTx.Missing)
		return
	}
	var old, oldest int64
	user := ""
	for _, tx := range j.s.IdleTx.Value {
		if tx.Seconds > oldTx {
			old++
		}
		if tx.Seconds >= oldest {
			oldest, user = tx.Seconds, tx.User
		}
	}
	if old == 0 {
		j.say(Pass, "no transaction idles for more than %d s", oldTx).numbers("idle_transactions", int64(len(j.s.IdleTx.Value)), "oldest_s", oldest)
		return
	}
	v := j.say(status(oldest > lostTx, Error, Warn), "%s for more than %d s, the oldest for %s (account %s)", idling(old), oldTx, duration(oldest), user)
	v.numbers("idle_transactions", old, "oldest_s", oldest)
	v.Account = user
	v.advise("somebody began a transaction and neither committed nor rolled back: connvet ./... reports such places as connleak/tx")
}

// idling words a number of idle transactions.
func idling(n int64) string {
	if n == 1 {
		return "1 transaction idles"
	}
	return fmt.Sprintf("%d transactions idle", n)
}
