package poolcheck

import (
	"strings"
	"testing"

	"github.com/connvet/connvet/internal/manifest"
	"github.com/connvet/connvet/poolcheck/internal/count"
)

func TestValues(t *testing.T) {
	env := manifest.Env("DB_MAX_OPEN").Or(manifest.Int(20))
	tests := []struct {
		name  string
		value manifest.Value
		set   map[string]string
		want  Count
		paste string // of C06
	}{
		{name: "constant", value: manifest.Const(20), want: count.Of(20)},
		{name: "constant 0", value: manifest.Const(0), want: count.Unlimited},
		{name: "below 0", value: manifest.Const(-1), want: count.Unlimited},
		{name: "unset", want: count.Unlimited},
		{name: "unknown", value: manifest.Unknown(), want: count.Unknown, paste: "-set db/db.go:40.max_open=VALUE"},
		{name: "environment", value: env, want: count.Unknown, paste: "-set DB_MAX_OPEN=20"},
		{name: "environment set", value: env, set: map[string]string{"DB_MAX_OPEN": "7"}, want: count.Of(7)},
		{name: "environment set to 0", value: env, set: map[string]string{"DB_MAX_OPEN": "0"}, want: count.Unlimited},
		{name: "environment left alone", value: env, set: map[string]string{"DB_MAX_OPEN": "default"}, want: count.Of(20)},
		{name: "flag", value: manifest.Flag("max-open"), want: count.Unknown, paste: "-set max-open=VALUE"},
		{name: "flag set", value: manifest.Flag("max-open"), set: map[string]string{"-max-open": "7"}, want: count.Of(7)},
		{name: "configuration", value: manifest.Config("Config.MaxOpen", `envconfig:"POOL_SIZE" json:"size,omitempty"`), want: count.Unknown, paste: "-set POOL_SIZE=VALUE"},
		{name: "configuration by path", value: manifest.Config("Config.MaxOpen", ""), set: map[string]string{"Config.MaxOpen": "7"}, want: count.Of(7)},
		{name: "configuration by tag", value: manifest.Config("Config.MaxOpen", `json:"size,omitempty"`), set: map[string]string{"size": "7"}, want: count.Of(7)},
		{name: "expression", value: manifest.Expr("runtime.NumCPU() * 4"), want: count.Unknown, paste: "-set 'runtime.NumCPU() * 4=VALUE'"},
		{name: "expression set", value: manifest.Expr("runtime.NumCPU() * 4"), set: map[string]string{"runtime.NumCPU() * 4": "32"}, want: count.Of(32)},
		{name: "by place", value: manifest.Unknown(), set: map[string]string{"db/db.go:40.max_open": "7"}, want: count.Of(7)},
		{name: "by ID", value: manifest.Unknown(), set: map[string]string{"db.Open#1.max_open": "7"}, want: count.Of(7)},
		{name: "range", value: manifest.Range(manifest.Int(5), manifest.Int(20)), want: count.Of(20)},
		{name: "range without an end", value: manifest.Range(manifest.Int(5), manifest.Scalar{}), want: count.Unknown},
		{name: "range with unlimited", value: manifest.Range(manifest.Int(5), manifest.Int(20)).OrUnlimited(), want: count.Unlimited},
		{name: "text", value: manifest.String("many"), want: count.Unknown, paste: "-set db/db.go:40.max_open=VALUE"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := Budget{Services: []Service{{Manifest: declare(manifest.Pool{MaxOpen: test.value}), Set: test.set}}}
			r := judged(t, b, 100)
			if got := r.Demand.Services[0].PerProcess; got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
			if got := find(t, r, "C06").Paste; got != test.paste {
				t.Errorf("C06: paste %q, want %q", got, test.paste)
			}
			if unused := b.Services[0].UnusedSettings(); len(unused) > 0 {
				t.Errorf("unused: %q", unused)
			}
		})
	}
}

func TestBadValues(t *testing.T) {
	tests := []struct {
		pool manifest.Pool
		set  map[string]string
		want string
	}{
		{manifest.Pool{MaxOpen: manifest.Env("N")}, map[string]string{"N": "hunter2"}, "the value for N: want a whole number"},
		{manifest.Pool{MaxLifetimeMS: manifest.Env("L")}, map[string]string{"L": "300"}, "the value for L: want a duration such as 5m or 90s"},
	}
	for _, test := range tests {
		_, err := newLoads(&Budget{Services: []Service{{Name: "api", Manifest: declare(test.pool), Set: test.set}}}, -1)
		if err == nil || err.Error() != "api: "+test.want {
			t.Errorf("%v, want %s", err, test.want)
		}
	}
	s := Service{Manifest: declare(manifest.Pool{MaxOpen: manifest.Env("DB_MAX_OPEN")}), Set: map[string]string{"DB_MAX_OPNE": "7"}}
	if got := strings.Join(s.UnusedSettings(), " "); got != "DB_MAX_OPNE" {
		t.Errorf("unused: %q", got)
	}
}

