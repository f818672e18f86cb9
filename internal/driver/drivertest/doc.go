// Package drivertest helps to test what runs go vet with a vettool. The test
// binary itself is that tool: see [Main]. Its analyzers bear the names of real
// ones and report what comments in the analysed files tell them to:
//
//	rows, err := query() //@connleak/rows rows is not closed
//	return err           //@step the return leaves it open
//	}                    //@insert close the rows => defer rows.Close()
//
// A directive "PASS/CATEGORY message" makes a diagnostic, at the expression
// that its line assigns or else the whole line. The others add to the diagnostic
// before them:
//
//   - step: a point of the path.
//   - insert: a fix that inserts a line after this one. A diagnostic is silent
//     if its fix has been made.
//   - replace: a fix that replaces the first occurrence of a text in the file,
//     which is to be before the directive: message => old => new.
//
// In addition, -connvet.explain works, and -connvet.strict and -connvet.models
// say at each package clause marked with //@settings what they are set to.
package drivertest
