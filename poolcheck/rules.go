package poolcheck

// A rule is one question that a check asks.
type rule struct {
	id, name string
	title    string // the question, for people
	help     string // what an answer other than a pass means, and what to do
	judge    func(*judge)
}

// rules lists all rules by ID.
var rules = []rule{
	{"C01", "capacity-steady", "Do all pools, filled, fit the server?",
		"Instances times pool size, summed over the services, plus the connections of others must not be more than max_connections: a client above it gets error 1040. Lower SetMaxOpenConns to the printed value, run fewer instances or raise max_connections.",
		(*judge).capacitySteady},
	{"C02", "capacity-surge", "Do they fit while a deployment rolls out?",
		"Old and new processes run side by side during a deployment, each with full pools. Leave room for them, or allow the deployment fewer processes at a time.",
		(*judge).capacitySurge},
	{"C03", "headroom", "Is there room left?",
		"More than 85 % of the connections are spoken for: the next service, a backup or a person at a prompt meets error 1040.",
		(*judge).headroom},
	{"C04", "unbounded-pool", "Has each pool a limit?",
		"database/sql opens as many connections as there are concurrent queries unless SetMaxOpenConns says otherwise.",
		(*judge).unboundedPool},
	{"C05", "pool-per-request", "Is each pool opened once per process?",
		"A pool that is opened for each request or job adds its connections each time. Open it once and share it: a *sql.DB is made for that.",
		(*judge).poolPerRequest},
	{"C06", "unknown-setting", "Is each setting known?",
		"A setting that comes from the environment, a flag or a configuration is not in the source. Say what it is with -set NAME=VALUE.",
		(*judge).unknownSetting},
	{"C07", "peak-history", "How close to the limit has the server been?",
		"Max_used_connections is the highest number of connections since it was last reset. On MariaDB and MySQL a refused client counts too, and sessions on the administrative port do, so it can be above max_connections.",
		(*judge).peakHistory},
	{"C08", "refused-now", "Has the server refused clients?",
		"Connection_errors_max_connections counts clients that got error 1040. MariaDB counts only those it refused before the handshake, so there may have been many more; a peak above max_connections shows that there were some.",
		(*judge).refusedNow},
	{"C09", "current-use", "How full is the server now?",
		"More than 80 % of the connections are taken.",
		(*judge).currentUse},
	{"C10", "cannot-connect", "Does the server accept a connection?",
		"A full server can still be looked at through its extra_port (MariaDB) or admin_port (MySQL), or by an account with CONNECTION_ADMIN, which has one slot of its own: give poolcheck that DSN as the administrative one.",
		(*judge).cannotConnect},
	{"C11", "account-limit", "Do the pools fit what their account may have?",
		"max_user_connections, or MAX_USER_CONNECTIONS of the account, limits the connections of one account: clients above it get error 1203 or 1226.",
		(*judge).accountLimit},
	{"C12", "lifetime", "Do pools give connections up before something else cuts them?",
		"A connection that has idled for wait_timeout is closed by the server, and firewalls and load balancers forget it even earlier. The driver notices and dials again, unless checkConnLiveness=false; a held *sql.Conn or an idle transaction breaks. Set SetConnMaxLifetime below both; go-sql-driver/mysql recommends less than five minutes.",
		(*judge).lifetime},
	{"C13", "wait-timeout-huge", "Does the server ever close idle connections?",
		"With a wait_timeout of eight hours a leaked connection stays all day. 60 to 300 s suit services; it applies to new sessions only, and it rolls idle transactions back.",
		(*judge).waitTimeoutHuge},
	{"C14", "wait-timeout-short", "Does the server leave transactions enough time?",
		"A transaction that is idle for longer than wait_timeout is rolled back and its connection closed: the update is lost and Commit returns an error.",
		(*judge).waitTimeoutShort},
	{"C15", "interactive-timeout", "Which timeout applies?",
		"interactive_timeout is for interactive clients. Go's driver is none: its sessions use wait_timeout.",
		(*judge).interactiveTimeout},
	{"C16", "idle-transactions", "Are transactions left open?",
		"A transaction that is open while its connection idles was begun and neither committed nor rolled back: it pins a connection and its locks. connvet finds such places: connleak/tx.",
		(*judge).idleTransactions},
	{"C17", "sleepers", "Are more connections idle than the pools may keep?",
		"A pool closes what it gets back beyond SetMaxIdleConns. More sleeping connections than that are held by somebody: leaked rows, transactions or connections, pools that were never closed, or another program with the same account. connvet finds leaks: connleak.",
		(*judge).sleepers},
	{"C18", "over-declared", "Has an account more connections than its pools may open?",
		"There are instances that were not declared, a second pool, a pool per request, or another program with the same account.",
		(*judge).overDeclared},
	{"C19", "unattributed", "Who else is connected?",
		"Connections of accounts that no service has count as overhead.",
		(*judge).unattributed},
	{"C20", "instances-seen", "Are there as many processes as declared?",
		"Each process of Go's driver tells its process ID. More of them than instances means that the budget is too small.",
		(*judge).instancesSeen},
	{"C21", "idle-pool-churn", "Do pools keep the connections that they need?",
		"With SetMaxIdleConns below SetMaxOpenConns a busy pool closes connections and dials them again all the time. Set both to the same value and bound the time with SetConnMaxIdleTime.",
		(*judge).churn},
	{"C22", "thread-cache", "Does the server reuse its threads?",
		"More than one connection in a hundred needed a new thread: thread_cache_size is too small for the number of connections that come and go.",
		(*judge).threadCache},
	{"C23", "memory", "Would the server's memory suffice for all connections?",
		"Each connection may allocate its buffers. The sum is an upper bound; an idle connection takes some 200 to 300 KiB.",
		(*judge).memory},
	{"C24", "fd-limit", "Has the server enough file descriptors?",
		"Each connection takes a file descriptor. MySQL lowers max_connections without a word when it has too few; MariaDB stops answering.",
		(*judge).fdLimit},
	{"C25", "app-has-admin", "Can a service take the administrator's slot?",
		"Servers keep one connection for accounts with SUPER or CONNECTION_ADMIN. A service that has them takes it, and nobody can look at the full server any more.",
		(*judge).appHasAdmin},
	{"C26", "no-side-door", "Can a full server still be looked at?",
		"MariaDB's extra_port and MySQL's admin_address are further ports with connections of their own. MariaDB's is open to every account; MySQL's needs SERVICE_CONNECTION_ADMIN.",
		(*judge).sideDoor},
	{"C27", "replica-overhead", "Do replicas use connections?",
		"Each replica holds one connection of the server that it reads from.",
		(*judge).replicas},
	{"C28", "wrong-server", "Do the pools connect to the right server?",
		"A pool for writing that reaches a read-only server fails on its first write; one for reading that reaches the primary takes its connections.",
		(*judge).wrongServer},
	{"C29", "proxy-in-path", "Is there a proxy in between?",
		"With a proxy there are two limits: the clients that it accepts, and the connections that it opens to the server.",
		(*judge).proxyInPath},
	{"C30", "serverless", "Do cloud functions fit?",
		"Each running instance of a function is a process with its own pool. Give it a pool of one or two connections, and put a proxy in between.",
		(*judge).serverless},
	{"C31", "x-protocol", "Is the X protocol on?",
		"Sessions of the X protocol have a limit of their own, mysqlx_max_connections.",
		(*judge).xProtocol},
	{"C32", "aborted-clients", "Do clients close their connections?",
		"Aborted_clients counts connections that ended without a farewell: processes that exit without db.Close, or idle ones that wait_timeout cuts.",
		(*judge).abortedClients},
	{"C33", "lock-waits", "Do sessions wait for locks?",
		"Sessions that wait for each other hold their connections and fill the pools.",
		(*judge).lockPileUp},
	{"C34", "pool-deadlock", "Is each pool large enough for code that holds several connections?",
		"A goroutine that needs another connection while it holds one waits for ever if others do the same and the pool is used up: the pool needs more than (n-1) x goroutines connections.",
		(*judge).poolDeadlock},
	{"C35", "prepared-statements", "Are prepared statements closed?",
		"Prepared statements stay on the server until they are closed. At max_prepared_stmt_count clients get error 1461. connvet finds statements that are not closed: connleak/stmt.",
		(*judge).preparedStatements},
}

// A RuleDoc is the documentation of a rule.
type RuleDoc struct {
	ID, Name string
	Title    string // the question that it asks
	Help     string // what an answer other than a pass means, and what to do
}

// Rules returns the documentation of all rules, by ID.
func Rules() []RuleDoc {
	var docs []RuleDoc
	for _, r := range rules {
		docs = append(docs, RuleDoc{r.id, r.name, r.title, r.help})
	}
	return docs
}
