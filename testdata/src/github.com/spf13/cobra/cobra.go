// Package cobra is a stub of github.com/spf13/cobra: real signatures, no bodies.
package cobra

type Command struct {
	Use  string
	Run  func(cmd *Command, args []string)
	RunE func(cmd *Command, args []string) error
}
