package main

import (
	"fmt"
	"strings"
)

const usage = `poolcheck compares the database pools that a program declares with what a live
MySQL or MariaDB server allows.

usage: poolcheck [flags]
       poolcheck explain [RULE]      what a rule asks and what to do
       poolcheck presets             the sizes of managed services for -assume
       poolcheck version

The server, read-only and on one connection:
  POOLCHECK_DSN             its data source name, user:password@tcp(host:3306)/
  -dsn-file FILE            the same in a file; - is standard input
  POOLCHECK_ADMIN_DSN       an administrator's, for a server that is full
  -admin-dsn-file FILE      the same in a file
  -assume NAME              figures of a managed service, such as azure-flex:gp4,
                            aurora:r5.large or rds:16GiB, if no server answers

The pools:
  -manifest FILE            what 'connvet pools -json ./...' wrote; - is standard input
  -main PACKAGE             the program, if the manifest has several
  -pool FILE:LINE           one of its pools, if others are on other servers; repeatable
  -set NAME=VALUE           a setting that is not in the source; NAME=default takes
                            the default in the source
  -max-open N, -max-idle N, -max-lifetime DURATION, -max-idle-time DURATION
                            the pool, without a manifest or instead of its own

The service:
  -instances N              processes (1)
  -max-instances N          processes when scaled out
  -surge N or P%%            processes more while a deployment rolls out
  -function-concurrency N   running instances of a cloud function
  -goroutines N             goroutines of a process that hold several connections
  -user NAME                its account, if not that of the DSN

The server's surroundings:
  -overhead N               connections of others: backups, reports, people
  -replicas N               replicas that read from it
  -ram SIZE                 its memory, such as 16GiB
  -middlebox DURATION       how long firewalls let connections idle (5m)

Several services and servers:
  -deployment FILE          a YAML or JSON file with all of the above

How to look, and how to report:
  -window DURATION          how long to count new connections (1s); 0 is not at all
  -deep                     look for lock waits, too
  -timeout DURATION         for everything but the window (10s)
  -watch DURATION           check again and again until interrupted
  -strict                   warnings count as errors
  -format NAME              %s
  -json                     the same as -format json
  -color WHEN               auto, always or never

Exit code: 0 all fits, 1 that could not be decided, 2 usage, 3 something is wrong.
`

// printHelp implements "poolcheck help".
func printHelp(e *env) int {
	var list []string
	for _, f := range formats {
		list = append(list, f.name+": "+f.summary)
	}
	fmt.Fprintf(e.stdout, usage, strings.Join(list, "\n                            "))
	return exitFits
}
