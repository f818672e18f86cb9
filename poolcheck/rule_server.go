package poolcheck

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/connvet/connvet/internal/manifest"
	"github.com/connvet/connvet/poolcheck/internal/count"
)

// churn is C21.
func (j *judge) churn() {
	before := len(j.verdicts)
	j.eachPool(func(p *poolLoad) {
		idle, known := p.idle.Int()
		if !known || p.open.IsUnknown() {
			j.say(Unknown, "%s: whether it keeps the connections that it opens is not known", p.label()).at(p)
			return
		}
		if more, _ := p.open.Exceeds(count.Of(idle)); !more {
			return
		}
		v := j.say(Warn, "%s may open %s but keeps only %d when they are idle: under load it closes and dials again all the time", p.label(), connections(p.open), idle).at(p)
		v.numbers("max_open", p.open, "max_idle", idle)
		v.advise("keep as many as it may open")
		if n, ok := p.open.Min(j.fit(p)).Int(); ok && n > 0 { // no more than what C01 asks for
			v.Paste = fmt.Sprintf("db.SetMaxIdleConns(%d)", n)
		}
	})
	n, ok := j.s.Delta("Connections")
	if seconds := j.s.Window.Seconds(); ok && seconds > 0 {
		var instances int64
		for _, l := range j.loads {
			instances += l.instances
		}
		rate := float64(n) / seconds
		if rate > float64(instances) {
			v := j.say(Warn, "the server got %.0f new connections a second, for %s", rate, plural(instances, "instance"))
			v.numbers("new_connections", n, "window_ms", j.s.Window.Milliseconds(), "instances", instances)
			v.advise("set SetMaxIdleConns to the same value as SetMaxOpenConns")
		}
	}
	if len(j.verdicts) > before {
		return
	}
	if !ok {
		j.say(Pass, "pools keep the connections that they may open")
		return
	}
	j.say(Pass, "pools keep the connections that they may open; the server got %s within %s", plural(n, "new connection"), j.s.Window.Round(100*time.Millisecond))
}

// threadCache is C22.
func (j *judge) threadCache() {
	if h := j.s.Variables["thread_handling"]; h != "" && h != "one-thread-per-connection" {
		j.say(Pass, "the server has a thread pool (%s)", h)
		return
	}
	created, ok := j.s.Counter("Threads_created")
	all, ok2 := j.s.Counter("Connections")
	uptime, ok3 := j.s.Counter("Uptime")
	if !ok || !ok2 || !ok3 {
		j.unread("Threads_created")
		return
	}
	v := j.say(Pass, "%d of %d connections needed a new thread", created, all)
	v.numbers("threads_created", created, "connections", all)
	if uptime > 3600 && created*100 > all {
		v.Status = Info
		size, _ := j.s.Variable("thread_cache_size")
		v.advise("raise thread_cache_size, which is %d", size)
	}
}

// perConnection are the buffers that a connection may allocate.
var perConnection = []string{"read_buffer_size", "read_rnd_buffer_size", "sort_buffer_size", "join_buffer_size", "binlog_cache_size"}

// memory is C23.
func (j *judge) memory() {
	if j.b.RAM == 0 {
		j.needs("-ram", "the memory of the server's machine is not known")
		return
	}
	var each int64
	for _, name := range perConnection {
		n, ok := j.s.Variable(name)
		if !ok {
			j.unread(name)
			return
		}
		each += n
	}
	pool, ok := j.s.Variable("innodb_buffer_pool_size")
	limit, ok2 := j.sum.max.Int()
	if !ok || !ok2 {
		j.unread("innodb_buffer_pool_size")
		return
	}
	total := count.Of(limit).Times(count.Of(each)).Plus(count.Of(pool))
	v := j.say(Pass, "the buffer pool and the buffers of all connections fit the memory")
	v.Arithmetic = fmt.Sprintf("%s + %d x %s = %s of %s", bytes(count.Of(pool)), limit, bytes(count.Of(each)), bytes(total), bytes(count.Of(j.b.RAM)))
	v.numbers("buffer_pool", pool, "per_connection", each, "max_connections", limit, "ram", j.b.RAM)
	if exceeds, _ := total.Exceeds(count.Of(j.b.RAM)); exceeds {
		v.Status = Warn
		v.Message = "the buffer pool and the buffers of all connections do not fit the memory"
		v.advise("lower max_connections or the buffers; a rule of thumb is at most %d connections for this memory", j.b.RAM/(4<<20))
	}
}

// bytes words a number of bytes.
func bytes(c Count) string {
	n, ok := c.Int()
	if !ok {
		return c.String()
	}
	switch f := float64(n); {
	case n >= 1<<30:
		return fmt.Sprintf("%.1f GiB", f/(1<<30))
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MiB", f/(1<<20))
	default:
		return fmt.Sprintf("%.0f KiB", math.Ceil(f/(1<<10)))
	}
}

