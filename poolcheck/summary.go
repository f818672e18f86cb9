package poolcheck

import (
	"fmt"
	"slices"
	"strings"
)

// fitting are the rules that say whether the pools fit, in the order in which
// people want to hear of them.
var fitting = []string{"C05", "C04", "C01", "C02", "C11", "C30"}

// summarize says how a check came out, in one line.
func summarize(r *Report) string {
	if v := r.first(Error, fitting...); v != nil {
		return "does not fit: " + v.Message
	}
	outcome := fmt.Sprintf("fits: the services may open at most %s of %s connections", r.Demand.Peak, r.Demand.Limit)
	switch {
	case r.Fault != "" && r.Assumed == "":
		outcome = "not decided: " + r.Fault
	case !r.Decided():
		v := r.first(Unknown, deciding...)
		outcome = "not decided: " + v.Message
	case r.Demand.Limit.IsUnlimited():
		outcome = fmt.Sprintf("fits: the services may open at most %s connections, and the server has no limit", r.Demand.Peak)
	}
	var but []string
	if n := r.count(Error); n > 0 {
		but = append(but, plural(int64(n), "error"))
	}
	if n := r.count(Warn); n > 0 {
		but = append(but, plural(int64(n), "warning"))
	}
	if but != nil {
		outcome += "; " + strings.Join(but, " and ")
	}
	return outcome
}

// first returns the first verdict with a status, by the order of rules.
func (r *Report) first(s Status, ids ...string) *Verdict {
	for _, id := range ids {
		if i := slices.IndexFunc(r.Verdicts, func(v Verdict) bool { return v.Rule == id && v.Status == s }); i >= 0 {
			return &r.Verdicts[i]
		}
	}
	return nil
}

// count counts the verdicts with a status.
func (r *Report) count(s Status) int {
	n := 0
	for _, v := range r.Verdicts {
		if v.Status == s {
			n++
		}
	}
	return n
}
