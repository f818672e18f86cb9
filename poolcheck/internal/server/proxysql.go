package server

import "context"

const (
	queryProxyClients  = "SELECT variable_value FROM global_variables WHERE variable_name = 'mysql-max_connections'"
	queryProxyBackends = "SELECT hostname, port, SUM(max_connections) FROM runtime_mysql_servers WHERE status <> 'OFFLINE_HARD' GROUP BY hostname, port"
)

// ReadProxySQL reads the limits of a ProxySQL on its admin port.
func ReadProxySQL(ctx context.Context, conn Conn) (limits *ProxyLimits, err error) {
	r := &reader{ctx: ctx, conn: conn, s: new(Snapshot)}
	limits = new(ProxyLimits)
	err = r.run(func() error {
		rows, err := r.query(queryProxyClients)
		if err != nil {
			return err
		}
		for _, row := range rows {
			limits.MaxClients = atoi(row[0])
		}
		rows, err = r.query(queryProxyBackends)
		for _, row := range rows {
			if len(row) == 3 {
				limits.MaxBackend = max(limits.MaxBackend, atoi(row[2]))
			}
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return limits, nil
}
