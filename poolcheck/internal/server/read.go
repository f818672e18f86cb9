package server

import (
	"context"
	"slices"
	"strings"
	"time"
)

// Options say what to read.
type Options struct {
	Host   string        // that was dialled; "" if not known
	Users  []string      // accounts that services use, by user name
	Window time.Duration // between two readings of the counters; 0: read them once
	Deep   bool          // look for lock waits
}

// Read reads a server. An error means that the connection failed; what had been
// read by then is in the snapshot, which is never nil.
func Read(ctx context.Context, conn Conn, o Options) (*Snapshot, error) {
	r := &reader{ctx: ctx, conn: conn, options: o, s: unread()}
	err := r.run(
		r.session, r.variables, r.status, r.via, r.grants, r.window,
		r.threads, r.accounts, r.idleTx, r.clients, r.limits, r.otherGrants, r.lockWaits,
	)
	return r.s, err
}

var (
	notAsked  = &Missing{Why: "it was not asked for"}
	schemaOff = &Missing{Why: "performance_schema is off: it is a start-up option of the server"}
)

// unread returns a snapshot of which no part has been read.
func unread() *Snapshot {
	s, m := new(Snapshot), &Missing{Why: "the connection failed before it was read"}
	s.Grants.Missing, s.Threads.Missing, s.Accounts.Missing, s.IdleTx.Missing = m, m, m, m
	s.Clients.Missing, s.Limits.Missing, s.LockWaits.Missing = m, m, m
	return s
}

// Refresh reads the counters of a snapshot again, on the same connection. They
// were read before since ago.
func Refresh(ctx context.Context, conn Conn, s *Snapshot, since time.Duration) error {
	r := &reader{ctx: ctx, conn: conn, s: s}
	before := s.Status
	if err := r.run(r.status); err != nil {
		return err
	}
	s.Earlier, s.Window = before, since
	return nil
}

// A reader fills a snapshot.
type reader struct {
	ctx     context.Context
	conn    Conn
	options Options
	s       *Snapshot
	list    processlist // that can be read
}

// run takes steps until one fails. The driver is not made for servers that send
// garbage: where it panics, that is what happened.
func (r *reader) run(steps ...func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = ErrGarbage
		}
	}()
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) session() error {
	rows, missing, err := r.rows(querySession)
	if missing != nil {
		rows, _, err = r.rows(queryLesserSession)
	}
	if err != nil || len(rows) != 1 || len(rows[0]) < 3 {
		return err
	}
	row := rows[0]
	s := Session{User: row[0], ID: atoi(row[1]), MaxUserConnections: -1, Known: true}
	if len(row) == 5 {
		s.WaitTimeout, s.MaxUserConnections = atoi(row[3]), atoi(row[4])
	}
	r.s.Session = s
	r.s.Flavour = flavour(row[2], nil, r.options.Host)
	return nil
}

func (r *reader) variables() error {
	values, err := r.pairs(queryVariables)
	if err != nil || values == nil {
		return err
	}
	r.s.Variables = values
	r.s.Flavour = flavour(values["version"], values, r.options.Host)
	return nil
}

func (r *reader) status() error {
	values, err := r.pairs(queryStatus)
	if err == nil {
		r.s.Status = values
	}
	return err
}

// via asks what stands between here and the server.
func (r *reader) via() error {
	err := r.lookForProxy()
	r.s.Looked = err == nil
	return err
}

func (r *reader) lookForProxy() error {
	if r.s.Flavour == Vitess {
		r.s.Via = ViaVitess
		return nil
	}
	r.s.Via = viaHost(r.options.Host)
	if rows, _, err := r.rows(probeComment); err != nil {
		return err
	} else if len(rows) == 1 && strings.Contains(rows[0][0], "(ProxySQL)") {
		r.s.Via = ViaProxySQL
		return nil
	}
	if rows, missing, err := r.rows(probeProxySQL); err != nil {
		return err
	} else if missing == nil && len(rows) > 0 {
		r.s.Via = ViaProxySQL
		return nil
	}
	_, err := r.query(probeRouter)
	if _, ok := refused(err); !ok {
		return err
	}
	if strings.Contains(err.Error(), "ROUTER expects") {
		r.s.Via = ViaRouter
	}
	return nil
}