// fdLimit is C24.
func (j *judge) fdLimit() {
	files, ok := j.s.Variable("open_files_limit")
	tables, ok2 := j.s.Variable("table_open_cache")
	limit, ok3 := j.sum.max.Int()
	if !ok || !ok2 || !ok3 {
		j.unread("open_files_limit")
		return
	}
	needed := limit + tables + 10
	failed, _ := j.s.Counter("Connection_errors_accept")
	v := j.say(Pass, "the server has %d file descriptors and may need %d", files, needed)
	v.Arithmetic = fmt.Sprintf("%d + %d + 10 = %d of %d", limit, tables, needed, files)
	v.numbers("open_files_limit", files, "max_connections", limit, "table_open_cache", tables, "connection_errors_accept", failed)
	if files >= needed {
		return
	}
	v.Status = Warn
	v.advise("raise the limit of open files of the server's process (LimitNOFILE)")
	if failed > 0 {
		v.Status = Error
		v.Message += fmt.Sprintf("; it failed to accept %s", plural(failed, "connection"))
	}
}

// sideDoor is C26.
func (j *judge) sideDoor() {
	switch {
	case j.s.Variables == nil || j.s.Assumed != "":
		j.unread("whether there is a further port for administrators")
	case j.s.Flavour.Managed():
		j.say(Pass, "the service has its own ways to look at a full server")
	case j.s.Flavour.IsMariaDB():
		port, _ := j.s.Variable("extra_port")
		if port > 0 {
			n, _ := j.s.Variable("extra_max_connections")
			j.say(Pass, "extra_port is on, with %s; it is open to every account", connections(count.Of(n))).numbers("extra_max_connections", n)
			return
		}
		j.say(Info, "extra_port is off: a full server can only be looked at by one administrator").
			advise("set extra_port and extra_max_connections in the server's option file")
	case !j.s.AtLeast(8, 0, 14):
		j.say(Pass, "this version has no port for administrators")
	case j.s.Variables["admin_address"] == "":
		j.say(Info, "admin_address is not set: a full server can only be looked at by one administrator").
			advise("set admin_address in the server's option file; its port needs SERVICE_CONNECTION_ADMIN")
	default:
		j.say(Pass, "admin_address is set: administrators have a port of their own")
	}
}

// replicas is C27.
func (j *judge) replicas() {
	if n, ok := j.s.Counter("wsrep_cluster_size"); ok && n > 1 {
		j.say(Info, "the server is one of a cluster of %d: each has its own max_connections", n).numbers("members", n)
	}
	switch {
	case j.s.Assumed != "" || !j.s.Session.Known:
		j.say(Unknown, "replicas could not be read")
		return
	case !j.s.SeesAll() && j.s.IdleTx.Missing != nil:
		j.hidden("replicas", j.s.IdleTx.Missing)
		return
	case j.s.Threads.Missing != nil:
		j.hidden("replicas", j.s.Threads.Missing)
		return
	}
	var seen int64
	for _, t := range j.s.Threads.Value {
		if strings.HasPrefix(t.Command, "Binlog Dump") {
			seen += t.N
		}
	}
	declared := int64(j.b.Replicas)
	v := j.say(Info, "%s read from the server, %d are declared", plural(seen, "replica"), declared)
	v.numbers("seen", seen, "declared", declared)
	switch {
	case seen == declared:
		v.Status = Pass
	case seen < declared:
		v.advise("the others take %s more when they connect", connections(count.Of(declared-seen)))
	default:
		v.advise("count them with -replicas %d", seen)
	}
}

// wrongServer is C28.
func (j *judge) wrongServer() {
	known, readOnly := false, false
	for _, name := range []string{"read_only", "super_read_only", "innodb_read_only"} {
		n, ok := j.s.Variable(name)
		known, readOnly = known || ok, readOnly || n > 0
	}
	if !known {
		j.unread("read_only")
		return
	}
	before := len(j.verdicts)
	j.eachPool(func(p *poolLoad) {
		switch {
		case p.decl == nil:
		case p.decl.Role == manifest.RoleWriter && readOnly:
			j.say(Warn, "%s is for writing, but the server is read-only", p.label()).at(p)
		case p.decl.Role == manifest.RoleReader && !readOnly:
			j.say(Warn, "%s is for reading from a replica, but the server accepts writes", p.label()).at(p)
		}
	})
	switch {
	case len(j.verdicts) > before:
	case readOnly:
		j.say(Info, "the server is read-only: pools that write do not belong here")
	default:
		j.say(Pass, "the server accepts writes")
	}
}

// xProtocol is C31.
func (j *judge) xProtocol() {
	n, ok := j.s.Variable("mysqlx_max_connections")
	switch {
	case ok:
		j.say(Info, "the X protocol is on, with %s of its own", connections(count.Of(n))).numbers("mysqlx_max_connections", n)
	case j.s.Variables == nil || j.s.Assumed != "":
		j.unread("mysqlx_max_connections")
	default:
		j.say(Pass, "the X protocol is off")
	}
}

// lockPileUp is C33.
func (j *judge) lockPileUp() {
	switch {
	case !j.b.Deep:
		j.needs("-deep", "lock waits were not looked for")
	case j.s.Assumed != "" || !j.s.Session.Known:
		j.say(Unknown, "lock waits could not be read")
	case j.s.LockWaits.Missing != nil:
		j.hidden("lock waits", j.s.LockWaits.Missing)
	case j.s.LockWaits.Value > 0:
		j.say(Info, "%s: each holds its connection until the other gives way", plural(j.s.LockWaits.Value, "lock wait")).
			numbers("lock_waits", j.s.LockWaits.Value)
	default:
		j.say(Pass, "no session waits for a lock")
	}
}
