// Package machinery is a stub of github.com/RichardKnop/machinery/v2: real signatures, no bodies.
package machinery

import (
	"stub"
)

type Server struct{}

func (server *Server) RegisterTask(name string, taskFunc interface{}) error { return stub.Any[error]() }
