package main

import (
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/connvet/connvet/passes/connleak"
)

func main() { unitchecker.Main(connleak.Analyzer) }
