package poolcheck

import (
	"strconv"
	"strings"
	"testing"

	"github.com/connvet/connvet/internal/manifest"
	"github.com/connvet/connvet/poolcheck/internal/count"
	"github.com/connvet/connvet/poolcheck/internal/server"
)

// judged asks all rules about a budget and a server with a max_connections; 0 is
// that of a server without a limit, below 0 one that does not tell.
func judged(t *testing.T, b Budget, maxConnections int) *Report {
	t.Helper()
	s := &server.Snapshot{Flavour: server.MySQL, Variables: map[string]string{"version": "9.7.4"}, Status: map[string]string{}}
	if maxConnections >= 0 {
		s.Variables["max_connections"] = strconv.Itoa(maxConnections)
	}
	return judgedBy(t, b, s)
}

func judgedBy(t *testing.T, b Budget, s *server.Snapshot) *Report {
	t.Helper()
	if err := b.Validate(); err != nil {
		t.Fatal(err)
	}
	loads, err := newLoads(&b, -1)
	if err != nil {
		t.Fatal(err)
	}
	return newReport(&judge{b: &b, s: s, loads: loads})
}

// find returns the first verdict of a rule.
func find(t *testing.T, r *Report, rule string) Verdict {
	t.Helper()
	for _, v := range r.Verdicts {
		if v.Rule == rule {
			return v
		}
	}
	t.Fatalf("no verdict of %s", rule)
	return Verdict{}
}

func pool(n int) *Pool { return &Pool{MaxOpen: n, MaxIdle: n} }

// The worked example of the rules' reference: 146 of 151 steady, 186 with a
// surge, 15 fit.
func TestWorkedExample(t *testing.T) {
	r := judged(t, Budget{
		Services: []Service{
			{Name: "api", Pool: pool(20), Instances: 6, Surge: SurgePercent(25)},
			{Name: "worker", Pool: pool(10), Instances: 2},
		},
		Overhead: 5, Replicas: 1,
	}, 151)
	if got, want := r.Demand.Steady, count.Of(146); got != want {
		t.Errorf("steady: %v, want %v", got, want)
	}
	if got, want := r.Demand.Peak, count.Of(186); got != want {
		t.Errorf("peak: %v, want %v", got, want)
	}
	if got, want := r.Demand.Services[0].Fit, count.Of(15); got != want {
		t.Errorf("fit: %v, want %v", got, want)
	}
	for rule, want := range map[string]Status{"C01": Pass, "C02": Error, "C03": Warn} {
		if v := find(t, r, rule); v.Status != want {
			t.Errorf("%s: %s, want %s: %s", rule, v.Status, want, v.Message)
		}
	}
	v := find(t, r, "C02")
	if want := "api 8 x 20 = 160, worker 2 x 10 = 20, overhead 6 (5 and 1 for replicas): 186 > 151"; v.Arithmetic != want {
		t.Errorf("arithmetic: %s, want %s", v.Arithmetic, want)
	}
	if want := "db.SetMaxOpenConns(15)"; v.Paste != want {
		t.Errorf("paste: %q, want %q", v.Paste, want)
	}
	if v := find(t, r, "C03"); !strings.Contains(v.Message, "146 of 151 connections (97 %)") {
		t.Errorf("headroom: %s", v.Message)
	}
	if !strings.HasPrefix(r.Summary, "does not fit: ") {
		t.Errorf("summary: %s", r.Summary)
	}
}

