// Package notes defines an analyzer that reports what connvet has to say about
// its own work.
//
// # Analyzer connvetnotes
//
// connvetnotes: report what could not be analysed or followed, and answer questions
//
// It reports no leaks. A function on which the engine failed is always reported,
// so that no silence is taken for an answer (connvet/internal), and so are
// directives that cannot be followed: unknown ones, those that name no parameter
// or contradict each other, and those that stand where they have no effect
// (connvet/directive). With -connvet.notes it also reports the functions that
// were too large to be analysed within the budget (connvet/budget). With
// -connvet.explain=FILE:LINE it says what the engine thinks of the acquisitions
// on that line (connvet/explain).
package notes
