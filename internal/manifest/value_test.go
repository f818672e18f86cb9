package manifest

import (
	"encoding/json"
	"testing"
	"time"
)

// values has values of all kinds with what they are in JSON, for people, as a
// duration, and at most.
var values = []struct {
	value     Value
	json      string
	text      string
	duration  string
	n         int64
	unlimited bool
	known     bool
}{
	{Value{}, `{"kind":"unset"}`, "unset", "unset", 0, true, true},
	{Unset(), `{"kind":"unset"}`, "unset", "unset", 0, true, true},
	{Unknown(), `{"kind":"unknown"}`, "unknown", "unknown", 0, false, false},
	{Const(20), `{"kind":"const","value":20}`, "20", "20ms", 20, false, true},
	{Const(0), `{"kind":"const","value":0}`, "0", "0s", 0, true, true},
	{Const(-7), `{"kind":"const","value":-7}`, "-7", "-7ms", 0, true, true},
	{String("my<sql"), `{"kind":"const","value":"my<sql"}`, "my<sql", "my<sql", 0, false, false},
	{String(""), `{"kind":"const","value":""}`, "", "", 0, false, false},
	{Duration(5 * time.Minute), `{"kind":"const","value":300000}`, "300000", "5m", 300000, false, true},
	{Duration(25 * time.Hour), `{"kind":"const","value":90000000}`, "90000000", "25h", 90000000, false, true},
	{Duration(90 * time.Second), `{"kind":"const","value":90000}`, "90000", "1m30s", 90000, false, true},
	{Duration(300), `{"kind":"const","value":1}`, "1", "1ms", 1, false, true},
	{Duration(-1), `{"kind":"const","value":0}`, "0", "0s", 0, true, true},
	{Env("N"), `{"kind":"env","name":"N"}`, "$N", "$N", 0, false, false},
	{Env("N").Or(Int(0)), `{"kind":"env","name":"N","default":0}`, "$N (default 0)", "$N (default 0s)", 0, false, false},
	{Flag("n").Or(Text("5m")), `{"kind":"flag","name":"n","default":"5m"}`, "-n (default 5m)", "-n (default 5m)", 0, false, false},
	{Config("C.N", `env:"N"`), `{"kind":"config","path":"C.N","tag":"env:\"N\""}`, "C.N", "C.N", 0, false, false},
	{Config("C.N", ""), `{"kind":"config","path":"C.N"}`, "C.N", "C.N", 0, false, false},
	{Expr("runtime.NumCPU()*4"), `{"kind":"expr","text":"runtime.NumCPU()*4"}`, "runtime.NumCPU()*4", "runtime.NumCPU()*4", 0, false, false},
	{Range(Int(5), Int(20)), `{"kind":"range","min":5,"max":20}`, "5 to 20", "5ms to 20ms", 20, false, true},
	{Range(Int(5), Int(5)), `{"kind":"range","min":5,"max":5}`, "5", "5ms", 5, false, true},
	{Range(Scalar{}, Int(5)), `{"kind":"range","max":5}`, "up to 5", "up to 5ms", 5, false, true},
	{Range(Int(0), Scalar{}), `{"kind":"range","min":0}`, "0 or more", "0s or more", 0, false, false},
	{Range(Int(-2), Int(0)), `{"kind":"range","min":-2,"max":0}`, "-2 to 0", "-2ms to 0s", 0, true, true},
	{Range(Int(5), Int(9)).OrUnlimited(), `{"kind":"range","min":5,"max":9,"unlimited":true}`, "5 to 9 or unlimited", "5ms to 9ms or unlimited", 0, true, true},
	{Range(Scalar{}, Scalar{}).OrUnlimited(), `{"kind":"range","unlimited":true}`, "varies or unlimited", "varies or unlimited", 0, true, true},
	{Range(Scalar{}, Scalar{}), `{"kind":"range"}`, "varies", "varies", 0, false, false},
}

