package lifecycle

import (
	"fmt"
	"os"
)

func (p *pkgInfo) dump(e *engine, exits []exit, b *birth) {
	fmt.Fprintf(os.Stderr, "RUN %v root %v broke %v lent %v confirm %v\n", p.pass.Fset.Position(b.instr.Pos()), e.root, e.broke, e.lentTo, e.confirm)
	for _, x := range exits {
		fmt.Fprintf(os.Stderr, "  exit %v status %d results %v facts %v heap %v\n", p.pass.Fset.Position(x.ret.Pos()), x.st.status, x.results, x.st.facts, x.st.heap)
	}
}
