// Package poollimit defines an analyzer that reports database pools without a
// limit.
//
// # Analyzer poollimit
//
// poollimit: report database pools that have no limit, or settings that do not do what they say
//
// A *sql.DB opens as many connections as there are queries at the same time,
// unless SetMaxOpenConns gives it a limit. Under load each instance then takes
// all that the server has, and the server refuses every client, of other
// services too, with "Too many connections":
//
//	db, err := sql.Open("mysql", dsn)
//	if err != nil {
//		return nil, err
//	}
//	return &Store{db: db}, nil // no limit
//
// The report stands where the pool is acquired by the function in which it
// settles: where it is stored, handed over, or used by main. A function that
// returns its pool leaves the settings to its caller. Configuration counts
// wherever it stands: before or after, in a helper, in a caller or in another
// package, through sqlx, gorm or ent.
//
// The category is one of:
//
//   - unbounded: no positive SetMaxOpenConns on any path. A value from a
//     configuration counts as positive, and so does a call that is made only
//     if the value is.
//   - partial: a limit on some paths only, or a setting that other pools of
//     the package get and this one does not.
//   - unit: a duration without its unit: SetConnMaxLifetime(300) is 300 ns.
//   - idle, with -poollimit.idle: SetMaxIdleConns above SetMaxOpenConns, or
//     left at 2 below it, so that connections are closed and opened all the
//     time.
//   - lifetime, with -poollimit.lifetime: a MySQL pool whose connections live
//     until the server closes them.
//
// Test files and databases within the process, such as SQLite, are left alone.
package poollimit
