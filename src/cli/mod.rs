//! The command line: the only place that writes files, prints or exits.

pub mod write;
