//! How files were called before, for links that still call them so.
//!
//! To ask costs time, so it is asked only when something is missing, and once.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

use super::Tree;

/// Gives the new path of each file that was renamed, by its old one, the latest rename last.
type Ask = dyn Fn() -> Vec<(String, String)> + Send + Sync;

/// The renames of files, asked for when first needed.
#[derive(Clone, Default)]
pub struct Renames {
    ask: Option<Arc<Ask>>,
    known: Arc<OnceLock<HashMap<String, String>>>,
}

/// Renames in a row that are followed.
const LONGEST: usize = 16;

impl Renames {
    /// Renames that `ask` will tell: old path and new path, oldest first.
    pub fn new(ask: impl Fn() -> Vec<(String, String)> + Send + Sync + 'static) -> Self {
        Self { ask: Some(Arc::new(ask)), known: Arc::default() }
    }

    /// Where the file that was at `path` is now, if it is there.
    pub(super) fn now(&self, path: &str, tree: &Tree) -> Option<Arc<str>> {
        let ask = self.ask.as_ref()?;
        let known = self.known.get_or_init(|| ask().into_iter().collect());
        let mut here = path;
        for _ in 0..LONGEST {
            here = known.get(here)?;
            if let Some(file) = tree.file(here) {
                return Some(Arc::clone(file));
            }
        }
        None
    }
}

impl fmt::Debug for Renames {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Renames").field("known", &self.known).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renames_are_followed_to_what_is_there() {
        let renames = Renames::new(|| [("a", "b"), ("b", "c"), ("x", "y")].map(|(a, b)| (a.into(), b.into())).into());
        let tree = Tree::new(["c"]);
        assert_eq!(renames.now("a", &tree).as_deref(), Some("c"));
        assert_eq!(renames.now("x", &tree), None);
        assert_eq!(Renames::default().now("a", &tree), None);
    }
}
