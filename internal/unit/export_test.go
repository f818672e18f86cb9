package unit

// Run is Main without the exit.
var Run = run
