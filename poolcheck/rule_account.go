package poolcheck

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/connvet/connvet/poolcheck/internal/count"
	"github.com/connvet/connvet/poolcheck/internal/server"
)

// eachUser calls f for each account that services use, with these. The name is
// "" if there is no telling.
func (j *judge) eachUser(f func(user string, loads []*load)) {
	var order []string
	byUser := make(map[string][]*load)
	for _, l := range j.loads {
		user := j.userOf(l)
		if byUser[user] == nil {
			order = append(order, user)
		}
		byUser[user] = append(byUser[user], l)
	}
	for _, user := range order {
		f(user, byUser[user])
	}
}

// own reports whether a user is that of the check's own connection.
func (j *judge) own(user string) bool {
	return j.s.Session.Known && user == server.UserName(j.s.Session.User)
}

// declaredUser reports whether the services say which account they use. Where
// they do not, and the check has a connection of its own, that one's account
// stands in.
func (j *judge) declaredUser(loads []*load) bool {
	return slices.ContainsFunc(loads, func(l *load) bool { return l.User != "" || l.self })
}

// peakOf is what the services of one account may open.
func peakOf(loads []*load) Count {
	var sum Count
	for _, l := range loads {
		sum = sum.Plus(l.perProcess.Times(count.Of(l.processes)))
	}
	return sum
}

// names lists services.
func names(loads []*load) string {
	var list []string
	for _, l := range loads {
		list = append(list, l.name)
	}
	return strings.Join(list, ", ")
}

// account makes a verdict about an account.
func (v *Verdict) account(user string, loads []*load) *Verdict {
	v.Account = user
	if len(loads) == 1 {
		v.Service = loads[0].Name
	}
	return v
}

// accountLimit is C11.
func (j *judge) accountLimit() {
	if j.s.Assumed != "" {
		j.say(Info, "no server was asked: the accounts are assumed to have no limit of their own")
		return
	}
	if !j.s.Session.Known {
		j.say(Unknown, "the limits of accounts could not be read")
		return
	}
	j.eachUser(func(user string, loads []*load) {
		limit, missing := j.limitOf(user)
		if missing != nil {
			j.hidden("the limit of account "+user, missing).account(user, loads)
			return
		}
		assumed := ""
		if !j.declaredUser(loads) {
			assumed = "; -user names another account than that of the DSN"
		}
		if limit.IsUnlimited() {
			j.say(Pass, "account %s has no limit of its own%s", user, assumed).account(user, loads)
			return
		}
		demand := peakOf(loads)
		if j.sum.proxy.kind != ProxyNone {
			demand = demand.Min(j.sum.proxy.backend)
		}
		exceeds, known := demand.Exceeds(limit)
		v := j.say(Pass, "%s may open %s, account %s may have %s%s", names(loads), connections(demand), user, limit, assumed)
		v.account(user, loads).numbers("demand", demand, "limit", limit)
		switch {
		case !known:
			v.Status = Unknown
		case exceeds:
			v.Status = Error
			v.Message += ": clients above it get error 1203 or 1226"
			j.adviseAccount(v, loads, limit)
		}
	})
}

// adviseAccount says how large the pools of one account may be.
func (j *judge) adviseAccount(v *Verdict, loads []*load, limit Count) {
	n, _ := limit.Int()
	p := largest(loads[0].pools)
	if len(loads) > 1 || p == nil || len(loads[0].pools) > 1 {
		v.advise("shrink the pools, or raise the account's limit")
		return
	}
	copies, ok := p.copiesEverywhere().Int()
	if !ok || n/copies == 0 {
		v.advise("raise the account's limit to at least %d", copies)
		return
	}
	v.at(p).advise("the largest size that fits %s is %d", p.label(), n/copies)
	v.Paste = p.paste(n / copies)
	v.Numbers["fit"] = count.Of(n / copies)
}

