package preset

import (
	"slices"
	"strings"
	"testing"
)

// The figures of the documents, by service. Names that stand together have the
// same.
var documents = map[string]map[string]int64{
	"azure-flex": {
		"b1s": 85, "b1ms": 171, "b2": 341,
		"gp2": 683, "gp4 bc2": 1365, "gp8 bc4": 2731, "gp16 bc8": 5461, "gp32 bc16": 10923, "gp48": 16384, "gp64 bc32": 21845,
		"bc48": 32768, "bc64": 43008,
	},
	"azure-single": {
		"basic1": 50, "basic2": 100,
		"gp2": 300, "gp4 mo2": 625, "gp8 mo4": 1250, "gp16 mo8": 2500, "gp32 mo16": 5000, "gp64 mo32": 10000,
	},
	"aurora": {
		"t2.small t3.small": 45, "t2.medium t3.medium t4g.medium": 90, "t3.large t4g.large": 135,
		"r3.large r4.large r5.large r6g.large r6i.large":                                                      1000,
		"r3.xlarge r4.xlarge r5.xlarge r6g.xlarge r6i.xlarge x2g.large":                                       2000,
		"r3.2xlarge r4.2xlarge r5.2xlarge r6g.2xlarge r6i.2xlarge x2g.xlarge":                                 3000,
		"r3.4xlarge r4.4xlarge r5.4xlarge r6g.4xlarge r6i.4xlarge x2g.2xlarge":                                4000,
		"r3.8xlarge r4.8xlarge r5.8xlarge r6g.8xlarge r6i.8xlarge x2g.4xlarge":                                5000,
		"r4.16xlarge r5.12xlarge r5.16xlarge r6g.12xlarge r6g.16xlarge r6i.12xlarge r6i.16xlarge x2g.8xlarge": 6000,
		"r5.24xlarge r6i.24xlarge r6i.32xlarge x2g.12xlarge x2g.16xlarge":                                     7000,
	},
}

// The table has what the documents have, and no more.
func TestDocuments(t *testing.T) {
	for service, figures := range documents {
		var names []string
		for sizes, want := range figures {
			for _, size := range strings.Fields(sizes) {
				name := service + ":" + size
				names = append(names, name)
				if p, err := Lookup(name); err != nil || p.MaxConnections != want || p.Name != name {
					t.Errorf("%s: got %+v, error %v, want %d", name, p, err, want)
				}
			}
		}
		for _, name := range Names() {
			if strings.HasPrefix(name, service+":") && !slices.Contains(names, name) {
				t.Errorf("%s is in no document", name)
			}
		}
	}
}

// Azure's default is the memory over 12 MiB, and so it is with RDS, less what
// the system takes.
func TestAzureMemory(t *testing.T) {
	for _, p := range named(t, "azure-flex") {
		gib, ok := parseGiB(strings.ToLower(p.Hardware[strings.LastIndex(p.Hardware, ", ")+2:]))
		if want := int64(gib*1024/12 + 0.5); !ok || p.MaxConnections != want {
			t.Errorf("%s, %s: %d, want %d", p.Name, p.Hardware, p.MaxConnections, want)
		}
	}
}

// named returns the presets of a service.
func named(t *testing.T, service string) []Preset {
	t.Helper()
	var all []Preset
	for _, name := range Names() {
		if strings.HasPrefix(name, service+":") {
			p, err := Lookup(name)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, p)
		}
	}
	return all
}

// Each row of AWS's table is what the formula gives for its memory.
func TestAuroraFormula(t *testing.T) {
	for _, p := range named(t, "aurora") {
		_, memory, _ := strings.Cut(p.Hardware, ", ")
		made, err := Lookup("aurora:" + strings.ReplaceAll(memory, " ", ""))
		if err != nil || made.MaxConnections != p.MaxConnections {
			t.Errorf("%s, %s: by the formula %d, error %v, want %d", p.Name, p.Hardware, made.MaxConnections, err, p.MaxConnections)
		}
		if p.Estimate || !made.Estimate {
			t.Errorf("%s is an estimate: %v, and from the memory: %v", p.Name, p.Estimate, made.Estimate)
		}
	}
}

