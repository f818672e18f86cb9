// Package precommit tests .pre-commit-hooks.yaml with the real pre-commit and the
// hook that it installs from this checkout, as it is in the working tree.
//
// Where there is no pre-commit the tests are skipped, unless
// CONNVET_REQUIRE_PRECOMMIT=1 demands it. In Debian it is the package pre-commit.
package precommit
