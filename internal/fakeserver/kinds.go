package fakeserver

// The kinds below cannot be had for tests. What they say of themselves is taken
// from their documents and from what people quote; everything else they do as the
// personality does.

// Percona returns a Percona Server.
func Percona() Config {
	return Config{Version: "8.0.36-28", VersionComment: "Percona Server (GPL), Release 28, Revision 47601f19"}
}

// RDS returns MySQL as Amazon RDS runs it.
func RDS() Config {
	return Config{Version: "8.0.39", VersionComment: "Source distribution", Variables: map[string]string{"basedir": "/rdsdbbin/mysql-8.0.39.R1/"}}
}

// RDSMariaDB returns MariaDB as Amazon RDS runs it.
func RDSMariaDB() Config {
	return Config{
		Personality: MariaDB, Version: "10.11.8-MariaDB-log", VersionComment: "managed by https://aws.amazon.com/rds/",
		Variables: map[string]string{"basedir": "/rdsdbbin/mariadb-10.11.8.R1/"},
	}
}

// Aurora returns Amazon Aurora MySQL.
func Aurora() Config {
	return Config{Version: "8.0.32", VersionComment: "Source distribution", Variables: map[string]string{
		"aurora_version": "3.05.2",
		"basedir":        "/rdsdbbin/oscar-8.0.mysql_aurora.3.05.2.0.4.28741.0/",
	}}
}

// Azure returns an Azure Database for MySQL, which only its host name gives away.
func Azure() Config {
	return Config{Version: "8.0.32", VersionComment: "Source distribution"}
}

// Vitess returns the gateway of a Vitess cluster, such as PlanetScale runs.
func Vitess() Config {
	return Config{
		Version:        "8.0.30-Vitess",
		VersionComment: "Version: 19.0.4 (Git revision 0c5e8b4e7b branch 'heads/v19.0.4') built on Thu May  2 21:40:37 UTC 2024 by runner using go1.22.2 linux/amd64",
	}
}

// TiDB returns a TiDB server, which has no limit by default and counts little.
func TiDB() Config {
	return Config{
		Version:        "8.0.11-TiDB-v7.5.1",
		VersionComment: "TiDB Server (Apache License 2.0) Community Edition, MySQL 8.0 compatible",
		Variables:      map[string]string{"max_connections": "0"},
		Drop: []string{
			"Aborted_clients", "Aborted_connects", "Connection_errors_accept", "Connection_errors_internal",
			"Connection_errors_max_connections", "Max_used_connections", "Max_used_connections_time",
			"Threads_cached", "Threads_created", "basedir",
		},
	}
}

// BehindProxySQL returns a MySQL that is reached through a ProxySQL.
func BehindProxySQL() Config { return Config{Via: ViaProxySQL} }

// BehindRouter returns a MySQL that is reached through a MySQL Router.
func BehindRouter() Config { return Config{Via: ViaRouter} }
