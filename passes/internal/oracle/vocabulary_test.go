package oracle

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// vocabulary is every production, by the tag that it leaves in a program.
const vocabulary = `
alias alias-array alias-cleanup alias-closer alias-interface alias-pointer alias-struct bare-return
begin-on-conn blank-err break captured close-checked close-func close-generic close-in-literal
close-quiet close-recursive commit commit-checked commit-join commit-or-rollback conn
constructor-fails-later constructor-fails-on-struct context continue correlated db defer
defer-close-quiet defer-flag defer-generic defer-if-not-nil defer-in-loop defer-join defer-literal
defer-literal-nil defer-method-expr defer-method-value defer-named-err defer-on-err defer-recover
discard drain else else-if err-bool err-else err-ignored err-merge err-or-bit err-return err-reused
err-switch errors-as errors-is exec explicit failing for-bit for-n forever generic-with goroutine
goto goto-back handle-embedded handle-field handle-interface if-bit if-init if-init-else if-init-ok
if-init-ok-else label late-defer literal-now loop many many-deferred many-map method-value must
must-value nil-left nil-resource no-plan ok-and-bit ok-else ok-nest open-db open-helper
pass-through phi phi-else phi-fallback phi-flag phi-maybe phi-switch phi-test prepare-on-conn prepare-on-tx
procedure query-on-conn query-on-stmt query-on-tx range-func range-int range-slice recursive
release-early release-in-branch retry retry-then-check reuse rollback-helper row row-chain row-err
row-helper row-var rows rows-columns rows-err rows-first rows-iterator rows-loop rows-result-sets
rows-while runner scan scan-value sig-err sig-named sig-named-res sig-none sig-res sig-val stmt
store store-channel store-global store-helper store-map store-receiver store-slice store-sometimes
swallow switch try-helper tx tx-stmt unchecked use use-helper use-helper-ignored var wrap
wrap-helper wrapper wrapper-careful wrapper-embedded wrapper-of-wrapper wrapper-pair
`

// TestVocabulary: each production is in use, and none is missing from the list.
func TestVocabulary(t *testing.T) {
	used := map[string]bool{}
	for seed := range int64(20000) {
		for _, tag := range Generate(seed).Tags {
			used[tag] = true
		}
	}
	want := strings.Fields(vocabulary)
	got := slices.Sorted(maps.Keys(used))
	for _, tag := range want {
		if !used[tag] {
			t.Errorf("no program has %s", tag)
		}
	}
	for _, tag := range got {
		if !slices.Contains(want, tag) {
			t.Errorf("%s is not in the list", tag)
		}
	}
}
