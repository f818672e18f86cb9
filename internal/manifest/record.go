package manifest

// A Record is what the analysis of one package has to say about one pool, or
// about one main package, or about something that it could not find out. Exactly
// one of Pool, Reaches and Unresolved is set.
type Record struct {
	// Pool is a pool declaration. Its File is a base name.
	Pool *Pool `json:"pool,omitempty"`

	// Package is the import path of the package that holds Pool.File or the
	// file in Unresolved.Pos, or that of the main package to which Reaches
	// belongs.
	Package string `json:"package"`

	// Returned says that the function that opens the pool returns it: its
	// callers settle it. Where they have records of their own, with Via set,
	// those take the place of this one.
	Returned bool `json:"returned,omitempty"`

	// Via is the caller that settles a returned pool, import path and function.
	// The ID of such a pool is that of the returned one, which may have come via
	// another caller, and " via <Via>#n".
	Via string `json:"via,omitempty"`

	// Reaches lists the IDs of the pools that the program of a main package
	// opens, those with Via included.
	Reaches []string `json:"reaches,omitempty"`

	// Unresolved is something that could not be found out. The file in its Pos
	// is a base name.
	Unresolved *Unresolved `json:"unresolved,omitempty"`
}

// viaMark is what stands between the ID of a returned pool and the caller that
// settles it.
const viaMark = " via "

// EncodeRecord returns the record as one line of JSON, without anything that may
// be a credential.
func EncodeRecord(r Record) (string, error) {
	data, err := marshal(r)
	return string(data), err
}

// DecodeRecord is the inverse of EncodeRecord. Like [Read], it refuses what may be
// a credential.
func DecodeRecord(text string) (Record, error) {
	d := new(decoder)
	r := d.parse([]byte(text)).record()
	if d.err != nil {
		return Record{}, d.err
	}
	return r, nil
}

func (n node) record() Record {
	o := n.object()
	r := Record{Package: o.field("package").name()}
	if o.has("pool") {
		p := o.at("pool").pool()
		r.Pool = &p
	}
	if o.has("returned") {
		r.Returned = o.at("returned").boolean()
	}
	if o.has("via") {
		r.Via = o.at("via").name()
	}
	if o.has("reaches") {
		r.Reaches = list(o.at("reaches"), node.name)
	}
	if o.has("unresolved") {
		u := o.at("unresolved").unresolved()
		r.Unresolved = &u
	}
	return r
}