func TestFormulas(t *testing.T) {
	tests := []struct {
		name string
		want int64
	}{
		{"aurora:15.25GiB", 1000}, // the worked examples of AWS
		{"aurora:30.5GiB", 2000},
		{"aurora:16GiB", 1000}, // 8 to 64 capacity units of Aurora Serverless v2
		{"aurora:32GiB", 2000},
		{"aurora:64GiB", 3000},
		{"aurora:8GiB", 135},
		{"aurora:2GiB", 45},
		{"aurora:65536GiB", 13000},
		{"rds:16GiB", 1365},
		{"rds:1GiB", 85},
		{"rds:65536GiB", 100_000},
		{"rds:t3.micro", 85},
		{"rds:m5.large", 682},
		{"rds:db.r5.large", 1365},
		{"rds:r4.large", 1301},
		{"rds:x2iedn.32xlarge", 100_000},
	}
	for _, test := range tests {
		p, err := Lookup(test.name)
		if err != nil || p.MaxConnections != test.want {
			t.Errorf("%s: %d, error %v, want %d", test.name, p.MaxConnections, err, test.want)
		}
		if !p.Estimate || !strings.Contains(p.Note, "estimate") {
			t.Errorf("%s is not said to be an estimate: %+v", test.name, p)
		}
	}
	if a, b := rds(12582880*1000), rds(12582880*1000-1); a != 1000 || b != 999 {
		t.Errorf("RDS has %d and %d, want 1000 and 999", a, b)
	}
	if got := aurora(1 << 60); got != 16_000 {
		t.Errorf("Aurora with no end of memory has %d", got)
	}
}

// A 16 GiB class has around 1,300 connections, says AWS: our figure is above.
func TestUpperEstimate(t *testing.T) {
	p, err := Lookup("rds:16GiB")
	if err != nil || p.MaxConnections < 1300 || !strings.Contains(p.Note, "an upper estimate") || !strings.Contains(p.Note, "1300") {
		t.Errorf("got %+v, error %v", p, err)
	}
}

func TestLookup(t *testing.T) {
	want := Preset{
		Name: "rds:m5.large", Service: "Amazon RDS for MySQL", MaxConnections: 682, Hardware: "2 vCPU, 8 GiB", Estimate: true,
		Note:   "an upper estimate: RDS takes the memory of the system and its own processes off first, so a 16 GiB class has around 1300, not 1365",
		Source: "awsdocs/amazon-rds-user-guide doc_source/CHAP_Limits.md @0219b24f; memory: awsdocs/amazon-rds-user-guide doc_source/Concepts.DBInstanceClass.md @b8cea00f",
		Date:   "2022-09-23",
	}
	for _, name := range []string{"rds:m5.large", "rds:db.m5.large", "RDS:DB.M5.Large"} {
		if got, err := Lookup(name); err != nil || got != want {
			t.Errorf("%s: got %+v, error %v, want %+v", name, got, err, want)
		}
	}
	for _, name := range []string{"aurora:16GiB", "aurora:16gib", "Aurora:16.0 GiB"} {
		if got, err := Lookup(name); err != nil || got.Name != "aurora:16GiB" {
			t.Errorf("%s: got %+v, error %v", name, got, err)
		}
	}
}

