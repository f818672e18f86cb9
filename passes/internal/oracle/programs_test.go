package oracle

// executeTests are programs that a reader can judge. Lines count from the first
// of the program.
var executeTests = []struct{ name, src, want string }{
	{"closed", `
func judged_§(in *In, db *sql.DB) error {
	rows, err := db.Query("q")
	if err != nil {
		return err
	}
	defer rows.Close()
	return in.Fail()
}`, ""},
	{"never closed", `
func judged_§(in *In, db *sql.DB) error {
	rows, err := db.Query("q")
	if err != nil {
		return err
	}
	rows.Next()
	return nil
}`, "rows 2: exits 7"},
	{"drained", `
func judged_§(in *In, db *sql.DB) error {
	rows, err := db.Query("q")
	if err != nil {
		return err
	}
	for rows.Next() {
	}
	return nil
}`, ""},
	{"failed scan", `
func judged_§(in *In, db *sql.DB) error {
	rows, err := db.Query("q")
	if err != nil {
		return err
	}
	for rows.Next() {
		var n int
		if err := rows.Scan(&n); err != nil {
			return err
		}
	}
	return nil
}`, "rows 2: exits 9"},
	{"row not scanned", `
func judged_§(in *In, db *sql.DB) error {
	row := db.QueryRow("q")
	if in.Bit() {
		return nil
	}
	var n int
	return row.Scan(&n)
}`, "row 2: exits 4"},
	{"error of a row", `
func judged_§(in *In, db *sql.DB) error {
	row := db.QueryRow("q")
	if err := row.Err(); err != nil {
		return err
	}
	var n int
	return row.Scan(&n)
}`, ""},
	{"transaction with its rows", `
func judged_§(in *In, db *sql.DB) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	if _, err := tx.Query("q"); err != nil {
		return err
	}
	return tx.Commit()
}`, "tx 2: exits 7"},
	{"statement", `
func judged_§(in *In, db *sql.DB) error {
	stmt, err := db.Prepare("q")
	if err != nil {
		return err
	}
	if _, err := stmt.Query(); err != nil {
		return err
	}
	return stmt.Close()
}`, "stmt 2: exits 7; rows 6: exits 9"},
	{"statement outlives its connection", `
func judged_§(in *In, db *sql.DB) error {
	conn, err := db.Conn(context.Background())
	if err != nil {
		return err
	}
	defer conn.Close()
	stmt, err := conn.PrepareContext(context.Background(), "q")
	if err != nil {
		return err
	}
	stmt.Exec()
	return nil
}`, "stmt 7: exits 12"},
	{"statement on a connection that went bad", `
func judged_§(in *In, db *sql.DB) error {
	stmt, err := db.Prepare("q")
	if err != nil {
		return err
	}
	conn, err := db.Conn(context.Background())
	if err != nil {
		return err
	}
	conn.Close()
	return stmt.Close()
}`, "stmt 2: exits 8"},
	{"conn waits for its rows", `
func judged_§(in *In, db *sql.DB) error {
	conn, err := db.Conn(context.Background())
	if err != nil {
		return err
	}
	_, err = conn.QueryContext(context.Background(), "q")
	⟦conn.Close()|fr.Close(¶, conn)⟧
	return err
}`, "rows 6: exits 7 hangs"},
	{"given up before its defer waits", `
func judged_§(in *In, db *sql.DB) error {
	conn, err := db.Conn(context.Background())
	if err != nil {
		return err
	}
	⟦defer conn.Close()|defer fr.Close(¶, conn)⟧
	conn.QueryContext(context.Background(), "q")
	for {
	}
}`, ""},
	{"panics before its defer waits", `
func judged_§(in *In, db *sql.DB) error {
	conn, err := db.Conn(context.Background())
	if err != nil {
		return err
	}
	⟦defer conn.Close()|defer fr.Close(¶, conn)⟧
	rows, err := conn.QueryContext(context.Background(), "q")
	if err != nil {
		return err
	}
	if err := in.Fail(); err != nil {
		panic(err)
	}
	return rows.Close()
}`, ""},
	{"several results", `
func judged_§(in *In, db *sql.DB) error {
	rows, err := db.Query("CALL p()")
	if err != nil {
		return err
	}
	rows.NextResultSet()
	for rows.Next() {
	}
	return nil
}`, "rows 2: exits 9"},
	{"procedure", `
func judged_§(in *In, db *sql.DB) error {
	rows, err := db.Query("CALL p()")
	if err != nil {
		return err
	}
	for rows.Next() {
	}
	return nil
}`, "rows 2: exits 8"},
	{"procedure of a helper, a matter of opinion", `
func open_§(in *In, db *sql.DB) (*sql.Rows, error) {
	rows, err := db.Query("CALL p()")
	return rows, err // gives rows
}
func judged_§(in *In, db *sql.DB) error {
	rows, err := open_§(in, db)
	if err != nil {
		return err
	}
	for rows.Next() {
	}
	return nil
}`, ""},
	{"procedure in a helper, a matter of opinion", `
func drain_§(in *In, rows *sql.Rows) {
	for rows.Next() {
	}
}
func judged_§(in *In, db *sql.DB) error {
	rows, err := db.Query("CALL p()")
	if err != nil {
		return err
	}
	drain_§(in, rows)
	return nil
}`, ""},
	{"pool lost by a constructor", `
func judged_§(in *In, db *sql.DB) (*sql.DB, error) {
	pool, err := sql.Open("oracle", "dsn")
	if err != nil {
		return nil, err
	}
	if err := pool.Ping(); err != nil {
		return nil, err
	}
	return pool, nil // gives pool
}`, "db 2: exits 7"},
	{"two of one flag", `
func judged_§(in *In, db *sql.DB) error {
	rows, err := db.Query("q")
	if err != nil {
		return err
	}
	b := in.Bit()
	if b {
		rows.Close()
	}
	if !b {
		rows.Close()
	}
	return nil
}`, ""},
	{"overwritten", `
func judged_§(in *In, db *sql.DB) error {
	rows, err := db.Query("q")
	if err != nil {
		return err
	}
	rows, err = db.Query("q")⟦|; fr.Set(¶, "rows", rows)⟧
	if err != nil {
		return err
	}
	return rows.Close()
}`, "rows 2: exits 8 10"},
	{"the caller's", `
func open_§(in *In, db *sql.DB) (*sql.Rows, error) {
	rows, err := db.Query("q")
	return rows, err // gives rows
}
func judged_§(in *In, db *sql.DB) error {
	rows, err := open_§(in, db)
	if err != nil {
		return err
	}
	if in.Bit() {
		return nil
	}
	return rows.Close()
}`, "rows 6: exits 11"},
	{"the helper's", `
func open_§(in *In, db *sql.DB) (*sql.Rows, error) {
	rows, err := db.Query("q")
	if err == nil && in.Bit() {
		return nil, ErrFailed
	}
	return rows, err // gives rows
}
func judged_§(in *In, db *sql.DB) error {
	rows, err := open_§(in, db)
	if err != nil {
		return err
	}
	return rows.Close()
}`, "rows 2: exits 4"},
	{"inside a struct", `
type box_§ struct{ rows *sql.Rows }
func open_§(in *In, db *sql.DB) (*box_§, error) {
	rows, err := db.Query("q")
	if err != nil {
		return nil, err
	}
	b := &box_§{rows}
	return b, nil // gives b
}
func judged_§(in *In, db *sql.DB) error {
	b, err := open_§(in, db)
	if err != nil {
		return err
	}
	if in.Bit() {
		return nil
	}
	return b.rows.Close()
}`, "rows 11: exits 16"},
	{"until a context ends", `
func judged_§(in *In, db *sql.DB) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	rows, err := db.QueryContext(ctx, "q")
	if err == nil {
		rows.Columns()
	}
}`, "rows 4: exits 8"},
	{"piling up", `
func judged_§(in *In, db *sql.DB) error {
	for range in.N() {
		rows, err := db.Query("q")
		if err != nil {
			return err
		}
		defer rows.Close()
	}
	return nil
}`, "defer 7"},
}
