package resource

// Parameter numbers count from 0 without the receiver. These stand beside them.
const (
	Receiver = -1 // the method's receiver
	NoParam  = -2 // no parameter at all
	NeverNil = -2 // in Nilness.Param: the result is never nil
	NoResult = -1 // in Acquire.Err and Acquire.Ctx: there is none
)

// Func is what the tables say about one function or method.
//
// A row is complete: an argument that no effect names is only borrowed, and
// so is the receiver.
type Func struct {
	Acquires   []Acquire
	Effects    []Effect
	Aliases    []Alias
	Calls      []Call
	NoReturn   bool   // control never comes back
	NoReturnIf []Cond // control does not come back when any of these holds
	Nilness    []Nilness
	Implies    []Implication
	Opens      []Opener
	Sets       []Apply
	Pure       bool    // it answers the same whenever it is given the same
	Lends      []Alias // results that are views of a parameter, lent by it: settings of one are settings of the other
}

// Opener says that a result holds a pool which the call opens. Without an
// acquisition of the same result it owes no release (gorm).
type Opener struct {
	Result  int
	Driver  int  // the parameter with the name of the driver, or NoParam
	DSN     int  // the parameter with the data source name, or NoParam
	Via     int  // the parameter that was made from the data source name: a connector, dialector or configuration; or NoParam
	Bounded bool // the pool has a limit of its own if none is set
}

// A Setting is one of the settings of a pool.
type Setting uint8

// The settings. NumSettings is how many there are.
const (
	MaxOpen Setting = iota
	MaxIdle
	MaxLifetime
	MaxIdleTime
	NumSettings
)

// settingNames are their names in rows.
var settingNames = [NumSettings]string{"max_open", "max_idle", "max_lifetime", "max_idle_time"}

// String returns the name used in rows and in the manifest.
func (s Setting) String() string { return settingNames[s] }

// Apply says that a call gives a setting of its receiver the value of a
// parameter.
type Apply struct {
	Setting Setting
	Param   int
}

// Acquire says that a result is a fresh obligation.
type Acquire struct {
	Result   int
	Into     int // instead of a result: 1 + the parameter whose pointee is filled (ent's Query)
	Kind     Kind
	Err      int    // the error result paired with it: non-nil means there is no obligation; -1 none
	ErrField string // instead of Err, a field of this very value (no alias of it) that holds the error (gorm)
	Ctx      int    // the parameter whose context releases it when cancelled; -1 none
	Owned    bool   // it ends with the receiver, which need not be watched for it: rows and statements of a transaction
	Ends     bool   // it ends, among others, when the receiver is released: what a single pgx connection made
	Move     bool   // the receiver's own obligation passes to the result
	From     int    // what it was taken from: Receiver, a parameter, or NoParam; when that turns out to be a transaction, it is Owned
}

// Effect says that a call releases one of its parameters when Cond holds.
type Effect struct {
	Param int // Receiver or a parameter
	Cond  Cond
}

// Alias says that a result is another view of a parameter: releasing or
// keeping one is releasing or keeping the other.
type Alias struct {
	Result, Param int
}

// Call says that a func argument is run, any number of times, and is only
// lent what it is given.
type Call struct {
	Param int
	Later bool // when the caller's scope ends (testing's Cleanup), not before the call returns
}

// Nilness ties a result to nil.
type Nilness struct {
	Result   int
	Param    int  // the result is nil exactly when this argument is, or NeverNil
	Variadic bool // Param is variadic: the result is nil exactly when all its elements are (errors.Join)
}

// Implication says that Then holds whenever If does.
type Implication struct {
	If, Then Cond
}

// Subject is what a Cond speaks of.
type Subject uint8

// The subjects. The zero Cond has none and always holds.
const (
	None Subject = iota
	Result
	Param
)

// Value is what a Cond says its subject is.
type Value uint8

// The values.
const (
	Nil Value = iota + 1
	NonNil
	True
	False
)

// Cond is a test of one result or parameter of a call. What it says about nil
// holds for the value that an interface was made from, too, unless that is of
// a type that has no nil (lo.Must takes an error or a bool).
type Cond struct {
	Subject Subject
	Index   int
	Is      Value
}

// Always tells whether the condition is the empty one.
func (c Cond) Always() bool { return c.Subject == None }
