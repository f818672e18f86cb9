package poolcheck

import (
	"cmp"
	"fmt"

	"github.com/connvet/connvet/poolcheck/internal/count"
	"github.com/connvet/connvet/poolcheck/internal/server"
)

// threadsOf lists the sessions of an account, or says why they are not visible.
func (j *judge) threadsOf(user string) ([]server.Threads, *server.Missing) {
	if m := j.s.Threads.Missing; m != nil {
		return nil, m
	}
	if !j.own(user) && !j.s.SeesAll() {
		m := j.s.IdleTx.Missing // which needs PROCESS, too
		return nil, cmp.Or(m, &server.Missing{Why: "the account lacks PROCESS"})
	}
	var list []server.Threads
	for _, t := range j.s.Threads.Value {
		if t.User == user {
			list = append(list, t)
		}
	}
	return list, nil
}

// notThreads says why sessions are not judged where there is nothing to judge.
func (j *judge) notThreads() bool {
	switch {
	case j.s.Assumed != "":
		j.say(Unknown, "no server was asked")
	case !j.s.Session.Known:
		j.say(Unknown, "the sessions could not be read")
	case j.sum.proxy.kind != ProxyNone:
		j.say(Info, "the sessions on the server are those of %s", proxyNames[j.sum.proxy.kind])
	default:
		return false
	}
	return true
}

// sleeping counts the sessions of an account that idle, and of these those that
// have done so for longer than a statement follows another.
func sleeping(threads []server.Threads) (all, settled, oldest int64) {
	for _, t := range threads {
		if t.Command == "Sleep" {
			all += t.N
			settled += t.Settled
			oldest = max(oldest, t.Oldest)
		}
	}
	return all, settled, oldest
}

// idleOf is what the services of one account may keep.
func idleOf(loads []*load) Count {
	var sum Count
	for _, l := range loads {
		sum = sum.Plus(l.idle.Times(count.Of(l.scaled)))
	}
	return sum
}

// sleepers is C17.
func (j *judge) sleepers() {
	if j.notThreads() {
		return
	}
	j.eachUser(func(user string, loads []*load) {
		threads, missing := j.threadsOf(user)
		if missing != nil {
			j.hidden("the sessions of account "+user, missing).account(user, loads)
			return
		}
		all, settled, oldest := sleeping(threads)
		idle := idleOf(loads)
		exceeds, known := count.Of(settled).Exceeds(idle)
		v := j.say(Pass, "account %s has %s, its pools may keep %s", user, plural(all, "idle connection"), idle)
		v.account(user, loads).numbers("sleeping", all, "settled", settled, "idle", idle)
		if young, _ := count.Of(all).Exceeds(idle); young && !exceeds {
			v.Status = Info
			v.Message += "; they have only just become idle"
		}
		switch {
		case !known:
			v.Status = Unknown
		case exceeds:
			v.Status = Error
			v.Message += fmt.Sprintf(": the others are held by somebody, the oldest for %s", duration(oldest))
			v.advise("connvet ./... names what is never given back; a pool that is never closed, or another program with the same account, looks the same")
		}
	})
}

// currentOf counts the connections of an account, without that of the check.
func (j *judge) currentOf(user string) (int64, *server.Missing) {
	if j.s.Accounts.Missing == nil {
		var n int64
		for _, a := range j.s.Accounts.Value {
			if a.User == user {
				n += a.Current
			}
		}
		if j.own(user) {
			n--
		}
		return max(n, 0), nil
	}
	threads, missing := j.threadsOf(user)
	var n int64
	for _, t := range threads {
		n += t.N
	}
	return n, missing
}

// overDeclared is C18.
func (j *judge) overDeclared() {
	if j.notThreads() {
		return
	}
	j.eachUser(func(user string, loads []*load) {
		n, missing := j.currentOf(user)
		if missing != nil {
			j.hidden("the connections of account "+user, missing).account(user, loads)
			return
		}
		demand := peakOf(loads)
		exceeds, known := count.Of(n).Exceeds(demand)
		v := j.say(Pass, "account %s has %s, %s may open %s", user, connections(count.Of(n)), names(loads), demand)
		v.account(user, loads).numbers("current", n, "declared", demand)
		switch {
		case !known:
			v.Status = Unknown
		case exceeds:
			v.Status = Error
			v.advise("look for instances that are not declared, a second pool, a pool that is opened per request (connvet: poolperrequest), or another program with the same account")
		}
	})
}

// instancesSeen is C20.
func (j *judge) instancesSeen() {
	if j.notThreads() {
		return
	}
	j.eachUser(func(user string, loads []*load) {
		var declared int64
		for _, l := range loads {
			declared += l.processes
		}
		if m := j.s.Clients.Missing; m != nil {
			j.hostsSeen(user, loads, declared, m)
			return
		}
		var seen int64
		for _, c := range j.s.Clients.Value {
			if c.User == user {
				seen++
			}
		}
		v := j.say(Pass, "account %s has connections of %d of %d declared processes", user, seen, declared)
		v.account(user, loads).numbers("seen", seen, "declared", declared)
		if seen > declared {
			v.Status = Warn
			v.Message = fmt.Sprintf("account %s has connections of %d processes, %d are declared", user, seen, declared)
			v.advise("raise -instances, -max-instances or -surge to what really runs")
		}
	})
}

// hostsSeen judges by hosts where processes are not visible: there may be
// several processes on each.
func (j *judge) hostsSeen(user string, loads []*load, declared int64, why *server.Missing) {
	threads, missing := j.threadsOf(user)
	if missing != nil {
		j.hidden("the processes of account "+user, why).account(user, loads)
		return
	}
	hosts := make(map[string]bool)
	for _, t := range threads {
		hosts[t.Host] = true
	}
	if n := int64(len(hosts)); n > declared {
		v := j.say(Warn, "account %s has connections from %d hosts, %d processes are declared", user, n, declared)
		v.account(user, loads).numbers("hosts", n, "declared", declared)
		v.advise("raise -instances, -max-instances or -surge to what really runs")
		return
	}
	j.hidden("the processes of account "+user, why).account(user, loads)
}