func (r *reader) grants() error {
	var err error
	r.s.Grants, err = part(r, queryGrants, 1, "", func(row []string) string { return row[0] }, parseGrants)
	return err
}

// window reads the counters again after a while.
func (r *reader) window() error {
	if r.options.Window <= 0 || r.s.Status == nil {
		return nil
	}
	timer := time.NewTimer(r.options.Window)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-r.ctx.Done():
		return r.ctx.Err()
	}
	return Refresh(r.ctx, r.conn, r.s, r.options.Window)
}

func (r *reader) threads() error {
	read := func() (err error) {
		r.s.Threads, err = part(r, r.list.threads(), 6, r.grantProcess(), func(row []string) Threads {
			return Threads{User: row[0], Host: row[1], Command: row[2], N: atoi(row[3]), Settled: atoi(row[4]), Oldest: atoi(row[5])}
		}, all[Threads])
		return err
	}
	r.list = r.processlist()
	err := read()
	if err == nil && r.s.Threads.Missing != nil && r.list == performanceSchema {
		r.list = informationSchema
		err = read()
	}
	return err
}

func (r *reader) accounts() error {
	var err error
	r.s.Accounts, err = part(r, queryAccounts, 3, r.grantPerformance(), func(row []string) Account {
		return Account{User: row[0], Host: row[1], Current: atoi(row[2])}
	}, all[Account])
	if err == nil && r.s.Accounts.Missing == nil && len(r.s.Accounts.Value) == 0 {
		// This very connection should be there.
		r.s.Accounts.Missing = schemaOff
	}
	return err
}

func (r *reader) idleTx() error {
	if !r.s.SeesAll() {
		// MySQL may answer with no rows instead of an error.
		r.s.IdleTx.Missing = &Missing{Why: "the account lacks PROCESS", Grant: r.grantProcess()}
		return nil
	}
	var err error
	r.s.IdleTx, err = part(r, r.list.idleTx(), 2, r.grantProcess(), func(row []string) IdleTx {
		return IdleTx{User: row[0], Seconds: atoi(row[1])}
	}, all[IdleTx])
	return err
}

func (r *reader) clients() error {
	if r.s.Accounts.Missing != nil {
		r.s.Clients.Missing = r.s.Accounts.Missing
		return nil
	}
	var err error
	r.s.Clients, err = part(r, queryClients, 4, r.grantPerformance(), func(row []string) Client {
		return Client{User: row[0], Host: row[1], PID: row[2], N: atoi(row[3])}
	}, all[Client])
	return err
}

// limits reads what accounts were created with, unless the session is of the
// only account that matters: it knows the limit in force.
func (r *reader) limits() error {
	if len(r.others()) == 0 {
		r.s.Limits.Missing = notAsked
		return nil
	}
	var err error
	r.s.Limits, err = part(r, queryLimits, 3, r.grant("SELECT", "mysql.user"), func(row []string) AccountLimit {
		return AccountLimit{User: row[0], Host: row[1], Max: atoi(row[2])}
	}, all[AccountLimit])
	return err
}

func (r *reader) lockWaits() error {
	if !r.options.Deep {
		r.s.LockWaits.Missing = notAsked
		return nil
	}
	query, grant := queryLockWaits, r.grantPerformance()
	switch {
	case r.s.Flavour.IsMariaDB() || !atLeast(r.s.Version(), 8):
		query, grant = queryLockWaitsOlder, r.grantProcess()
	case r.s.Variables["performance_schema"] != "ON":
		r.s.LockWaits.Missing = schemaOff // the table is there, and always empty
		return nil
	}
	var err error
	r.s.LockWaits, err = part(r, query, 1, grant, func(row []string) int64 { return atoi(row[0]) }, func(n []int64) int64 {
		return slices.Max(append(n, 0))
	})
	return err
}

// processlist is the table of sessions that costs the server least.
func (r *reader) processlist() processlist {
	if !r.s.Flavour.IsMariaDB() && r.s.Flavour != TiDB && atLeast(r.s.Version(), 8, 0, 22) && r.s.Variables["performance_schema"] == "ON" {
		return performanceSchema
	}
	return informationSchema
}

// SeesAll reports whether the account sees the sessions of others.
func (s *Snapshot) SeesAll() bool { return s.Grants.Missing == nil && s.Grants.Value.Has("PROCESS") }