// limitOf returns the number of connections that an account may have.
func (j *judge) limitOf(user string) (Count, *server.Missing) {
	if j.own(user) {
		n := j.s.Session.MaxUserConnections
		if n < 0 {
			return count.Unknown, &server.Missing{Why: "this server does not tell it"}
		}
		if j.s.Flavour.IsMariaDB() && len(j.s.Grants.Value.Rescue()) > 0 {
			return count.Unlimited, nil // it tells the limit of others, and does not apply it
		}
		return count.Limit(n), nil
	}
	if m := j.s.Limits.Missing; m != nil {
		return count.Unknown, m
	}
	global, _ := j.s.Variable("max_user_connections")
	limit, found := count.Unlimited, false
	for _, l := range j.s.Limits.Value {
		if l.User == user {
			found = true
			limit = limit.Min(count.Limit(cmp.Or(l.Max, global)))
		}
	}
	if !found {
		return count.Unknown, &server.Missing{Why: "the server has no such account"}
	}
	return limit, nil
}

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

// accounts lists the accounts with connections, the largest first; of those that
// are visible.
func (j *judge) accounts() []other {
	n := make(map[string]int64)
	if j.s.Accounts.Missing == nil {
		for _, a := range j.s.Accounts.Value {
			n[a.User] += a.Current
		}
	} else {
		for _, t := range j.s.Threads.Value {
			n[t.User] += t.N
		}
	}
	return sorted(n, nil)
}

// sorted lists accounts, the largest first, without some.
func sorted(n map[string]int64, without []string) []other {
	var list []other
	for user, n := range n {
		if n > 0 && !slices.Contains(without, user) {
			list = append(list, other{user, n})
		}
	}
	slices.SortFunc(list, func(a, b other) int { return cmp.Or(cmp.Compare(b.n, a.n), strings.Compare(a.account, b.account)) })
	return list
}

// unattributed is C19.
func (j *judge) unattributed() {
	others, ok := j.others()
	if !ok {
		switch {
		case j.s.Assumed != "" || !j.s.Session.Known || j.s.IdleTx.Missing == nil:
			j.say(Unknown, "who else is connected could not be read")
		default:
			j.hidden("the connections of others", j.s.IdleTx.Missing)
		}
		return
	}
	if len(others) == 0 {
		j.say(Pass, "nobody else is connected")
		return
	}
	var total int64
	var list []string
	for _, o := range others {
		total += o.n
		if len(list) < 5 {
			list = append(list, fmt.Sprintf("%s (%d)", o.account, o.n))
		}
	}
	if len(others) > len(list) {
		list = append(list, fmt.Sprintf("%d more", len(others)-len(list)))
	}
	v := j.say(Info, "%s of accounts that no service has: %s", connections(count.Of(total)), strings.Join(list, ", "))
	v.numbers("connections", total, "declared_overhead", j.sum.declared)
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

// appHasAdmin is C25.
func (j *judge) appHasAdmin() {
	if j.s.Assumed != "" || !j.s.Session.Known {
		j.say(Unknown, "the privileges of the services' accounts could not be read")
		return
	}
	j.eachUser(func(user string, loads []*load) {
		if !j.declaredUser(loads) {
			j.needs("-user", "which account the service uses is not known").account("", loads)
			return
		}
		grants, ok := j.s.GrantsOf[user]
		if j.own(user) {
			grants, ok = j.s.Grants, true
		}
		switch {
		case !ok:
			j.say(Unknown, "the privileges of account %s could not be read", user).account(user, loads)
		case grants.Missing != nil:
			j.hidden("the privileges of account "+user, grants.Missing).account(user, loads)
		default:
			v := j.say(Pass, "account %s has no administrator's privileges", user).account(user, loads)
			if rescue := grants.Value.Rescue(); len(rescue) > 0 {
				v.Status = Error
				v.Message = fmt.Sprintf("account %s has %s: when the server is full it takes the slot that is kept for administrators", user, strings.Join(rescue, " and "))
				v.advise("give the service an account without it")
			}
		}
	})
}
