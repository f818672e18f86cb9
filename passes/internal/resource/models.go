package resource

import "embed"

// modelFS holds the built-in tables, one file per library.
//
//go:embed models/*.txt
var modelFS embed.FS

type table struct {
	name, text string
}

// tables reads the built-in tables in the order of their names.
func tables() []table {
	const dir = "models"
	entries, err := modelFS.ReadDir(dir)
	if err != nil {
		panic(err) // the embedded directory exists
	}
	list := make([]table, 0, len(entries))
	for _, e := range entries {
		text, err := modelFS.ReadFile(dir + "/" + e.Name())
		if err != nil {
			panic(err)
		}
		list = append(list, table{dir + "/" + e.Name(), string(text)})
	}
	return list
}
