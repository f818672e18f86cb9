// Package preset knows the max_connections defaults of managed services. They
// stand in for a server that cannot be asked: a live value always wins.
//
// A name is that of a service and of a size, such as azure-flex:gp2,
// azure-single:mo4, aurora:r5.large and rds:db.m5.large. Where a formula over the
// memory makes the default, a memory will do: aurora:16GiB, rds:15.25GiB.
//
// What is known stands in presets.txt, each row with its source.
package preset
