package cli

import (
	"os"
	"syscall"
)

// enableVirtualTerminalProcessing is the console mode that makes it interpret
// escape sequences.
const enableVirtualTerminalProcessing = 0x0004

var setConsoleMode = syscall.NewLazyDLL("kernel32.dll").NewProc("SetConsoleMode")

// IsTerminal reports whether a file is a console. NUL is a character device, too,
// and to [os.SameFile] all of them are the same.
func IsTerminal(f *os.File) bool {
	_, ok := consoleMode(f)
	return ok
}

// enableEscapes makes a console understand escape sequences and reports whether
// it does.
func enableEscapes(f *os.File) bool {
	mode, isConsole := consoleMode(f)
	if !isConsole {
		return false
	}
	ok, _, _ := setConsoleMode.Call(f.Fd(), uintptr(mode|enableVirtualTerminalProcessing))
	return ok != 0
}

// consoleMode returns the mode of a console.
func consoleMode(f *os.File) (mode uint32, isConsole bool) {
	err := syscall.GetConsoleMode(syscall.Handle(f.Fd()), &mode)
	return mode, err == nil
}