func TestLookupErrors(t *testing.T) {
	const services = "unknown service: want one of aurora, azure-flex, azure-single, rds, with a size, such as azure-flex:gp2"
	tests := map[string]string{
		"":                                     services,
		"gp2":                                  services,
		"azure:gp2":                            services,
		"azure-single":                         "azure-single has no such size: want one of basic1, basic2, gp2, gp4, gp8, gp16, gp32, gp64, mo2, mo4, mo8, mo16, mo32",
		"azure-single:gp3":                     `azure-single has no "gp3": want one of basic1, basic2, gp2, gp4, gp8, gp16, gp32, gp64, mo2, mo4, mo8, mo16, mo32`,
		"azure-single:16GiB":                   `azure-single has no "16gib": want one of basic1, basic2, gp2, gp4, gp8, gp16, gp32, gp64, mo2, mo4, mo8, mo16, mo32`,
		"aurora:":                              `aurora has no such size: want one like t4g.medium, t4g.large, t3.small, t3.medium, or a memory, such as 16GiB`,
		"aurora:db.r7g.large":                  `aurora has no "r7g.large": want one like r6g.large, t4g.large, r6i.large, r5.large, or a memory, such as 16GiB`,
		"rds:m5.huge":                          `rds has no "m5.huge": want one like m5.large, m5.xlarge, m5.2xlarge, m5.4xlarge, or a memory, such as 16GiB`,
		"rds:0.5GiB":                           "rds has no instances with that memory",
		"aurora:1GiB":                          "aurora has no instances with that memory",
		"rds:0GiB":                             "rds has no instances with that memory",
		"rds:99999GiB":                         "rds has no instances with that memory",
		"rds:root:hunter2@tcp(db:3306)/orders": `rds has no such size: want one like t4g.micro, t4g.small, t4g.medium, t4g.large, or a memory, such as 16GiB`,
	}
	for name, want := range tests {
		if p, err := Lookup(name); err == nil || err.Error() != want {
			t.Errorf("%q: got %+v, error %v, want %s", name, p, err, want)
		}
	}
	if _, err := Lookup("rds:" + strings.Repeat("x", 1<<20)); err == nil || len(err.Error()) > 200 {
		t.Errorf("error %v", err)
	}
}

// All names are found, sorted, different, and tell where they come from.
func TestNames(t *testing.T) {
	names := Names()
	if !slices.IsSorted(names) || len(slices.Compact(slices.Clone(names))) != len(names) {
		t.Error("names are not sorted, or not different")
	}
	for _, name := range names {
		p, err := Lookup(name)
		if err != nil || p.Name != name || p.MaxConnections < 1 || p.Service == "" || p.Hardware == "" || p.Source == "" || p.Date == "" {
			t.Errorf("%s: %+v, error %v", name, p, err)
		}
		service, _, _ := strings.Cut(name, ":")
		if !slices.Contains(Services(), service) {
			t.Errorf("%s: %s is no service", name, service)
		}
	}
	if want := []string{"aurora", "azure-flex", "azure-single", "rds"}; !slices.Equal(Services(), want) {
		t.Errorf("services %q, want %q", Services(), want)
	}
}

func TestParseErrors(t *testing.T) {
	const head = "service rds, R\nsource x\ndate 2022-05-24\n"
	tests := map[string]string{
		"a 1 x":                              "line 1: stands before the first service",
		"source x":                           "line 1: stands before the first service",
		"service":                            "line 1: want service NAME, TITLE",
		"service rds":                        "line 1: want service NAME, TITLE",
		"# a comment\n\nservice a, A\na 1 x": "line 4: has no source and date",
		"service a, A\nsource x\na 1 x":      "line 3: has no source and date",
		"service rds, R\nformula":            "line 2: has no source and date",
		"service rds, R\nsource x\ndate May": `line 3: parsing time "May" as "2006-01-02": cannot parse "May" as "2006"`,
		head + "source y\na 1 x":             "line 5: has no source and date",
		head + "service a, A\na 1 x":         "line 5: has no source and date",
		head + "service rds, R":              "line 4: rds is there already",
		head + "service a, A\nformula":       "line 5: a has no formula",
		head + "a 1":                         "line 4: want SIZE NUMBER HARDWARE",
		head + "a 1 x\na 2 x":                "line 5: rds:a is there already",
		head + "A 1 x":                       "line 4: rds:A is not lower case",
		head + "a 0 x":                       "line 4: rds:a: want a number of connections, or =",
		head + "a many x":                    "line 4: rds:a: want a number of connections, or =",
		head + "a = 2 vCPU, 8 GiB":           "line 4: rds:a: rds has no formula",
		head + "formula\na = 2 vCPU":         "line 5: rds:a: want hardware with a memory, such as 2 vCPU, 8 GiB",
	}
	for text, want := range tests {
		if _, err := parse(text); err == nil || err.Error() != want {
			t.Errorf("%q: error %v, want %s", text, err, want)
		}
	}
	if services, err := parse(head + "formula\r\na = 2 vCPU, 8 GiB"); err != nil || services[0].presets[0].MaxConnections != 682 {
		t.Errorf("got %+v, error %v", services, err)
	}
}
