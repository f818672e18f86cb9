// Package review tests the examples for CI in testdata/ci: their steps are run, in
// a repository with a pull request, with connvet from this checkout, the real
// reviewdog, and servers on the loopback interface that stand in for GitHub and
// GitLab. It is a module of its own, so that nothing else depends on these tools:
// "go test" has to be run here.
//
// The steps need bash, curl, git and jq. Where one is missing the tests are skipped,
// unless CONNVET_REQUIRE_REVIEW=1 demands them.
package review
