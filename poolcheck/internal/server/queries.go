package server

import "strings"

// The statements. SHOW leaves out names that the server does not know; SELECT
// @@name would fail as a whole.

const (
	// querySession never fails on MySQL and MariaDB, whoever asks. Others do not
	// have all of these variables.
	querySession       = queryLesserSession + ", @@SESSION.wait_timeout, @@SESSION.max_user_connections"
	queryLesserSession = "SELECT CURRENT_USER(), CONNECTION_ID(), @@version"

	// probeComment is answered by ProxySQL itself if it is spelt exactly so.
	probeComment = "select @@version_comment limit 1"

	// probeProxySQL returns a row on ProxySQL and is a syntax error on servers.
	probeProxySQL = "PROXYSQL INTERNAL SESSION"

	// probeRouter is a syntax error everywhere; MySQL Router words its own.
	probeRouter = "ROUTER SHOW x"

	queryGrants = "SHOW GRANTS"

	// queryAccounts leaves out the row of background threads, whose user is NULL.
	queryAccounts = "SELECT user, host, current_connections FROM performance_schema.accounts WHERE user IS NOT NULL"

	// queryClients lists client processes, without the one that asks. Unlike the
	// lists of sessions, the list of threads has those of others without PROCESS.
	queryClients = "SELECT t.PROCESSLIST_USER, t.PROCESSLIST_HOST, a.ATTR_VALUE, COUNT(*) FROM performance_schema.session_connect_attrs a" +
		" JOIN performance_schema.threads t ON t.PROCESSLIST_ID = a.PROCESSLIST_ID" +
		" WHERE a.ATTR_NAME = '_pid' AND t.PROCESSLIST_ID <> CONNECTION_ID() GROUP BY t.PROCESSLIST_USER, t.PROCESSLIST_HOST, a.ATTR_VALUE"

	queryLimits = "SELECT user, host, max_user_connections FROM mysql.user"

	queryLockWaits      = "SELECT COUNT(*) FROM performance_schema.data_lock_waits"   // MySQL 8
	queryLockWaitsOlder = "SELECT COUNT(*) FROM information_schema.INNODB_LOCK_WAITS" // MySQL 5.7, MariaDB
)

var (
	queryVariables = "SHOW GLOBAL VARIABLES WHERE Variable_name IN (" + quoted(variables) + ")"
	queryStatus    = "SHOW GLOBAL STATUS WHERE Variable_name IN (" + quoted(counters) + ")"
)

// variables are the system variables that the rules read, and some that tell
// what kind of server it is.
var variables = []string{
	"max_connections", "max_user_connections", "wait_timeout", "interactive_timeout",
	"thread_cache_size", "thread_handling", "thread_pool_size",
	"extra_port", "extra_max_connections", "admin_address", "admin_port", "mysqlx_max_connections",
	"performance_schema", "read_only", "super_read_only", "innodb_read_only",
	"innodb_buffer_pool_size", "read_buffer_size", "read_rnd_buffer_size", "sort_buffer_size",
	"join_buffer_size", "binlog_cache_size", "thread_stack",
	"open_files_limit", "table_open_cache", "max_prepared_stmt_count",
	"version", "version_comment", "basedir", "aurora_version", "hostname",
}

// counters are the status variables that the rules read.
var counters = []string{
	"Max_used_connections", "Max_used_connections_time", "Threads_connected", "Threads_running",
	"Threads_created", "Connections", "Aborted_connects", "Aborted_clients",
	"Connection_errors_max_connections", "Connection_errors_internal", "Connection_errors_accept",
	"Prepared_stmt_count", "Uptime", "Uptime_since_flush_status",
	"Slaves_connected", "wsrep_cluster_size",
}

// A processlist is a table of sessions.
type processlist string

const (
	// informationSchema is there on all servers. Reading it holds a global mutex
	// on MySQL.
	informationSchema processlist = "information_schema.PROCESSLIST"
	// performanceSchema is there on MySQL 8.0.22 and later.
	performanceSchema processlist = "performance_schema.processlist"
)

// clientHost is a session's host without its port, which is behind the last
// colon: an IPv6 address has others.
const clientHost = "LEFT(p.host, CHAR_LENGTH(p.host) - LOCATE(':', REVERSE(p.host)))"

// threads counts sessions, without the one that asks.
func (p processlist) threads() string {
	return "SELECT p.user, " + clientHost + " AS h, p.command, COUNT(*), SUM(p.time >= 1), MAX(p.time) FROM " + string(p) +
		" p WHERE p.id <> CONNECTION_ID() GROUP BY p.user, h, p.command"
}

// idleTx lists open transactions whose session sleeps.
func (p processlist) idleTx() string {
	return "SELECT p.user, p.time FROM information_schema.INNODB_TRX t JOIN " + string(p) +
		" p ON p.id = t.trx_mysql_thread_id WHERE p.command = 'Sleep'"
}

// quoted returns SQL literals of names that need no escaping.
func quoted(names []string) string { return "'" + strings.Join(names, "', '") + "'" }
