// Package deployment reads a deployment file: what runs, how often, and on which
// servers it keeps its connections. The file is YAML or JSON:
//
//	servers:
//	  orders-db:
//	    dsn_env: ORDERS_DSN          # or dsn_file; a DSN itself is refused
//	    replicas: 1
//	    overhead: {backup: 2, bi: 5} # or a number
//	    proxy: {kind: proxysql, instances: 2, max_clients: 2000, max_backend: 100}
//	    ram: 16GiB
//	services:
//	  api:
//	    manifest: api.json           # from connvet pools -json
//	    main: example.com/orders/cmd/api
//	    server: orders-db            # may be left out if there is one only
//	    instances: 6
//	    max_instances: 12
//	    surge: 25%
//	    env: {DB_MAX_OPEN: 20}
//	  nightly:
//	    pool_max: 4                  # a service without a manifest
//
// deployment-v1.schema.json has all keys, for editors.
//
// # Strictness
//
// A setting that nobody reads is worse than none, so what is not understood is
// an error: keys that are unknown or there twice, values of another type,
// numbers that cannot be meant. YAML's anchors, aliases and tags are refused:
// the file is short without, and cannot grow when it is read.
//
// # No secrets
//
// The file is kept and shared, so it says where a DSN is, never what it is. But
// an env block may hold anything. An error therefore names the line and the keys,
// and repeats no value other than a number.
package deployment
