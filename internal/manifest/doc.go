// Package manifest is the schema dbpools/v1: the database pools that a program
// declares, as found in its source. connvet writes it, poolcheck reads it, and
// neither knows the other.
//
// A [Manifest] lists each [Pool] with the settings that reach it. Few settings
// are constants, so each is a [Value] that says where it comes from: a constant,
// the environment, a flag, a configuration field, an expression, a choice of
// several, or nowhere at all. What could not be found out is listed, too, and is
// never left out.
//
// # No secrets
//
// A manifest is an artefact of a build: it is uploaded, mailed and kept. A [DSN]
// therefore has no place for a user name or password, and whatever else could
// carry one is checked on the way out: text that may hold a credential is
// dropped when it is encoded, by [Write] and by encoding/json alike, and
// [Read] refuses it without repeating it.
//
// # Compatibility
//
// The version in the schema's name changes when a field is removed or changes its
// meaning. New fields may be added to a manifest, a pool and the other entries at
// any time, and readers ignore those that they do not know. Values and DSNs have
// exactly the fields of their kind.
//
// # Records
//
// Pools are found one Go package at a time, in separate processes. What one of
// them has to say is a [Record], one line of JSON; [Merge] makes a manifest of
// all.
package manifest
