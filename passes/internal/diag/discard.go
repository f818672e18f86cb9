package diag

import "github.com/connvet/connvet/passes/internal/lifecycle"

// execName is the method that runs the statement of discarded rows without
// making any, "" if there is none.
func (r *Reporter) execName(f *lifecycle.Finding, s *site) string {
	return ""
}
