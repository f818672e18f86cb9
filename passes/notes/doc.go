// Package notes defines an analyzer that reports what connvet has to say about
// its own work.
//
// # Analyzer connvetnotes
//
// connvetnotes: report what could not be analysed, and answer questions
//
// It reports no faults of the code. A function on which the engine failed is
// always reported, so that no silence is taken for an answer
// (connvet/internal). With -connvet.notes it also reports the functions that
// were too large to be analysed within the budget (connvet/budget). With
// -connvet.explain=FILE:LINE it says what the engine thinks of the acquisitions
// on that line (connvet/explain).
package notes