func TestCapacity(t *testing.T) {
	steady := func(pool *Pool, instances int) []Service { return []Service{{Pool: pool, Instances: instances}} }
	tests := []struct {
		name   string
		budget Budget
		max    int
		want   map[string]Status
		fit    Count
	}{
		{"exactly full", Budget{Services: steady(pool(10), 10)}, 100, map[string]Status{"C01": Pass, "C03": Warn}, count.Of(10)},
		{"one too many", Budget{Services: steady(pool(10), 10), Overhead: 1}, 100, map[string]Status{"C01": Error, "C02": Info, "C03": Info}, count.Of(9)},
		{"85 percent", Budget{Services: steady(pool(17), 5)}, 100, map[string]Status{"C03": Pass}, count.Of(20)},
		{"86 percent", Budget{Services: steady(pool(43), 2)}, 100, map[string]Status{"C03": Warn}, count.Of(50)},
		{"no limit on the server", Budget{Services: steady(pool(1000), 1000)}, 0, map[string]Status{"C01": Pass, "C02": Pass, "C03": Pass}, count.Unlimited},
		{"server does not tell", Budget{Services: steady(pool(1), 1)}, -1, map[string]Status{"C01": Unknown, "C02": Unknown, "C03": Unknown}, count.Unknown},
		{"unbounded", Budget{Services: steady(&Pool{}, 4)}, 100, map[string]Status{"C01": Error, "C04": Error}, count.Of(25)},
		{"unbounded on a server without a limit", Budget{Services: steady(&Pool{}, 4)}, 0, map[string]Status{"C01": Pass, "C04": Error}, count.Unlimited},
		{"more processes than connections", Budget{Services: steady(pool(1), 101)}, 100, map[string]Status{"C01": Error}, count.Of(0)},
		{"scaled out", Budget{Services: []Service{{Pool: pool(10), Instances: 5, MaxInstances: 11}}}, 100, map[string]Status{"C01": Pass, "C02": Error}, count.Of(9)},
		{"surge of scaled out", Budget{Services: []Service{{Pool: pool(10), Instances: 5, MaxInstances: 8, Surge: SurgePercent(25)}}}, 100, map[string]Status{"C02": Pass}, count.Of(10)},
		{"blue-green", Budget{Services: []Service{{Pool: pool(10), Instances: 6, Surge: SurgePercent(100)}}}, 100, map[string]Status{"C01": Pass, "C02": Error}, count.Of(8)},
		{"function", Budget{Services: []Service{{Pool: pool(2), FunctionConcurrency: 51}}}, 100, map[string]Status{"C01": Error, "C30": Error}, count.Of(1)},
		{"function that fits", Budget{Services: []Service{{Pool: pool(2), FunctionConcurrency: 50}}}, 100, map[string]Status{"C01": Pass, "C30": Pass}, count.Of(2)},
		{"huge", Budget{Services: steady(pool(1<<40), 1<<40)}, 100, map[string]Status{"C01": Error}, count.Of(0)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := judged(t, test.budget, test.max)
			for rule, want := range test.want {
				if v := find(t, r, rule); v.Status != want {
					t.Errorf("%s: %s, want %s: %s", rule, v.Status, want, v.Message)
				}
			}
			if got := r.Demand.Services[0].Fit; got != test.fit {
				t.Errorf("fit: %v, want %v", got, test.fit)
			}
		})
	}
}

// What is printed as the largest size must fit, and one more must not.
func TestFitIsTheLargest(t *testing.T) {
	for limit := 1; limit <= 60; limit++ {
		for instances := 1; instances <= 7; instances++ {
			for _, others := range []int{0, 1, 5} {
				b := Budget{Overhead: others, Services: []Service{{Pool: pool(1000), Instances: instances, Surge: SurgePercent(25)}, {Pool: pool(2)}}}
				n, ok := judged(t, b, limit).Demand.Services[0].Fit.Int()
				if !ok {
					t.Fatalf("limit %d: no fit", limit)
				}
				b.Services[0].Pool = pool(int(n) + 1)
				if find(t, judged(t, b, limit), "C01").Status == Pass && find(t, judged(t, b, limit), "C02").Status == Pass {
					t.Errorf("limit %d, %d instances, others %d: %d fits, too", limit, instances, others, n+1)
				}
				if n == 0 {
					continue
				}
				b.Services[0].Pool = pool(int(n))
				for _, rule := range []string{"C01", "C02"} {
					if v := find(t, judged(t, b, limit), rule); v.Status != Pass {
						t.Errorf("limit %d, %d instances, others %d: %d does not fit: %s", limit, instances, others, n, v.Message)
					}
				}
			}
		}
	}
}

