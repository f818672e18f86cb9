package fakeserver

import (
	"strconv"
	"strings"
)

// Variables of both personalities, and of each, with the values that they have by
// default.
const (
	commonVariables = `
basedir /usr/
binlog_cache_size 32768
hostname fake
innodb_buffer_pool_size 134217728
innodb_read_only OFF
interactive_timeout 28800
join_buffer_size 262144
max_prepared_stmt_count 16382
open_files_limit 20000
read_buffer_size 131072
read_only OFF
read_rnd_buffer_size 262144
require_secure_transport OFF
thread_handling one-thread-per-connection
wait_timeout 28800`

	mysqlVariables = `
admin_address
admin_port 33062
max_allowed_packet 67108864
mysqlx_max_connections 100
sort_buffer_size 262144
super_read_only OFF
table_open_cache 4000
thread_stack 1048576`

	mariadbVariables = `
extra_max_connections 1
extra_port 0
max_allowed_packet 16777216
sort_buffer_size 2097152
table_open_cache 2000
thread_pool_size 2
thread_stack 299008`
)

// variables returns the system variables.
func (c *Config) variables() map[string]string {
	text, cache := mysqlVariables, min(8+c.MaxConnections/100, 100)
	version, comment := "9.7.4", "MySQL Community Server - GPL"
	if c.Personality == MariaDB {
		text, cache = mariadbVariables, min(c.MaxConnections, 256)
		version, comment = "10.11.19-MariaDB", "mariadb.org binary distribution"
	}
	values := map[string]string{
		"max_connections":      strconv.Itoa(c.MaxConnections),
		"max_user_connections": strconv.Itoa(c.MaxUserConnections),
		"performance_schema":   "OFF",
		"thread_cache_size":    strconv.Itoa(cache),
		"version":              version,
		"version_comment":      comment,
	}
	for line := range strings.Lines(commonVariables[1:] + text) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		values[name] = value
	}
	if c.PerformanceSchema {
		values["performance_schema"] = "ON"
	}
	if c.TLS == RequiresTLS {
		values["require_secure_transport"] = "ON"
	}
	if c.Version != "" {
		values["version"] = c.Version
	}
	if c.VersionComment != "" {
		values["version_comment"] = c.VersionComment
	}
	return c.overlay(values, c.Variables)
}

// overlay replaces values and drops names.
func (c *Config) overlay(values, by map[string]string) map[string]string {
	for name, value := range by {
		values[spelling(values, name)] = value
	}
	for _, name := range c.Drop {
		delete(values, spelling(values, name))
	}
	return values
}

// spelling returns a name as it is in a map, whatever its case; as it is if it is
// not there.
func spelling(values map[string]string, name string) string {
	for known := range values {
		if strings.EqualFold(known, name) {
			return known
		}
	}
	return name
}

// number returns a system variable that is a number.
func (s *Server) number(name string) int {
	n, _ := strconv.Atoi(s.config.variables()[name])
	return n
}

// visible returns the session's own values of the variables, or the server's.
func (c *session) visible(global bool) map[string]string {
	values := c.server.config.variables()
	if !global {
		for name, v := range c.variables {
			if _, ok := values[name]; ok {
				values[name] = v
			}
		}
	}
	return values
}

// adopt gives a session the values of variables that it keeps from its login on.
func (c *session) adopt() {
	global := c.server.config.variables()
	c.variables = make(map[string]string)
	for _, name := range []string{"wait_timeout", "interactive_timeout", "max_user_connections"} {
		c.variables[name] = global[name]
	}
	if n := c.account.MaxUserConnections; n > 0 {
		c.variables["max_user_connections"] = strconv.Itoa(n)
	}
}
