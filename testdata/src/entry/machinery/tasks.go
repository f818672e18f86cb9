// Package machinery holds a task of machinery.
package machinery

import "github.com/RichardKnop/machinery/v2"

func add(a, b int64) (int64, error) { return a + b, nil }

func register(s *machinery.Server) {
	s.RegisterTask("add", add) // registers: consumer machinery task for each job -> add
}
