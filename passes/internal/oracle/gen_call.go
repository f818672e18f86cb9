package oracle

// acquisition is a call that returns a resource of a kind, and whether it
// returns an error beside it. r learns who owns the resource; a nil r asks for
// one that nothing but the caller owns.
func (f *fn) acquisition(kind string, r *res) (expr string, withErr bool) {
	own := r == nil
	if own {
		r = &res{}
	}
	r.from = "db"
	f.own = own
	defer func() { f.own = false }()
	if f.g.depth < 2 && f.g.fuel > 0 && f.g.chance(12) && kind != "row" {
		f.g.tag("open-helper")
		return f.g.openHelper(kind) + "(in, " + f.poolArg() + ")", true
	}
	switch kind {
	case "rows":
		return f.queryOn(r, "Query", "select n from t"), true
	case "row":
		return f.queryOn(r, "QueryRow", "select 1"), false
	case "stmt":
		return f.prepareOn(r), true
	case "tx":
		return f.beginOn(r), true
	case "conn":
		return f.pool1(r) + ".Conn(" + f.background() + ")", true
	}
	if f.g.chance(35) {
		f.g.tag("open-db")
		return "sql.OpenDB(in.Connector())", false
	}
	return `sql.Open("oracle", "dsn")`, true
}

// pool1 is the pool that is lent, or one that the function has opened.
func (f *fn) pool1(r *res) string {
	if db := f.usable("db"); db != nil && !f.own && f.g.chance(50) {
		return of(db)
	}
	return f.pool
}

// of is the owner of an acquisition. The executed form looks whether it is open:
// what comes from a closed owner is an error on every path, and no analyzer is
// asked to know that.
func of(owner *res) string {
	return "⟦" + owner.name + "|rt.Of(fr, ¶, " + owner.name + ")⟧"
}

func (f *fn) queryOn(r *res, method, query string) string {
	q := `"` + query + `"`
	if owner := f.usable("tx", "conn", "stmt"); owner != nil && !f.own && f.g.chance(55) {
		r.from = owner.kind
		f.g.tag("query-on-" + owner.kind)
		switch {
		case owner.kind == "stmt" && f.g.chance(50):
			return of(owner) + "." + method + "()"
		case owner.kind == "stmt":
			return of(owner) + "." + method + "Context(" + f.background() + ")"
		case owner.kind == "tx" && f.g.chance(50):
			return of(owner) + "." + method + "(" + q + ")"
		}
		return of(owner) + "." + method + "Context(" + f.background() + ", " + q + ")"
	}
	if method == "Query" && f.g.chance(7) {
		f.g.tag("procedure")
		r.procedure = true
		q = `"CALL p()"`
	}
	if f.g.chance(50) {
		return f.pool1(r) + "." + method + "Context(" + f.background() + ", " + q + ")"
	}
	return f.pool1(r) + "." + method + "(" + q + ")"
}

func (f *fn) prepareOn(r *res) string {
	q := `"select n from t"`
	if owner := f.usable("tx", "conn"); owner != nil && !f.own && f.g.chance(50) {
		r.from = owner.kind
		f.g.tag("prepare-on-" + owner.kind)
		return of(owner) + ".PrepareContext(" + f.background() + ", " + q + ")"
	}
	if f.g.chance(50) {
		return f.pool1(r) + ".PrepareContext(" + f.background() + ", " + q + ")"
	}
	return f.pool1(r) + ".Prepare(" + q + ")"
}

func (f *fn) beginOn(r *res) string {
	if owner := f.usable("conn"); owner != nil && !f.own && f.g.chance(60) {
		r.from = owner.kind
		f.g.tag("begin-on-conn")
		return of(owner) + ".BeginTx(" + f.background() + ", nil)"
	}
	if f.g.chance(50) {
		return f.pool1(r) + ".BeginTx(" + f.background() + ", nil)"
	}
	return f.pool1(r) + ".Begin()"
}