func TestValues(t *testing.T) {
	for _, test := range values {
		v := test.value
		data, err := marshal(v)
		if err != nil || string(data) != test.json {
			t.Errorf("%+v is %s in JSON, want %s (error %v)", v, data, test.json, err)
		}
		var back Value
		if err := json.Unmarshal(data, &back); err != nil || back != v && v.Kind != "" {
			t.Errorf("%s reads %+v, want %+v (error %v)", data, back, v, err)
		}
		if got := v.String(); got != test.text {
			t.Errorf("%s: String is %q, want %q", data, got, test.text)
		}
		if got := v.DurationString(); got != test.duration {
			t.Errorf("%s: DurationString is %q, want %q", data, got, test.duration)
		}
		n, unlimited, known := v.Upper()
		if n != test.n || unlimited != test.unlimited || known != test.known {
			t.Errorf("%s: Upper is %d %t %t, want %d %t %t", data, n, unlimited, known, test.n, test.unlimited, test.known)
		}
	}
}

// What belongs to another kind is not told.
func TestValueOtherFields(t *testing.T) {
	full := Value{
		Value: Int(1), Name: "n", Default: Int(2), Path: "p", Tag: "t", Text: "x", Min: Int(3), Max: Int(4), Unlimited: true,
	}
	for kind := range valueFields {
		full.Kind = kind
		data, err := marshal(full)
		if err != nil {
			t.Fatal(err)
		}
		var back Value
		if err := json.Unmarshal(data, &back); err != nil {
			t.Errorf("%s: %v", data, err)
		}
	}
}

func TestIdle(t *testing.T) {
	tests := []struct {
		open, idle Value
		n          int64
		known      bool
	}{
		{Unset(), Unset(), 2, true},
		{Const(1), Unset(), 1, true},
		{Const(50), Unset(), 2, true},
		{Const(0), Const(7), 7, true},
		{Const(5), Const(7), 5, true},
		{Const(5), Const(0), 0, true},
		{Const(5), Const(-1), 0, true},
		{Env("N"), Const(7), 7, true},
		{Const(5), Env("N").Or(Int(3)), 0, false},
		{Const(20), Range(Int(3), Int(8)), 8, true},
		{Const(20), Range(Int(1), Int(1)).OrUnlimited(), 2, true},
		{Const(20), Range(Int(1), Scalar{}), 0, false},
		{Unknown(), Unknown(), 0, false},
	}
	for _, test := range tests {
		p := Pool{MaxOpen: test.open, MaxIdle: test.idle}
		if n, known := p.Idle(); n != test.n || known != test.known {
			t.Errorf("max open %s, max idle %s: %d %t, want %d %t", test.open, test.idle, n, known, test.n, test.known)
		}
	}
}

func TestDSNString(t *testing.T) {
	tests := []struct {
		dsn  DSN
		want string
	}{
		{DSN{}, "unknown"},
		{DSN{Kind: KindConst}, "constant"},
		{DSN{Kind: KindExpr}, "expression"},
		{DSN{Kind: KindConst, Network: "tcp", Address: "db:3306", DB: "orders"}, "tcp(db:3306)/orders"},
		{DSN{Kind: KindExpr, Address: "db:3306"}, "db:3306"},
		{DSN{Kind: KindConst, Network: "unix", DB: "orders"}, "unix/orders"},
		{DSN{Kind: KindEnv, Name: "DSN"}, "$DSN"},
		{DSN{Kind: KindEnv, Name: "DB_HOST", DB: "orders"}, "$DB_HOST /orders"},
		{DSN{Kind: KindFlag, Name: "dsn"}, "-dsn"},
		{DSN{Kind: KindConfig, Name: "Config.DSN"}, "Config.DSN"},
	}
	for _, test := range tests {
		if got := test.dsn.String(); got != test.want {
			t.Errorf("%+v: %q, want %q", test.dsn, got, test.want)
		}
	}
}
