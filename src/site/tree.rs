//! Every file of the site, by path: what exists is asked here, never of the file system.

/// All files below the root.
#[derive(Debug, Default)]
pub struct Tree {}
