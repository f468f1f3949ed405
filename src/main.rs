//! The copydesk program.

fn main() {}
