package server

import (
	"strconv"
	"strings"
)

// A Flavour is a kind of server.
type Flavour string

const (
	MySQL    Flavour = "MySQL"
	Percona  Flavour = "Percona Server"
	MariaDB  Flavour = "MariaDB"
	Aurora   Flavour = "Aurora MySQL"
	RDS      Flavour = "RDS MySQL"
	RDSMaria Flavour = "RDS MariaDB"
	Azure    Flavour = "Azure MySQL"
	Vitess   Flavour = "Vitess"
	TiDB     Flavour = "TiDB"
	Unknown  Flavour = "unknown server"
)

// IsMariaDB reports whether the server counts and refuses as MariaDB does.
func (f Flavour) IsMariaDB() bool { return f == MariaDB || f == RDSMaria }

// Managed reports whether the server's settings are somebody else's to keep.
func (f Flavour) Managed() bool {
	switch f {
	case Aurora, RDS, RDSMaria, Azure, Vitess, TiDB:
		return true
	}
	return false
}

// A Via is something between client and server that answers for it.
type Via string

const (
	ViaNothing  Via = ""
	ViaProxySQL Via = "proxysql"
	ViaRouter   Via = "router"
	ViaRDSProxy Via = "rdsproxy"
	ViaVitess   Via = "vitess"
)

// flavour tells the kind of server from its version, its variables and the name
// of the host that was dialled, which may be "".
func flavour(version string, variables map[string]string, host string) Flavour {
	version, comment := strings.ToLower(version), strings.ToLower(variables["version_comment"])
	has := func(s string) bool { return strings.Contains(version, s) || strings.Contains(comment, s) }
	managed := strings.HasPrefix(variables["basedir"], "/rdsdbbin") || hostBelow(host, "rds.amazonaws.com")
	switch {
	case has("tidb"):
		return TiDB
	case has("vitess"), has("planetscale"), strings.Contains(comment, "(git revision"), hostBelow(host, "psdb.cloud"):
		return Vitess
	case variables["aurora_version"] != "":
		return Aurora
	case has("mariadb") && managed:
		return RDSMaria
	case has("mariadb"):
		return MariaDB
	case managed:
		return RDS
	case has("azure"), hostBelow(host, "mysql.database.azure.com"):
		return Azure
	case has("percona"):
		return Percona
	case version == "":
		return Unknown
	}
	return MySQL
}

// viaHost tells from the name of a host what it is an endpoint of:
// name.proxy-abc.region.rds.amazonaws.com is an RDS Proxy, which cannot be told
// from the server behind it otherwise.
func viaHost(host string) Via {
	if hostBelow(host, "rds.amazonaws.com") && strings.Contains(strings.ToLower(host), ".proxy-") {
		return ViaRDSProxy
	}
	return ViaNothing
}

// hostBelow reports whether a host is in a domain.
func hostBelow(host, domain string) bool {
	return strings.HasSuffix(strings.TrimSuffix(strings.ToLower(host), "."), "."+domain)
}

// Version returns the server's version, as it writes it.
func (s *Snapshot) Version() string { return s.Variables["version"] }

// Persists reports whether the server has SET PERSIST.
func (s *Snapshot) Persists() bool {
	return (s.Flavour == MySQL || s.Flavour == Percona) && atLeast(s.Version(), 8)
}

// AtLeast reports whether the server is a MySQL that is not older than a version.
func (s *Snapshot) AtLeast(want ...int) bool {
	return !s.Flavour.IsMariaDB() && s.Flavour != TiDB && atLeast(s.Version(), want...)
}

// atLeast reports whether a version is not older than major.minor.patch.
func atLeast(version string, want ...int) bool {
	version, _, _ = strings.Cut(version, "-")
	parts := strings.Split(version, ".")
	for i, w := range want {
		if i >= len(parts) {
			return false
		}
		n, err := strconv.Atoi(parts[i])
		if err != nil || n != w {
			return err == nil && n > w
		}
	}
	return true
}