// With a default in the source the answer is not known, but told.
func TestDefaultsAreTold(t *testing.T) {
	m := declare(manifest.Pool{MaxOpen: manifest.Env("DB_MAX_OPEN").Or(manifest.Int(20))})
	v := find(t, judged(t, Budget{Services: []Service{{Manifest: m, Instances: 6}}}, 151), "C01")
	if v.Status != Unknown || !strings.Contains(v.Message, "with the defaults in the source it would be 120 of 151") || v.Paste != "-set DB_MAX_OPEN=20" {
		t.Errorf("%+v", v)
	}
}

func TestIdle(t *testing.T) {
	tests := []struct {
		name string
		pool manifest.Pool
		want Count
	}{
		{"unset", manifest.Pool{MaxOpen: manifest.Const(20)}, count.Of(2)},
		{"unset, smaller pool", manifest.Pool{MaxOpen: manifest.Const(1)}, count.Of(1)},
		{"none", manifest.Pool{MaxOpen: manifest.Const(20), MaxIdle: manifest.Const(0)}, count.Of(0)},
		{"below 0", manifest.Pool{MaxOpen: manifest.Const(20), MaxIdle: manifest.Const(-1)}, count.Of(0)},
		{"more than the pool", manifest.Pool{MaxOpen: manifest.Const(20), MaxIdle: manifest.Const(30)}, count.Of(20)},
		{"without a limit", manifest.Pool{MaxIdle: manifest.Const(30)}, count.Of(30)},
		{"range", manifest.Pool{MaxOpen: manifest.Const(20), MaxIdle: manifest.Range(manifest.Int(1), manifest.Int(1)).OrUnlimited()}, count.Of(2)},
		{"unknown", manifest.Pool{MaxOpen: manifest.Const(20), MaxIdle: manifest.Unknown()}, count.Unknown},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := judged(t, Budget{Services: []Service{{Manifest: declare(test.pool)}}}, 100)
			if got := r.Demand.Services[0].Idle; got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

// Which of a manifest's pools count.
func TestSelection(t *testing.T) {
	five := manifest.Const(5)
	m := declare(
		manifest.Pool{MaxOpen: five},
		manifest.Pool{MaxOpen: five, Mains: []string{"example.com/cmd/worker"}},
		manifest.Pool{MaxOpen: five, Mains: []string{"example.com/cmd/api", "example.com/cmd/worker"}},
		manifest.Pool{MaxOpen: five, Scope: manifest.ScopeTest, Mains: []string{"example.com/cmd/other"}},
		manifest.Pool{MaxOpen: five, Mains: []string{}},
		manifest.Pool{MaxOpen: five},
		manifest.Pool{MaxOpen: five},
	)
	m.Pools[5].Driver = manifest.String("postgres")
	m.Pools[6].Multiplicity = manifest.Const(3)
	tests := []struct {
		name    string
		service Service
		want    Count
		err     string
	}{
		{name: "several programs", err: "choose one with main: example.com/cmd/api, example.com/cmd/worker"},
		{name: "no such program", service: Service{Main: "example.com/cmd/apj"}, err: "no pool of the manifest belongs to example.com/cmd/apj"},
		{name: "api", service: Service{Main: "example.com/cmd/api"}, want: count.Of(25)},
		{name: "worker", service: Service{Main: "example.com/cmd/worker"}, want: count.Of(10)},
		{name: "by ID", service: Service{Main: "example.com/cmd/api", Pools: []string{"db.Open#5"}}, want: count.Of(5)},
		{name: "by place", service: Service{Main: "example.com/cmd/api", Pools: []string{"db/db.go:46"}}, want: count.Of(15)},
		{name: "no such ID", service: Service{Main: "example.com/cmd/api", Pools: []string{"db.Open#9"}}, err: "the manifest has no pool"},
		{name: "size for several", service: Service{Main: "example.com/cmd/api", Pool: pool(3)}, err: "needs exactly one"},
		{name: "size for one", service: Service{Main: "example.com/cmd/api", Pools: []string{"db.Open#1"}, Pool: pool(3)}, want: count.Of(3)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.service.Manifest = m
			loads, err := newLoads(&Budget{Services: []Service{test.service}}, -1)
			if test.err != "" {
				if err == nil || !strings.Contains(err.Error(), test.err) {
					t.Errorf("%v, want %s", err, test.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := loads[0].perProcess; got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

// A manifest that is not the whole truth is never a pass.
func TestIncomplete(t *testing.T) {
	for name, m := range map[string]*Manifest{
		"not complete":  {Pools: declare(manifest.Pool{MaxOpen: manifest.Const(5)}).Pools},
		"no pools":      {Complete: true},
		"unknown scope": declare(manifest.Pool{MaxOpen: manifest.Const(5), Scope: manifest.ScopeUnknown}),
	} {
		r := judged(t, Budget{Services: []Service{{Manifest: m}}}, 100)
		for _, rule := range []string{"C01", "C02"} {
			if v := find(t, r, rule); v.Status != Unknown {
				t.Errorf("%s: %s: %s: %s", name, rule, v.Status, v.Message)
			}
		}
		if r.Decided() || r.OK() {
			t.Errorf("%s: decided", name)
		}
	}
}
