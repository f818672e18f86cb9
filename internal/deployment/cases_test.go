package deployment

// A testCase is a deployment file that Read accepts, or refuses with an error.
type testCase struct {
	text, err string
	// beyond says that the schema cannot see what is wrong, or not in YAML.
	beyond bool
}

// server and service return a file with one server or service with some keys.
func server(keys string) string {
	return "servers:\n  db: {" + keys + "}\nservices:\n  api: {pool_max: 1}\n"
}

func service(keys string) string {
	return "servers:\n  db: {}\nservices:\n  api: {" + keys + "}\n"
}

// testCases are read by Read, and by the schema.
var testCases = []testCase{
	{text: service("pool_max: 0")},
	{text: service("pool_max: 1000000000")},
	{text: service("pool_max: 7.0")},
	{text: service("manifest: a.json, pool_max: 1")},
	{text: service(`pool_max: 1, surge: "100%"`)},
	{text: service("pool_max: 1, surge: 0")},
	{text: service("pool_max: 1, max_lifetime: 0")},
	{text: service("pool_max: 1, max_lifetime: 1h0.5m2us")},
	{text: service("pool_max: 1, instances: 2, max_instances: 2")},
	{text: service("manifest: a.json, env: {A: 0x10, B: yes, C: 1e3, D: .5}")},
	{text: server("")},
	{text: server("ram: 0")},
	{text: server("ram: 1.5G")},
	{text: server("overhead: 0")},
	{text: server("overhead: {}")},
	{text: server("proxy: router")},
	{text: server("proxy: {kind: rdsproxy, percent: 100}")},
	{text: `{"services": {"a\/b \ud83d\ude00": {"pool_max": 1}}}`, beyond: true},
	{text: `"servers": {}` + "\nservices: {1: {pool_max: 1}}"},

	// The whole file.
	{text: "", err: "it is empty", beyond: true},
	{text: "# nothing\n", err: "it is empty", beyond: true},
	{text: "api", err: "line 1: want a mapping, found a string"},
	{text: "[]", err: "line 1: want a mapping, found a list"},
	{text: "---\n", err: "line 2: want a mapping, found nothing"},
	{text: "servers: {}\n", err: "line 1: has no services"},
	{text: "services: {}\n", err: "line 1: has no services"},
	{text: "services:\n", err: "line 1: services: want a mapping, found nothing"},
	{text: service("pool_max: 1") + "---\n" + service("pool_max: 1"), err: "there is more than one YAML document", beyond: true},
	{text: service("pool_max: 1") + "\nservice: {}\n", err: "line 6: service: unknown key (did you mean services?)"},
	{text: service("pool_max: 1") + "\nversion: 1\n", err: "line 6: version: unknown key: want one of $schema, servers, services"},
	{text: "services:\n  api:\n    pool_max: 1\n  api:\n    pool_max: 2\n", err: "line 4: services.api: is there already, in line 2", beyond: true},
	{text: "services:\n  api: [pool_max: 1\n", err: "near line 1: not YAML: did not find expected ',' or ']'", beyond: true},
	{text: "{services", err: "near line 1: not YAML: did not find expected ',' or '}'", beyond: true},
	{text: "'services", err: "not YAML: found unexpected end of stream", beyond: true},
	{text: "services:\n\tapi: 1\n", err: "near line 2: not YAML: found character that cannot start any token", beyond: true},
	{text: "{\"services\":\n\n{\"a\": {\"pool_max\":\n1, \"pool_max\": 2}}}", err: "line 4: services.a.pool_max: is there already, in line 3", beyond: true},
	{text: `{"services": {"a": {"pool_max": null}}}`, err: "line 1: services.a.pool_max: want a whole number, found nothing"},
	{text: `{"services": [true]}`, err: "line 1: services: want a mapping, found a list"},
	{text: `"hunter2"`, err: "line 1: want a mapping, found a string"},
	{text: "services: {? [a] : {pool_max: 1}}", err: "line 1: services: a key is no name", beyond: true},
	{text: "services: {'': {pool_max: 1}}", err: "line 1: services: a key is no name"},
	{text: "services: {~: {pool_max: 1}}", err: "line 1: services: a key is no name", beyond: true},

	// What YAML has beyond JSON.
	{text: service("pool_max: &a 1"), err: "line 4: anchors and aliases are not supported: a string that starts with & or * needs quotes", beyond: true},
	{text: "a: &a {}\nservices: *a", err: "line 1: anchors and aliases are not supported: a string that starts with & or * needs quotes", beyond: true},
	{text: service("manifest: a.json, env: {PASSWORD: *hunter2}"), err: "anchors and aliases are not supported: a string that starts with & or * needs quotes", beyond: true},
	{text: service("manifest: a.json, env: {PASSWORD: !hunter2 x}"), err: "line 4: tags are not supported: a string that starts with ! needs quotes", beyond: true},
	{text: service("pool_max: !!int '1'"), err: "line 4: tags are not supported: a string that starts with ! needs quotes", beyond: true},
	{text: service("pool_max: 010"), err: "line 4: services.api.pool_max: want a whole number, such as 10", beyond: true},
	{text: service("pool_max: 1_000"), err: "line 4: services.api.pool_max: want a whole number, such as 10", beyond: true},
	{text: service("pool_max: .inf"), err: "line 4: services.api.pool_max: want a whole number, such as 10", beyond: true},

	// Servers.
	{text: server("dns_env: X"), err: "line 2: servers.db.dns_env: unknown key (did you mean dsn_env?)"},
	{text: server("dsn: root:hunter2@tcp(db)/x"), err: "line 2: servers.db.dsn: a DSN may hold a password, which has no place in this file: " +
		"give the name of an environment variable as dsn_env, or the path of a file as dsn_file"},
	{text: server("admin_dsn: root:hunter2@tcp(db)/x"), err: "line 2: servers.db.admin_dsn: a DSN may hold a password, which has no place in this file: " +
		"give the name of an environment variable as admin_dsn_env, or the path of a file as admin_dsn_file"},
	{text: server("dsn_env: root:hunter2@tcp(db)/x"), err: "line 2: servers.db.dsn_env: want the name of an environment variable, such as ORDERS_DSN"},
	{text: server("dsn_file: root:hunter2@tcp(db)/x"), err: "line 2: servers.db.dsn_file: want a path; a DSN has no place here"},
	{text: server("dsn_file: mysql://db/x"), err: "line 2: servers.db.dsn_file: want a path; a DSN has no place here"},
	{text: server("dsn_env: ''"), err: "line 2: servers.db.dsn_env: is empty"},
	{text: server("dsn_env: A, dsn_file: b"), err: "line 2: servers.db.dsn_file: there is dsn_env, too: want one of them"},
	{text: server("admin_dsn_env: A, admin_dsn_file: b"), err: "line 2: servers.db.admin_dsn_file: there is admin_dsn_env, too: want one of them"},
	{text: server("assume: 16"), err: "line 2: servers.db.assume: want a string, found a number"},
	{text: server("replicas: -1"), err: "line 2: servers.db.replicas: -1 is negative"},
	{text: server("replicas: 1.5"), err: "line 2: servers.db.replicas: want a whole number, such as 10"},
	{text: server("replicas: two"), err: "line 2: servers.db.replicas: want a whole number, found a string"},
	{text: server("replicas: "), err: "line 2: servers.db.replicas: want a whole number, found nothing"},
	{text: server("replicas: 1000000001"), err: "line 2: servers.db.replicas: want 1000000000 or less"},
	{text: server("replicas: 1e400"), err: "line 2: servers.db.replicas: want a whole number, found a string", beyond: true},
	{text: `{"services": {"a": {"pool_max": 1e400}}}`, err: "line 1: services.a.pool_max: want a whole number, such as 10", beyond: true},
	{text: server("overhead: some"), err: "line 2: servers.db.overhead: want a number, or a mapping of names to numbers, found a string"},
	{text: server("overhead: {bi: -5}"), err: "line 2: servers.db.overhead.bi: -5 is negative"},
	{text: server("overhead: {bi: 1, bi: 2}"), err: "line 2: servers.db.overhead.bi: is there already, in line 2", beyond: true},
	{text: server("overhead: {a: 1000000000, b: 1}"), err: "line 2: servers.db.overhead.b: the sum is more than 1000000000", beyond: true},
	{text: server("proxy: pgbouncer"), err: "line 2: servers.db.proxy: unknown proxy: want one of none, proxysql, rdsproxy, router, vitess"},
	{text: server("proxy: ~"), err: "line 2: servers.db.proxy: want a string, found nothing"},
	{text: server("proxy: {instances: 2}"), err: "line 2: servers.db.proxy: has no kind"},
	{text: server("proxy: {kind: pgbouncer}"), err: "line 2: servers.db.proxy.kind: unknown proxy: want one of none, proxysql, rdsproxy, router, vitess"},
	{text: server("proxy: {kind: rdsproxy, percent: 101}"), err: "line 2: servers.db.proxy.percent: want 100 or less"},
	{text: server("proxy: {kind: rdsproxy, percent: 0}"), err: "line 2: servers.db.proxy.percent: want 1 or more, found 0"},
	{text: server("proxy: {kind: proxysql, max_client: 1}"), err: "line 2: servers.db.proxy.max_client: unknown key (did you mean max_clients?)"},
	{text: server("proxy: {kind: proxysql, admin_dsn: x}"), err: "line 2: servers.db.proxy.admin_dsn: a DSN may hold a password, which has no place in this file: " +
		"give the name of an environment variable as admin_dsn_env, or the path of a file as admin_dsn_file"},
	{text: server("proxy: {kind: proxysql, admin_dsn_env: A, admin_dsn_file: b}"), err: "line 2: servers.db.proxy.admin_dsn_file: there is admin_dsn_env, too: want one of them"},
	{text: server("ram: 16GB"), err: "line 2: servers.db.ram: want a number of bytes, or one with KiB, MiB, GiB or TiB, such as 16GiB"},
	{text: server("ram: 2000T"), err: "line 2: servers.db.ram: that is more memory than any machine has", beyond: true},
	{text: server("ram: 1e16"), err: "line 2: servers.db.ram: want 1125899906842624 or less"},
	{text: server("ram: [1]"), err: "line 2: servers.db.ram: want a string, found a list"},
	{text: server("middlebox: 300"), err: "line 2: servers.db.middlebox: want a duration, such as 90s or 5m: a number needs its unit"},
	{text: server("middlebox: 0s"), err: "line 2: servers.db.middlebox: want more than 0"},
	{text: server("middlebox: -5m"), err: "line 2: servers.db.middlebox: is negative"},
	{text: server("middlebox: 5 minutes"), err: "line 2: servers.db.middlebox: want a duration, such as 90s or 5m"},
	{text: server("middlebox: +5m"), err: "line 2: servers.db.middlebox: want a duration, such as 90s or 5m"},
	{text: server("middlebox: 99999999h"), err: "line 2: servers.db.middlebox: want a duration, such as 90s or 5m", beyond: true},
	{text: server("middlebox: {}"), err: "line 2: servers.db.middlebox: want a duration, such as 90s or 5m, found a mapping"},
	{text: "servers: {db: 5}\nservices: {api: {pool_max: 1}}", err: "line 1: servers.db: want a mapping, found a number"},

	// Services.
	{text: "services:\n  api:\n    pool_max: 1\n\n    # how many\n    instance: 6\n", err: "line 6: services.api.instance: unknown key (did you mean instances?)"},
	{text: service("pool_max: 1, dsn: x"), err: "line 4: services.api.dsn: unknown key: want one of manifest, main, server, user, pools, instances, max_instances, " +
		"surge, env, pool_max, pool_max_idle, max_lifetime, max_idle_time, function_concurrency, goroutines, longest_transaction"},
	{text: service(""), err: "line 4: services.api: has neither manifest nor pool_max"},
	{text: service("instances: 1"), err: "line 4: services.api: has neither manifest nor pool_max"},
	{text: service("pool_max: 1, main: a"), err: "line 4: services.api.main: there is no manifest"},
	{text: service("pool_max: 1, pools: [a]"), err: "line 4: services.api.pools: there is no manifest"},
	{text: service("pool_max: 1, env: {}"), err: "line 4: services.api.env: there is no manifest"},
	{text: service("pool_max: 1, server: dba"), err: "line 4: services.api.server: unknown server (did you mean db?)", beyond: true},
	{text: "servers: {orders-db: {}}\nservices: {a: {pool_max: 1, server: order-db}}", err: "line 2: services.a.server: unknown server (did you mean orders-db?)", beyond: true},
	{text: "servers: {}\nservices: {a: {pool_max: 1, server: db}}", err: "line 2: services.a.server: unknown server", beyond: true},
	{text: "servers: {b: {}, a: {}}\nservices: {a: {pool_max: 1}}", err: "line 2: services.a: has no server: want one of a, b", beyond: true},
	{text: service("pool_max: -1"), err: "line 4: services.api.pool_max: -1 is negative"},
	{text: service("pool_max: 1, pool_max_idle: -1"), err: "line 4: services.api.pool_max_idle: -1 is negative"},
	{text: service("pool_max: '1'"), err: "line 4: services.api.pool_max: want a whole number, found a string"},
	{text: service("pool_max: true"), err: "line 4: services.api.pool_max: want a whole number, found a boolean"},
	{text: service("pool_max: 2024-01-01"), err: "line 4: services.api.pool_max: want a whole number, found a date"},
	{text: service("pool_max: 1, instances: 0"), err: "line 4: services.api.instances: want 1 or more, found 0"},
	{text: service("pool_max: 1, instances: 3, max_instances: 2"), err: "line 4: services.api.max_instances: 2 is less than the 3 instances", beyond: true},
	{text: service("pool_max: 1, surge: 25 %"), err: "line 4: services.api.surge: want a number of instances, such as 2, or a percentage, such as 25%"},
	{text: service("pool_max: 1, surge: -25%"), err: "line 4: services.api.surge: want a number of instances, such as 2, or a percentage, such as 25%"},
	{text: service("pool_max: 1, surge: 1000001"), err: "line 4: services.api.surge: want 1000000 or less"},
	{text: service("pool_max: 1, surge: 0.25"), err: "line 4: services.api.surge: want a whole number, such as 10"},
	{text: service("manifest: a.json, pools: a"), err: "line 4: services.api.pools: want a list, found a string"},
	{text: service("manifest: a.json, pools: []"), err: "line 4: services.api.pools: is empty"},
	{text: service("manifest: a.json, pools: [a, 1]"), err: "line 4: services.api.pools[1]: want a string, found a number"},
	{text: service("manifest: a.json, env: [PASSWORD=hunter2]"), err: "line 4: services.api.env: want a mapping, found a list"},
	{text: service("manifest: a.json, env: PASSWORD=hunter2"), err: "line 4: services.api.env: want a mapping, found a string"},
	{text: service("manifest: a.json, env: {hunter2}"), err: `line 4: services.api.env: a variable has no value: "" is the empty one`},
	{text: service("manifest: a.json, env: {PASSWORD: {hunter2: hunter2}}"), err: "line 4: services.api.env.PASSWORD: want a string, a number or a boolean, found a mapping"},
	{text: service("manifest: a.json, env: {'PASSWORD=hunter2': []}"), err: "line 4: services.api.env.?: want a string, a number or a boolean, found a list"},
	{text: service("manifest: a.json, env: {PASSWORD: a, PASSWORD: b}"), err: "line 4: services.api.env.PASSWORD: is there already, in line 4", beyond: true},
	{text: service("manifest: a.json, hunter2"), err: "line 4: services.api: unknown key: want one of manifest, main, server, user, pools, instances, max_instances, " +
		"surge, env, pool_max, pool_max_idle, max_lifetime, max_idle_time, function_concurrency, goroutines, longest_transaction"},
	{text: service("pool_max: 1, user: 5"), err: "line 4: services.api.user: want a string, found a number"},
	{text: service("pool_max: 1, max_idle_time: 60"), err: "line 4: services.api.max_idle_time: want a duration, such as 90s or 5m: a number needs its unit"},
	{text: service("pool_max: 1, longest_transaction: never"), err: "line 4: services.api.longest_transaction: want a duration, such as 90s or 5m"},
	{text: service("pool_max: 1, goroutines: 0"), err: "line 4: services.api.goroutines: want 1 or more, found 0"},
	{text: service("pool_max: 1, function_concurrency: none"), err: "line 4: services.api.function_concurrency: want a whole number, found a string"},
}
