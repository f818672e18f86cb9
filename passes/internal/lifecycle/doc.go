// Package lifecycle follows database connections through a program: from the
// call that acquires one to every exit of the function that owes its release.
//
// # The story of one package
//
// analyzer.go decides whether the package can hold a resource at all, builds
// its SSA form, summarizes its functions bottom-up (callgraph.go,
// summarize.go, exitfacts.go), exports the summaries as one fact, and then
// follows each acquisition (find.go). The passes turn what is found into
// diagnostics.
//
// # The story of one obligation
//
// birth.go lists the acquisitions: calls that the model tables name, or whose
// callee's summary speaks of a fresh obligation. For each, an engine
// (engine.go) runs through the function, forward, in the manner of property
// simulation (Das, Lerner, Seigle, PLDI 2002): states that agree on the
// obligation, on the names it goes by and on the deferred calls are joined;
// others stay apart with the facts that separate them (state.go, branch.go). A
// comparison is such a fact, too, so that the same test decides the same way
// again (question.go); and before it reports, the engine tells more states apart
// (sharp.go).
// A function literal that is called, deferred or passed on is executed in
// place with the state at that point (closure.go); any other callee is applied
// as its model row (model.go) or its summary (apply.go) says, and a call that
// cannot be followed is assumed to take the resource over, unless the function
// itself releases it later (unknown.go).
//
// Values and memory are named by syms (sym.go). The resource is the one sym
// symR; whatever denotes it on a path is an alias of it, through variables,
// fields, containers and captured cells alike (memory.go).
//
// # The story of one parameter
//
// A summary is made by the same engine: the parameter, or something that can
// be reached from it (paths.go), is the resource from the start, and the cases
// of the summary are the states at the exits (cases.go).
//
// # The story of one pool
//
// A pool has settings besides its obligation (pool.go): what was applied to it
// is part of the state, and of a summary's cases, as values that are traced to
// where they come from (amount.go, setting.go, dsn.go). Where the pool settles,
// so that nobody else can configure it, the settings are judged (settle.go,
// configured.go); package pools does that.
//
// # Budgets
//
// Steps and states are counted, time is not: equal sources give equal results.
// Beyond the budget a function is not judged, its callers treat it as dynamic,
// and it is named in the Result.
package lifecycle
