package fakeserver

import "slices"

// A Command is something that a client sent after its login.
type Command struct {
	Session uint64 // the connection's id
	Name    string // Query, Ping, Quit, Init DB; "Command 22" for others
	Text    string
}

// Commands returns all that clients sent, in the order in which it came.
func (s *Server) Commands() []Command {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.commands)
}

// Statements returns the texts of all statements.
func (s *Server) Statements() []string {
	var texts []string
	for _, c := range s.Commands() {
		if c.Name == "Query" {
			texts = append(texts, c.Text)
		}
	}
	return texts
}

// Connects returns how many connections there were, those that were refused
// among them.
func (s *Server) Connects() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.connects
}