func TestSurge(t *testing.T) {
	tests := []struct {
		text      string
		instances int64
		want      int64
		bad       bool
	}{
		{text: "2", instances: 6, want: 2},
		{text: "0", instances: 6},
		{text: "25%", instances: 6, want: 2},
		{text: "25%", instances: 8, want: 2},
		{text: "25%", instances: 1, want: 1},
		{text: "0%", instances: 6},
		{text: "100%", instances: 6, want: 6},
		{text: "", bad: true},
		{text: "-1", bad: true},
		{text: "25 %", bad: true},
		{text: "many", bad: true},
		{text: "99999999999", bad: true},
	}
	for _, test := range tests {
		s, err := ParseSurge(test.text)
		if (err != nil) != test.bad {
			t.Errorf("%q: %v", test.text, err)
		} else if got := s.of(test.instances); err == nil && got != test.want {
			t.Errorf("%q of %d: %d, want %d", test.text, test.instances, got, test.want)
		} else if err == nil && s.String() != test.text {
			t.Errorf("%q: %q", test.text, s)
		}
	}
}

func TestProxy(t *testing.T) {
	service := []Service{{Pool: pool(50), Instances: 4}}
	tests := []struct {
		name     string
		proxy    Proxy
		via      server.Via
		overhead int
		want     []Status // of C01: clients, backends
	}{
		{"both fit", Proxy{Kind: ProxySQL, Instances: 2, MaxClients: 200, MaxBackend: 40}, "", 0, []Status{Pass, Pass}},
		{"too many clients", Proxy{Kind: ProxySQL, MaxClients: 199, MaxBackend: 40}, "", 0, []Status{Error, Pass}},
		{"too many backends", Proxy{Kind: ProxySQL, Instances: 3, MaxClients: 200, MaxBackend: 40}, "", 0, []Status{Error, Pass}},
		{"too many with others", Proxy{Kind: ProxySQL, MaxClients: 200, MaxBackend: 95}, "", 6, []Status{Error, Pass}},
		{"found, limits not known", Proxy{}, server.ViaRouter, 0, []Status{Unknown, Unknown}},
		{"percentage", Proxy{Kind: ProxyRDS, MaxClients: 1000, Percent: 90}, "", 10, []Status{Pass, Pass}},
		{"percentage with others", Proxy{Kind: ProxyRDS, MaxClients: 1000, Percent: 90}, "", 11, []Status{Error, Pass}},
		{"declared none", Proxy{Kind: ProxyNone}, server.ViaRouter, 0, []Status{Error}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := &server.Snapshot{Via: test.via, Variables: map[string]string{"max_connections": "100"}}
			r := judgedBy(t, Budget{Services: service, Proxy: test.proxy, Overhead: test.overhead}, s)
			var got []Status
			for _, v := range r.Verdicts {
				if v.Rule == "C01" {
					got = append(got, v.Status)
				}
			}
			if len(got) != len(test.want) {
				t.Fatalf("C01: %v, want %v", got, test.want)
			}
			for i := range got {
				if got[i] != test.want[i] {
					t.Errorf("C01: %v, want %v", got, test.want)
				}
			}
		})
	}
}

// declare returns a manifest with pools.
func declare(pools ...manifest.Pool) *Manifest {
	for i := range pools {
		p := &pools[i]
		p.ID, p.File, p.Line = "db.Open#"+strconv.Itoa(i+1), "db/db.go", 40+i
		p.Driver, p.Multiplicity = manifest.String("mysql"), manifest.Const(1)
		if p.Scope == "" {
			p.Scope = manifest.ScopeProcess
		}
		if p.Mains == nil {
			p.Mains = []string{"example.com/cmd/api"}
		}
	}
	return &Manifest{Complete: true, HeldComplete: true, Pools: pools}
}

// The connections of others count as overhead, but only where it is known which
// are not the service's own.
func TestMeasuredOverhead(t *testing.T) {
	for _, test := range []struct {
		user     string
		overhead int
		want     Count
	}{
		{"app", 0, count.Of(7)},
		{"app", 8, count.Of(8)},
		{"", 0, count.Of(0)},
		{"", 3, count.Of(3)},
	} {
		s := &server.Snapshot{
			Variables: map[string]string{"max_connections": "100"},
			Session:   server.Session{User: "monitor@%", Known: true},
		}
		s.Accounts.Value = []server.Account{{User: "app", Current: 40}, {User: "backup", Current: 7}, {User: "monitor", Current: 1}, {User: "event_scheduler", Current: 1}}
		r := judgedBy(t, Budget{Overhead: test.overhead, Services: []Service{{User: test.user, Pool: pool(50)}}}, s)
		if got := r.Demand.Overhead; got != test.want {
			t.Errorf("user %q, %d declared: overhead %v, want %v", test.user, test.overhead, got, test.want)
		}
	}
}
