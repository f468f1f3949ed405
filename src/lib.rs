//! copydesk, the copy desk for content repositories.
//!
//! The binary is a thin shell around this library; `README.md` says what it is for. Modules are listed in the order in
//! which they may use each other: each one imports only from those above it (`tests/layers.rs` checks it).

pub mod span;

pub mod source;

pub mod date;

pub mod finding;

pub mod document;

pub mod site;

pub mod schema;

pub mod rule;

pub mod pattern;

pub mod rules;

pub mod config;

pub mod suppress;

pub mod fingerprint;

pub mod baseline;

pub mod fix;

pub mod engine;

pub mod discover;

pub mod git;

pub mod graph;

pub mod report;

#[cfg(feature = "online")]
pub mod web;

pub mod cli;
