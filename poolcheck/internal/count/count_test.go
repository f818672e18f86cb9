package count

import (
	"encoding/json"
	"math"
	"testing"
)

func TestArithmetic(t *testing.T) {
	huge := Of(math.MaxInt64)
	tests := []struct {
		name      string
		got, want Count
	}{
		{"sum", Of(120).Plus(Of(26)), Of(146)},
		{"sum with unlimited", Of(120).Plus(Unlimited), Unlimited},
		{"sum with unknown", Unknown.Plus(Of(1)), Unknown},
		{"unlimited and unknown", Unknown.Plus(Unlimited), Unlimited},
		{"sum that overflows", huge.Plus(Of(1)), Unlimited},
		{"product", Of(6).Times(Of(20)), Of(120)},
		{"none of unlimited", Of(0).Times(Unlimited), Of(0)},
		{"none of unknown", Unknown.Times(Of(0)), Of(0)},
		{"product with unlimited", Of(2).Times(Unlimited), Unlimited},
		{"product with unknown", Unlimited.Times(Unknown), Unknown},
		{"product that overflows", huge.Times(Of(2)), Unlimited},
		{"least", Of(2).Min(Of(20)), Of(2)},
		{"least of a limit and none", Of(2).Min(Unlimited), Of(2)},
		{"least of none and a limit", Unlimited.Min(Of(2)), Of(2)},
		{"least with unknown", Of(2).Min(Unknown), Unknown},
		{"negative", Of(-3), Of(0)},
		{"limit", Limit(5), Of(5)},
		{"limit of 0", Limit(0), Unlimited},
		{"limit below 0", Limit(-1), Unlimited},
	}
	for _, test := range tests {
		if test.got != test.want {
			t.Errorf("%s: got %v, want %v", test.name, test.got, test.want)
		}
	}
}

func TestExceeds(t *testing.T) {
	tests := []struct {
		c, limit       Count
		exceeds, known bool
	}{
		{Of(151), Of(151), false, true},
		{Of(152), Of(151), true, true},
		{Unlimited, Of(151), true, true},
		{Unlimited, Unlimited, false, true},
		{Unknown, Unlimited, false, true},
		{Unknown, Of(151), false, false},
		{Of(1), Unknown, false, false},
		{Unlimited, Unknown, false, false},
	}
	for _, test := range tests {
		exceeds, known := test.c.Exceeds(test.limit)
		if exceeds != test.exceeds || known != test.known {
			t.Errorf("%v exceeds %v: got %v, %v, want %v, %v", test.c, test.limit, exceeds, known, test.exceeds, test.known)
		}
	}
}

func TestJSON(t *testing.T) {
	for c, want := range map[Count]string{Of(7): "7", Unlimited: `"unlimited"`, Unknown: `"unknown"`} {
		if got, err := json.Marshal(c); err != nil || string(got) != want {
			t.Errorf("%v: got %s, %v, want %s", c, got, err, want)
		}
	}
}
