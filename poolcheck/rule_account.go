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
	return sorted(n, []string{"event_scheduler", "system user"})
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
	if !j.allDeclared() {
		v.Message = fmt.Sprintf("%s of other accounts than that of the DSN: %s", connections(count.Of(total)), strings.Join(list, ", "))
		v.advise("name the service's account with -user, and the others count as overhead")
	}
	v.numbers("connections", total, "declared_overhead", j.sum.declared)
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
