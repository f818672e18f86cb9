package manifest

import (
	"cmp"
	"maps"
	"slices"
)

// A DSN is what may be told of a data source name: never who logs in, and with
// what. Parts that are not known are empty. The zero DSN is one of which nothing
// is known.
type DSN struct {
	// Kind says where the DSN comes from: one of const, env, flag, config, expr,
	// unknown.
	Kind Kind
	// Name is the name of the environment variable or flag, without dashes, or
	// type and field of the configuration. Their defaults are not told.
	Name string

	Network string            // such as "tcp"
	Address string            // host and port, or the path of a socket
	DB      string            // name of the database
	Params  map[string]string // parameters, only those of [DSNParams]
}

// dsnKinds are the kinds of a DSN.
var dsnKinds = []Kind{KindConst, KindEnv, KindFlag, KindConfig, KindExpr, KindUnknown}

// DSNParams returns the names of the parameters that a manifest keeps: they
// decide how long a connection lives and how it is recognised, and hold no
// secrets.
func DSNParams() []string { return slices.Clone(dsnParams) }

var dsnParams = []string{
	"checkConnLiveness",
	"connectionAttributes",
	"maxAllowedPacket",
	"readTimeout",
	"timeout",
	"wait_timeout",
	"writeTimeout",
}

// named reports whether DSNs of the kind have a name.
func (k Kind) named() bool { return k == KindEnv || k == KindFlag || k == KindConfig }

// clean returns the DSN without what may be a credential, and without what
// its kind has no use for.
func (d DSN) clean() DSN {
	d.Kind = cmp.Or(d.Kind, KindUnknown)
	if !d.Kind.named() {
		d.Name = ""
	}
	if !safeNetwork(d.Network) {
		d.Network = ""
	}
	if !safeAddress(d.Address) {
		d.Address = ""
	}
	if !safeDB(d.DB) {
		d.DB = ""
	}
	d.Params = maps.Clone(d.Params)
	maps.DeleteFunc(d.Params, func(name, value string) bool {
		return !slices.Contains(dsnParams, name) || !safeText(value)
	})
	return d
}

// MarshalJSON encodes the DSN without anything that may be a credential.
func (d DSN) MarshalJSON() ([]byte, error) {
	d = d.clean()
	out := struct {
		Kind    Kind              `json:"kind"`
		Name    string            `json:"name,omitempty"`
		Network *string           `json:"network"`
		Address *string           `json:"address"`
		DB      *string           `json:"db"`
		Params  map[string]string `json:"params"`
	}{
		Kind: d.Kind, Name: d.Name,
		Network: known(d.Network), Address: known(d.Address), DB: known(d.DB),
		Params: d.Params,
	}
	if out.Params == nil {
		out.Params = map[string]string{}
	}
	return marshal(out)
}

// known returns nil for a part that is not known.
func known(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
