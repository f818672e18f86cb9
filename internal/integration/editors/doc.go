// Package editors tests the files for editors in testdata/editors, with the editors
// themselves where they run without a screen: Vim, Neovim, and Vim with ALE. Of VS
// Code there is what it does with the output: its settings are tried on what connvet
// prints.
//
// Where an editor is missing its tests are skipped, unless CONNVET_REQUIRE_EDITORS=1
// demands them. In Debian they are the packages vim, neovim and vim-ale.
package editors
