package deployment

import (
	"fmt"
	"os"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"
)

// sample is what the files in testdata say, but for the lines.
func sample() *File {
	n := func(i int) *int { return &i }
	return &File{
		Servers: []Server{
			{
				Name: "orders-db",
				DSN:  DSN{Env: "ORDERS_DSN"}, AdminDSN: DSN{File: "secrets/admin.dsn"}, Assume: "azure-flex:gp2",
				Replicas: 1, Overhead: Overhead{{"backup", 2}, {"bi", 5}},
				Proxy: Proxy{Kind: "proxysql", Instances: 2, MaxClients: 2000, MaxBackend: 100, AdminDSN: DSN{Env: "PROXYSQL_ADMIN"}},
				RAM:   16 << 30, Middlebox: 4 * time.Minute,
			},
			{Name: "reports", DSN: DSN{File: "/run/secrets/reports"}, Overhead: Overhead{{"", 3}}, Proxy: Proxy{Kind: "none"}, RAM: 8 << 30},
		},
		Services: []Service{
			{
				Name: "api", Manifest: "api.json", Main: "example.com/orders/cmd/api", Server: "orders-db", User: "orders",
				Pools: []string{"example.com/orders/internal/db.Open#1"}, Instances: 6, MaxInstances: 12, Surge: "25%",
				Env:        map[string]string{"DB_MAX_OPEN": "20", "DB_DEBUG": "false", "DB_RATIO": "1.50", "DB_PASSWORD": "p:w#", "EMPTY": ""},
				Goroutines: 8, LongestTransaction: 90 * time.Second,
			},
			{Name: "worker", Manifest: "../worker/pools.json", Server: "orders-db", Surge: "2", FunctionConcurrency: 50},
			{Name: "nightly", Server: "reports", PoolMax: n(4), PoolMaxIdle: n(0), MaxLifetime: 3 * time.Minute},
		},
	}
}

func TestRead(t *testing.T) {
	lines := map[string][]int{ // of the servers and services
		"testdata/orders.yaml": {4, 18, 25, 42, 47},
		"testdata/orders.json": {4, 14, 17, 30, 31},
	}
	for name, lines := range lines {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		dos := strings.ReplaceAll(string(data), "\n", "\r\n")
		got, err := Read(strings.NewReader(string(data)))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, file := range []string{dos, "\uFEFF" + dos} {
			if same, err := Read(strings.NewReader(file)); err != nil || !reflect.DeepEqual(same, got) {
				t.Errorf("%s from Windows: %v, got:\n%+v\nwant:\n%+v", name, err, same, got)
			}
		}
		want := sample()
		for i := range want.Servers {
			want.Servers[i].Line = lines[i]
		}
		for i := range want.Services {
			want.Services[i].Line = lines[len(want.Servers)+i]
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got:\n%+v\nwant:\n%+v", name, got, want)
		}
	}
}

func TestOverheadTotal(t *testing.T) {
	s := sample().Servers
	if a, b, c := s[0].Overhead.Total(), s[1].Overhead.Total(), (Overhead)(nil).Total(); a != 7 || b != 3 || c != 0 {
		t.Errorf("got %d, %d, %d, want 7, 3, 0", a, b, c)
	}
}

// The server of a service is the only one, if it names none.
func TestOnlyServer(t *testing.T) {
	for text, want := range map[string]string{
		"{servers: {db: {}}, services: {a: {pool_max: 1}}}": "db",
		"{servers: {}, services: {a: {pool_max: 1}}}":       "",
		"{services: {a: {pool_max: 1}}}":                    "",
	} {
		f, err := Read(strings.NewReader(text))
		if err != nil || f.Services[0].Server != want {
			t.Errorf("%s: got %+v, error %v", text, f, err)
		}
	}
}

// A file that is too large is refused, and not read to its end.
func TestReadSize(t *testing.T) {
	const end = "services: {a: {pool_max: 1}}"
	fits := strings.Repeat("#", maxSize-len(end)-1) + "\n" + end
	if _, err := Read(strings.NewReader(fits)); err != nil {
		t.Error(err)
	}
	r := strings.NewReader(strings.Repeat(" ", 2*maxSize) + end)
	if _, err := Read(r); err == nil || err.Error() != "it is larger than 1048576 bytes" || r.Len() < maxSize/2 {
		t.Errorf("error %v, %d bytes are left", err, r.Len())
	}
}

func TestReadErrors(t *testing.T) {
	for _, test := range testCases {
		got := ""
		if _, err := Read(strings.NewReader(test.text)); err != nil {
			got = err.Error()
		}
		if got != test.err {
			t.Errorf("%s\nerror %q, want %q", test.text, got, test.err)
		}
		if strings.Contains(got, "hunter2") {
			t.Errorf("%s\nthe error repeats a secret: %s", test.text, got)
		}
	}
}

// Files that are made to use up memory or time are refused soon.
func TestReadHostile(t *testing.T) {
	const (
		mostTime   = 20 * time.Second
		mostMemory = 1 << 30
	)
	bomb := "a: &a [x,x,x,x,x,x,x,x,x]\n"
	for c := 'b'; c < 'j'; c++ {
		line := strings.ReplaceAll("N: &N [*P,*P,*P,*P,*P,*P,*P,*P,*P]\n", "P", string(c-1))
		bomb += strings.ReplaceAll(line, "N", string(c))
	}
	many := func(text string) string { return strings.Repeat(text, (maxSize-100)/len(text)) }
	for name, text := range map[string]string{
		"bomb":      bomb + service("pool_max: 1"),
		"lists":     many("["),
		"JSON":      "[" + many("[],") + "[]]",
		"deep JSON": strings.Repeat("[", maxSize/2) + strings.Repeat("]", maxSize/2),
		"mappings":  many("{a: "),
		"keys":      many("? "),
		"sequence":  many("- "),
		"items":     "[" + many("a,") + "]",
		"anchors":   many("&a "),
		"tags":      many("!a "),
		"quotes":    many(`"`),
		"comments":  many("#\n"),
		"pairs":     "{" + many("a,") + "}",
		"servers":   "servers: {" + many("? ,") + "}",
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start := time.Now()
		if _, err := Read(strings.NewReader(text)); err == nil {
			t.Errorf("%s: no error", name)
		}
		took := time.Since(start)
		runtime.ReadMemStats(&after)
		if memory := after.TotalAlloc - before.TotalAlloc; took > mostTime || memory > mostMemory {
			t.Errorf("%s took %v and allocated %d MiB", name, took, memory>>20)
		}
		t.Logf("%s: %v, %d MiB", name, took, (after.TotalAlloc-before.TotalAlloc)>>20)
	}
}

// The number of servers and services together does not cost more than each.
func TestReadMany(t *testing.T) {
	var text strings.Builder
	text.WriteString("servers:\n")
	for i := range 20_000 {
		fmt.Fprintf(&text, "  s%d: {}\n", i)
	}
	text.WriteString("services:\n")
	for i := range 20_000 {
		fmt.Fprintf(&text, "  s%d: {server: s%d, pool_max: 1}\n", i, i)
	}
	start := time.Now()
	f, err := Read(strings.NewReader(text.String()))
	if err != nil || len(f.Services) != 20_000 || f.Services[19_999].Server != "s19999" {
		t.Fatal(err)
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("it took %v", took)
	}
	t.Logf("%v, %d bytes", time.Since(start), text.Len())
}
